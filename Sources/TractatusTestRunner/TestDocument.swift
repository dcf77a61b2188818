import TractatusJSON
import TractatusSemantics
import TractatusValues

/// The native action document of an example or a test.
package enum TestDocument {
  /// A value by its name, nested as a document has it.
  private indirect enum Tree {
    case value(ConstantValue)
    case object([(name: String, tree: Tree)])
  }

  /// The document of an action of a type with its parameters and what is given around it.
  ///
  /// A path such as `facts.git.branch` nests by its parts. `action.tool` becomes `tool`. The type
  /// `unmapped` cannot be named, so its document has an empty tool name, which nothing maps.
  package static func bytes(
    type: ActionType, parameters: [RecordEntry], given: [RecordEntry]
  ) -> [UInt8] {
    var root: [(name: String, tree: Tree)] = []
    let isUnmapped = type.package == nil
    if isUnmapped {
      insert(.text(""), at: ["tool"], into: &root)
    } else {
      insert(.text(type.name.text), at: ["action"], into: &root)
    }
    insert(.record(parameters), at: ["parameters"], into: &root)
    for entry in given {
      let path = entry.name.split(separator: ".").map(String.init)
      insert(entry.value, at: path == ["action", "tool"] ? ["tool"] : path, into: &root)
    }
    var writer = JSONWriter()
    write(root, to: &writer)
    return writer.bytes
  }

  private static func insert(
    _ value: ConstantValue, at path: [String], into members: inout [(name: String, tree: Tree)]
  ) {
    guard let name = path.first else { return }
    let place = members.firstIndex { $0.name == name }
    if path.count == 1 {
      // `components: {}` beside `components.X` takes nothing away.
      if case .record([]) = value, let place, case .object = members[place].tree { return }
      if let place { members.remove(at: place) }
      members.append((name, .value(value)))
      return
    }
    var inner: [(name: String, tree: Tree)] = []
    if let place {
      if case .object(let known) = members[place].tree { inner = known }
      members.remove(at: place)
    }
    insert(value, at: Array(path.dropFirst()), into: &inner)
    members.append((name, .object(inner)))
  }

  private static func write(_ members: [(name: String, tree: Tree)], to writer: inout JSONWriter) {
    writer.beginObject()
    for (name, tree) in members {
      writer.key(name)
      switch tree {
      case .value(let value): write(value, to: &writer)
      case .object(let inner): write(inner, to: &writer)
      }
    }
    writer.endObject()
  }

  private static func write(_ value: ConstantValue, to writer: inout JSONWriter) {
    switch value {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .number(let number): writer.number(number)
    case .text(let text), .enumeration(let text): writer.string(text)
    case .time(let instant): writer.string(instant.description)
    case .list(let elements):
      writer.beginArray()
      for element in elements { write(element, to: &writer) }
      writer.endArray()
    case .record(let entries):
      writer.beginObject()
      for entry in entries {
        writer.key(entry.name)
        write(entry.value, to: &writer)
      }
      writer.endObject()
    }
  }
}
