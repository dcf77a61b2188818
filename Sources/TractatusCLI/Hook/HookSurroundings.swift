import TractatusJSON
import TractatusSession
import TractatusValues

/// A parameter's path with its links followed.
struct NamedPath: Equatable {
  var name: String
  var path: String
}

/// What a hook knows around a call that the client does not say.
struct HookSurroundings {
  /// The project's root.
  var project: String
  /// The time of the decision: the one place where a clock is read for one.
  var time: Instant?
  /// The paths of the call with their links followed.
  var resolved: [NamedPath]

  /// The surroundings as a document in the shape of a native action, with a session's figures.
  func document(with snapshot: SessionSnapshot) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("project")
    json.string(project)
    if let time {
      json.key("at")
      json.string(time.description)
    }
    if !resolved.isEmpty {
      json.key("resolved")
      json.beginObject()
      for path in resolved {
        json.key(path.name)
        json.string(path.path)
      }
      json.endObject()
    }
    Self.write(snapshot, to: &json)
    json.endObject()
    return json.bytes
  }

  /// Writes what is certain of a session as members of an action's surroundings.
  private static func write(_ snapshot: SessionSnapshot, to json: inout JSONWriter) {
    // Without a session there is nothing to say, and tests of it are unknown.
    if snapshot.session.isMissing { return }
    snapshot.session.writeFigures(to: &json)
    json.key("facts")
    json.beginObject()
    snapshot.session.writeFacts(to: &json, history: snapshot.instructions)
    json.endObject()
  }
}
