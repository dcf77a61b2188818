import TractatusSource
import TractatusSyntax

/// A comment that suppresses findings:
///
/// - `// tractatus:disable RULE[, RULE…] reason` after code: on that line;
/// - the same alone on its line: in the declaration or clause that follows;
/// - `// tractatus:disable-file RULE[, RULE…] reason`: in the whole file.
struct Suppression {
  /// One rule that it names.
  struct Name {
    var text: String
    var span: SourceSpan
    /// The rule's code; nil where there is no such rule.
    var code: String?
  }

  /// The comment, from its slashes to the end of its line.
  var comment: SourceSpan
  /// What to remove where the comment goes: with its line, or with the blanks before it.
  var removal: SourceSpan
  var names: [Name]
  var reason: String
  /// Findings that begin in here are suppressed.
  var range: SourceSpan
}

/// The comments of all linted files that suppress findings.
struct Suppressions {
  private static let mark = Array("tractatus:disable".utf8)
  private static let slash = UInt8(ascii: "/")

  private(set) var all: [Suppression] = []
  /// The comments of each source, by their places in `all`.
  private var bySource: [SourceID: Range<Int>] = [:]

  init(_ run: LintRun) {
    for file in run.files {
      let first = all.count
      collect(file)
      bySource[file.tree.source.id] = first..<all.count
    }
  }

  /// Whether a comment suppresses a finding. A finding about the comments themselves stays.
  func covers(_ finding: Finding) -> Bool { place(of: finding) != nil }

  /// The comment that suppresses a finding, by its place in `all`.
  func place(of finding: Finding) -> Int? {
    if finding.code.hasPrefix("L09") { return nil }
    return bySource[finding.span.source]?.first { place in
      let one = all[place]
      return one.range.start <= finding.span.start && finding.span.start < one.range.end
        && one.names.contains { $0.code == finding.code }
    }
  }

  private mutating func collect(_ file: LintFile) {
    let bytes = file.tree.source.bytes
    var comments: [Range<Int>] = []
    for (index, token) in file.tree.tokens.enumerated() {
      let start = index > 0 ? Int(file.tree.tokens[index - 1].end) : 0
      var place = start
      while place + 1 < Int(token.start) {
        guard bytes[place] == Self.slash, bytes[place + 1] == Self.slash else {
          place += 1
          continue
        }
        var end = place
        while end < Int(token.start), bytes[end] != 0x0A { end += 1 }
        comments.append(place..<end)
        place = end
      }
      for comment in comments { read(comment, before: index, file) }
      comments.removeAll(keepingCapacity: true)
    }
  }

  private mutating func read(_ comment: Range<Int>, before token: Int, _ file: LintFile) {
    let bytes = file.tree.source.bytes
    var place = comment.lowerBound
    while place < comment.upperBound, bytes[place] == Self.slash { place += 1 }
    while place < comment.upperBound, Self.isBlank(bytes[place]) { place += 1 }
    guard bytes[place..<comment.upperBound].starts(with: Self.mark) else { return }
    place += Self.mark.count
    let isFile = bytes[place..<comment.upperBound].starts(with: "-file".utf8)
    if isFile { place += 5 }
    guard place == comment.upperBound || Self.isBlank(bytes[place]) else { return }
    let source = file.tree.source.id
    let names = Self.names(bytes, &place, to: comment.upperBound, source)
    let reason = String(decoding: bytes[place..<comment.upperBound], as: UTF8.self)
    let (lineStart, isAlone) = Self.lineStart(bytes, comment.lowerBound)
    var removal = comment
    if isAlone {
      removal = lineStart..<min(comment.upperBound + 1, bytes.count)
    } else {
      var start = comment.lowerBound
      while start > 0, Self.isBlank(bytes[start - 1]) { start -= 1 }
      removal = start..<comment.upperBound
    }
    let range: SourceSpan =
      isFile
      ? Self.span(source, 0..<bytes.count + 1)
      : isAlone
        ? Self.block(after: token, file) : Self.span(source, lineStart..<comment.upperBound)
    all.append(
      Suppression(
        comment: Self.span(source, comment), removal: Self.span(source, removal), names: names,
        reason: Self.trimmed(reason), range: range))
  }

  /// Names with commas between them.
  private static func names(
    _ bytes: [UInt8], _ place: inout Int, to end: Int, _ source: SourceID
  ) -> [Suppression.Name] {
    var names: [Suppression.Name] = []
    var isMore = true
    while isMore {
      while place < end, isBlank(bytes[place]) { place += 1 }
      let start = place
      while place < end, isName(bytes[place]) { place += 1 }
      if place == start { break }
      let text = String(decoding: bytes[start..<place], as: UTF8.self)
      names.append(
        Suppression.Name(
          text: text, span: span(source, start..<place), code: LintRules.named(text)?.code))
      isMore = place < end && bytes[place] == UInt8(ascii: ",")
      if isMore { place += 1 }
    }
    return names
  }

  /// The outermost clause or declaration that begins with a token; its line where none does.
  private static func block(after token: Int, _ file: LintFile) -> SourceSpan {
    let tree = file.tree
    let id = TokenID(rawValue: UInt32(clamping: token))
    var found = tree.span(of: id)
    for node in tree.blocks(startingAt: id) { found = found.joined(with: tree.span(of: node)) }
    // A finding at the end of a file has no bytes of its own.
    found.end = max(found.end, found.start + 1)
    return found
  }

  private static func lineStart(_ bytes: [UInt8], _ place: Int) -> (start: Int, isAlone: Bool) {
    var start = place
    var isAlone = true
    while start > 0, bytes[start - 1] != 0x0A {
      start -= 1
      if !isBlank(bytes[start]) { isAlone = false }
    }
    return (start, isAlone)
  }

  private static func span(_ source: SourceID, _ range: Range<Int>) -> SourceSpan {
    SourceSpan(
      source: source, start: UInt32(clamping: range.lowerBound),
      end: UInt32(clamping: range.upperBound))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-")
  }

  /// A text without the blanks around it, and without a dash or colon before it.
  private static func trimmed(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, isBlank(first) || first == 0x2D || first == 0x3A {
      bytes.removeFirst()
    }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension SyntaxTree {
  /// The nodes that begin with a token, the outermost first; the whole file apart.
  func blocks(startingAt token: TokenID) -> [NodeID] {
    var found: [NodeID] = []
    var node = root
    let start = self[token].start
    descending: while true {
      for child in children(of: node) where span(of: child).start <= start {
        let span = span(of: child)
        if span.start == start, !span.isEmpty { found.append(child) }
        if span.start <= start, start < span.end {
          node = child
          continue descending
        }
      }
      return found
    }
  }
}
