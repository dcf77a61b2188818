/// The sources of one run, by id.
package struct SourceSet: Sendable {
  /// Every source, in the order of adding; the position is the id.
  package private(set) var sources: [SourceText] = []

  /// Makes a set with no sources.
  package init() {}

  /// Adds a source and gives it the next id.
  @discardableResult
  package mutating func add(name: String, bytes: [UInt8]) -> SourceText {
    let id = SourceID(rawValue: UInt32(clamping: sources.count))
    let source = SourceText(id: id, name: name, bytes: bytes)
    sources.append(source)
    return source
  }

  /// The source with an id, or nil for an id of another set.
  package subscript(id: SourceID) -> SourceText? {
    let index = Int(id.rawValue)
    return index < sources.count ? sources[index] : nil
  }
}
