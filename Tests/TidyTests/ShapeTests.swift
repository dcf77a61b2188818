import Testing

@Suite("sizes of files, functions and lines")
struct ShapeTests {
  /// Files that may be longer than 500 lines, each with its reason.
  private let longFiles: [String: String] = [
    "Sources/TractatusRulePacks/EmbeddedPacks.swift": "generated from rules/"
  ]

  /// Functions that may be longer than 70 lines, as `path name`, each with its reason.
  private let longFunctions: [String: String] = [:]

  @Test("files have at most 500 lines, and lines at most 100 columns but for strings")
  func filesAreShort() {
    for file in SwiftSource.all(under: "Sources", "Tests") where longFiles[file.path] == nil {
      let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
      #expect(count <= 500, "\(file.path) has \(count) lines")
      for (number, line) in file.lines.enumerated() where line.count > 100 {
        // What is inside a string cannot be broken; all around it can.
        let text = file.code[number].replacing(/__+/, with: "_").count
        #expect(max(text, file.comments[number].count) <= 100, "\(file.path):\(number + 1)")
      }
    }
  }

  @Test("functions have at most 70 lines")
  func functionsAreShort() {
    for file in SwiftSource.all(under: "Sources", "Tests") {
      for function in functions(of: file) where function.lineCount > 70 {
        let key = "\(file.path) \(function.name)"
        guard longFunctions[key] == nil else { continue }
        Issue.record("\(file.path):\(function.line): \(function.name): \(function.lineCount)")
      }
    }
  }

  @Test("every exemption is of something that is there")
  func exemptionsAreCurrent() {
    let files = Set(SwiftSource.all(under: "Sources", "Tests").map(\.path))
    for path in longFiles.keys { #expect(files.contains(path), "\(path)") }
    for key in longFunctions.keys {
      #expect(files.contains(String(key.split(separator: " ")[0])), "\(key)")
    }
  }

  private struct Function {
    var name: String
    var line: Int
    var lineCount: Int
  }

  private func functions(of file: SwiftSource) -> [Function] {
    let head = /^\s*(?:@?[\w()]+\s+)*?(?:func\s+([^\s(<]+)|(init|subscript)[?(<])/
    var found: [Function] = []
    for (number, line) in file.code.enumerated() {
      guard let match = line.prefixMatch(of: head) else { continue }
      guard let end = endOfBody(file.code, from: number) else { continue }
      let name = String(match.1 ?? match.2 ?? "")
      found.append(Function(name: name, line: number + 1, lineCount: end - number + 1))
    }
    return found
  }

  /// The line of the brace that closes the body that begins at or after a line; nil without one.
  private func endOfBody(_ code: [String], from start: Int) -> Int? {
    var parentheses = 0
    var braces = 0
    for number in start..<code.count {
      if braces == 0, parentheses == 0, number > start,
        code[number].contains(/\b(func|var|let|init|case)\b/)
      {
        return nil
      }
      for byte in code[number].utf8 {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): parentheses += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): parentheses -= 1
        case UInt8(ascii: "{") where parentheses == 0 || braces > 0: braces += 1
        case UInt8(ascii: "}") where braces > 0:
          braces -= 1
          if braces == 0 { return number }
        case UInt8(ascii: "}") where parentheses == 0: return nil
        default: break
        }
      }
    }
    return nil
  }
}
