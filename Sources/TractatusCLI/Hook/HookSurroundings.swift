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
  func document(with session: HookSession, _ reading: SessionReading) -> [UInt8] {
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
    session.writeSurroundings(reading, to: &json)
    json.endObject()
    return json.bytes
  }
}
