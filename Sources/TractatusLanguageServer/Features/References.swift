import TractatusSource

/// `textDocument/references` and `textDocument/documentHighlight`.
enum References {
  /// Every place of the policy where what a name stands for is named.
  static func find(
    _ file: OpenFile, at offset: Int, isWithDeclaration: Bool
  ) -> JSONOutput {
    guard let use = file.names.use(at: offset, inFile: file.number) else { return .null }
    var found: [JSONOutput] = []
    for (number, use) in uses(of: use.things, file) where isWithDeclaration || !use.isDeclaration {
      let source = file.analysis.files[number].source.id
      if let location = file.location(
        SourceSpan(source: source, start: use.start, end: use.end))
      {
        found.append(location)
      }
    }
    return .array(found)
  }

  /// The places of one file: 3 is a declaration, 2 a use.
  static func highlight(_ file: OpenFile, at offset: Int) -> JSONOutput {
    guard let use = file.names.use(at: offset, inFile: file.number) else { return .null }
    let things = Set(use.things)
    let uses = file.names.uses(ofFile: file.number)
      .filter { !things.isDisjoint(with: $0.things) }
    return .array(
      uses.map {
        .fields(["range": file.range($0.start, $0.end), "kind": $0.isDeclaration ? 3 : 2])
      })
  }

  /// The uses of any of some things in the files of the policy, in their order.
  static func uses(of things: [NamedThing], _ file: OpenFile) -> [(file: Int, use: NameUse)] {
    let wanted = Set(things)
    var found: [(file: Int, use: NameUse)] = []
    for number in file.analysis.files.indices {
      // The element of a quantifier is known in its own file alone.
      if case .element? = things.first, number != file.number { continue }
      for use in file.names.uses(ofFile: number) where !wanted.isDisjoint(with: use.things) {
        found.append((number, use))
      }
    }
    return found
  }
}
