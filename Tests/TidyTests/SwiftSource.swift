import Foundation

/// The folder that holds the package.
let packageRoot: String = {
  var url = URL(fileURLWithPath: #filePath)
  for _ in 0..<3 { url.deleteLastPathComponent() }
  return url.path
}()

/// A Swift file of the package, as text and as code without comments and strings.
struct SwiftSource {
  /// The path from the package's root.
  let path: String
  /// The lines as written.
  let lines: [String]
  /// The same lines with comments and the contents of strings blanked.
  let code: [String]
  /// The comments alone, line by line; empty where a line has none.
  let comments: [String]

  /// The target's name: the second component of the path.
  var target: String { String(path.split(separator: "/")[1]) }
  var name: String { (path as NSString).lastPathComponent }

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var scanner = Scanner(bytes: Array(text.utf8))
    scanner.run()
    func split(_ bytes: [UInt8]) -> [String] {
      String(decoding: bytes, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    code = split(scanner.code)
    comments = split(scanner.comments).map { line in
      String(line.reversed().drop(while: \.isWhitespace).reversed())
    }
  }

  /// Every Swift file of the package, read and told apart once.
  private static let everything: [SwiftSource] = {
    var found: [SwiftSource] = []
    for folder in ["Sources", "Tests"] {
      for path in files(under: folder, suffix: ".swift") {
        guard let text = try? String(contentsOfFile: packageRoot + "/" + path, encoding: .utf8)
        else { continue }
        found.append(SwiftSource(path: path, text: text))
      }
    }
    return found
  }()

  /// The files below folders of the package, ascending by path.
  static func all(under folders: String...) -> [SwiftSource] {
    everything.filter { file in folders.contains { file.path.hasPrefix($0 + "/") } }
  }

  /// The paths, from the package's root, of the files below a folder, ascending.
  static func files(under folder: String, suffix: String) -> [String] {
    let start = packageRoot + "/" + folder
    guard let walk = FileManager.default.enumerator(atPath: start) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }
      .map { folder + "/" + $0 }.sorted()
  }

  /// Tells comments and strings from code; offsets stay what they were.
  private struct Scanner {
    let bytes: [UInt8]
    var code: [UInt8] = []
    var comments: [UInt8] = []
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() {
      while index < bytes.count {
        if starts("//") {
          while index < bytes.count, bytes[index] != 0x0A { comment() }
        } else if starts("/*") {
          while index < bytes.count, !starts("*/") { comment() }
          if index < bytes.count {
            comment()
            comment()
          }
        } else if let hashes = stringStart() {
          string(hashes: hashes)
        } else {
          keep()
        }
      }
    }

    func starts(_ text: String, at offset: Int? = nil) -> Bool {
      var place = offset ?? index
      for byte in text.utf8 {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
      }
      return true
    }

    /// The number of `#` before a quote that begins here, or nil.
    func stringStart() -> Int? {
      var offset = index
      while offset < bytes.count, bytes[offset] == UInt8(ascii: "#") { offset += 1 }
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return nil }
      return offset - index
    }

    mutating func string(hashes: Int) {
      let fence = String(repeating: "#", count: hashes)
      let quote = starts("\"\"\"", at: index + hashes) ? "\"\"\"" : "\""
      for _ in 0..<(hashes + quote.utf8.count) { keep() }
      let end = quote + fence
      let escape = "\\" + fence
      while index < bytes.count, !starts(end) {
        if starts(escape + "(") {
          for _ in 0...escape.utf8.count { keep() }
          interpolation()
        } else if starts(escape) {
          for _ in 0...escape.utf8.count { blank() }
        } else {
          blank()
        }
      }
      for _ in 0..<end.utf8.count where index < bytes.count { keep() }
    }

    mutating func interpolation() {
      var depth = 1
      while index < bytes.count, depth > 0 {
        if let hashes = stringStart() {
          string(hashes: hashes)
          continue
        }
        if bytes[index] == UInt8(ascii: "(") { depth += 1 }
        if bytes[index] == UInt8(ascii: ")") { depth -= 1 }
        keep()
      }
    }

    mutating func keep() { put(bytes[index], 0x20) }
    mutating func blank() { put(0x5F, 0x20) }
    mutating func comment() { put(0x20, bytes[index]) }

    mutating func put(_ first: UInt8, _ second: UInt8) {
      guard index < bytes.count else { return }
      let isNewline = bytes[index] == 0x0A
      code.append(isNewline ? 0x0A : first)
      comments.append(isNewline ? 0x0A : second)
      index += 1
    }
  }
}
