/// The sentences of what a person wrote: each may be an instruction of its own.
///
/// A line that is wrapped goes on in the next; what stands in fenced code says nothing to anybody;
/// marks of lists and quotes are left out.
struct Sentences {
  /// How many are read of one text. Who pastes a document does not instruct with all of it.
  static let limit = 64

  /// The sentences, without blanks at their ends, none empty.
  private(set) var texts: [String] = []
  /// Whether there were more than are read.
  private(set) var isCut = false

  private var paragraph: [UInt8] = []

  init(of text: String) {
    var fence: UInt8?
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      var words = Array(line.drop(while: Self.isBlank))
      while let last = words.last, Self.isBlank(last) { words.removeLast() }
      if let mark = Self.fence(words) {
        endParagraph()
        fence = fence == nil ? mark : fence == mark ? nil : fence
        continue
      }
      if fence != nil { continue }
      let content = Self.withoutMarks(words)
      if content.count < words.count || content.isEmpty { endParagraph() }
      if content.isEmpty { continue }
      if !paragraph.isEmpty { paragraph.append(UInt8(ascii: " ")) }
      paragraph += content
      // A heading is not the beginning of what stands below it.
      if words.first == UInt8(ascii: "#"), content.count < words.count { endParagraph() }
    }
    endParagraph()
  }

  /// Cuts what was gathered into sentences.
  private mutating func endParagraph() {
    var start = 0
    var index = 0
    while index < paragraph.count {
      let byte = paragraph[index]
      if byte == UInt8(ascii: "`") || byte == UInt8(ascii: "\""),
        let end = paragraph[(index + 1)...].firstIndex(of: byte)
      {
        // A sentence may end within quotation marks, at their end.
        let isEnd = Self.isEnd(paragraph[end - 1])
        index = end + 1
        if isEnd, byte != UInt8(ascii: "`"), isBlank(at: index) { add(&start, upTo: index) }
        continue
      }
      index += 1
      guard Self.isEnd(byte), isBlank(at: index) else { continue }
      if byte == UInt8(ascii: "."), isAbbreviation(before: index - 1, from: start) { continue }
      add(&start, upTo: index)
    }
    add(&start, upTo: paragraph.count)
    paragraph = []
  }

  private mutating func add(_ start: inout Int, upTo end: Int) {
    var first = start
    var last = end
    while first < last, Self.isBlank(paragraph[first]) { first += 1 }
    while first < last, Self.isBlank(paragraph[last - 1]) { last -= 1 }
    start = end
    if first == last { return }
    guard texts.count < Self.limit else {
      isCut = true
      return
    }
    texts.append(String(decoding: paragraph[first..<last], as: UTF8.self))
  }

  private func isBlank(at index: Int) -> Bool {
    index >= paragraph.count || Self.isBlank(paragraph[index])
  }

  /// Whether the word before a full stop is one letter or holds a full stop, as in `e.g.`.
  private func isAbbreviation(before stop: Int, from start: Int) -> Bool {
    var first = stop
    while first > start, !Self.isBlank(paragraph[first - 1]) { first -= 1 }
    let word = paragraph[first..<stop].drop { !Self.isLetter($0) }
    let isDotted =
      word.contains(UInt8(ascii: ".")) && word.allSatisfy { Self.isLetter($0) || Self.isEnd($0) }
    return isDotted || (word.count == 1 && word.allSatisfy(Self.isLetter))
  }

  // MARK: Bytes

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  private static func isEnd(_ byte: UInt8) -> Bool { ".!?".utf8.contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// What a line that opens or closes code begins with three of.
  private static func fence(_ line: [UInt8]) -> UInt8? {
    guard let mark = line.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~"),
      line.prefix(3).count(where: { $0 == mark }) == 3
    else { return nil }
    return mark
  }

  /// A line without the marks of lists, headings and quotes before it.
  private static func withoutMarks(_ line: [UInt8]) -> ArraySlice<UInt8> {
    var rest = line[...]
    while let first = rest.first {
      var after = rest.dropFirst()
      if (0x30...0x39).contains(first) {
        after = rest.drop { (0x30...0x39).contains($0) }
        guard let mark = after.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")") else {
          break
        }
        after = after.dropFirst()
      } else if first == UInt8(ascii: "#") {
        after = rest.drop { $0 == first }
      } else if !"-*+>".utf8.contains(first) {
        break
      }
      guard after.first.map(isBlank) ?? true else { break }
      rest = after.drop(while: isBlank)
    }
    return rest
  }
}
