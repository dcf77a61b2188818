import TractatusSource
import TractatusValues

/// Tells findings apart by what they are about, not by where they stand.
enum Fingerprints {
  /// Writes the fingerprint of each finding: of the rule, the file's own name without its folders,
  /// the line's text without blanks, and how many findings before it have the same of all these.
  static func write(to findings: inout [Finding], of files: [LintFile]) {
    var indices: [SourceID: (source: SourceText, lines: LineIndex)] = [:]
    var counts: [String: Int] = [:]
    for index in findings.indices {
      let id = findings[index].span.source
      if indices[id] == nil, let file = files.first(where: { $0.tree.source.id == id }) {
        indices[id] = (file.tree.source, LineIndex(file.tree.source))
      }
      guard let (source, lines) = indices[id] else { continue }
      let line = lines.byteRange(ofLine: lines.line(at: findings[index].span.start)) ?? 0..<0
      let bytes = source.bytes[line].filter { $0 != 0x20 && $0 != 0x09 }
      let key =
        findings[index].code + "\u{0}" + Self.baseName(source.name) + "\u{0}"
        + String(decoding: bytes, as: UTF8.self)
      let count = counts[key, default: 0]
      counts[key] = count + 1
      let text = Array((key + "\u{0}\(count)").utf8)
      findings[index].fingerprint = String(SHA256.hexDigest(text.span).prefix(16))
    }
  }

  /// The name after the last `/`: the same from whatever folder a file is named.
  private static func baseName(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }
}
