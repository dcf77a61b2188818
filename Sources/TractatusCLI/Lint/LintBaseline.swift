import TractatusLinter
import TractatusSource

/// The findings that were there when linting began, so that only others are reported.
///
/// One a line: the fingerprint, the code, the rule and the file; `#` begins a comment. The
/// fingerprint alone counts.
struct LintBaseline {
  private var fingerprints: Set<String> = []

  /// Reads a baseline; a line that is none is passed over.
  init(reading bytes: [UInt8]) {
    for line in bytes.split(separator: 0x0A) {
      let word = line.prefix { $0 > 0x20 }
      if word.count == 16 { fingerprints.insert(String(decoding: word, as: UTF8.self)) }
    }
  }

  /// Whether a finding is known.
  func contains(_ finding: Finding) -> Bool { fingerprints.contains(finding.fingerprint) }

  /// The baseline of findings, ascending.
  static func text(of findings: [Finding], _ sources: SourceSet) -> [UInt8] {
    var lines: [String] = []
    for finding in findings {
      let file = sources[finding.span.source]?.name ?? ""
      lines.append(
        "\(finding.fingerprint) \(finding.code) \(finding.rule) \(SourceLineExcerpt.visible(file))")
    }
    lines.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let header = "# Findings of `tractatus lint` that are known: fingerprint, code, rule, file.\n"
    return Array((header + lines.map { $0 + "\n" }.joined()).utf8)
  }
}
