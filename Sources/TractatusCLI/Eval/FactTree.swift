import TractatusJSON

/// The facts of the command line: `git.branch=main` is the field `branch` of the object `git`.
struct FactTree {
  private enum Entry {
    case value(JSONTape)
    case text(String)
    case tree(FactTree)
  }

  private var entries: [String: Entry] = [:]

  var isEmpty: Bool { entries.isEmpty }

  /// Adds `name=value`.
  ///
  /// - Throws: `UsageError` for what is no such pair, for a bad value and for a name given twice.
  mutating func add(_ fact: String) throws(UsageError) {
    let parts = fact.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let names = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, names.count <= 32, names.allSatisfy(Self.isName) else {
      throw UsageError(message: "`--fact` takes NAME=VALUE, not `\(fact)`")
    }
    let entry = try Self.entry(String(parts[1]), fact)
    guard insert(entry, at: names[...]) else {
      throw UsageError(message: "the fact `\(parts[0])` is given twice")
    }
  }

  /// Writes the facts as an object, ascending by name.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      json.key(name)
      switch entry {
      case .value(let tape): json.value(.root, of: tape)
      case .text(let text): json.string(text)
      case .tree(let tree): tree.write(to: &json)
      }
    }
    json.endObject()
  }

  private mutating func insert(_ entry: Entry, at names: ArraySlice<String>) -> Bool {
    guard let name = names.first else { return false }
    if names.count == 1 {
      guard entries[name] == nil else { return false }
      entries[name] = entry
      return true
    }
    var inner = FactTree()
    switch entries[name] {
    case .tree(let tree): inner = tree
    case nil: break
    default: return false
    }
    let isNew = inner.insert(entry, at: names.dropFirst())
    entries[name] = .tree(inner)
    return isNew
  }

  private static func entry(_ value: String, _ fact: String) throws(UsageError) -> Entry {
    let isLiteral = ["true", "false", "null"].contains(value)
    guard isLiteral || value.hasPrefix("\"") || value.hasPrefix("[") || value.hasPrefix("{") else {
      return .text(value)
    }
    var tape = JSONTape()
    do throws(JSONError) {
      try tape.parse(Array(value.utf8).span)
    } catch {
      throw UsageError(message: "the value of `--fact \(fact)` is no JSON: \(error.message)")
    }
    return .value(tape)
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
  }
}
