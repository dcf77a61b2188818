import TractatusJSON
import TractatusPatterns
import TractatusValues

/// What the evaluator keeps of one path, host or URL whose tests look at more than its bytes.
struct PlaceMemory: Sendable {
  /// The decision in which it was read; 0 for none.
  var epoch: UInt32 = 0
  /// The forms of a path, as given and (if `isResolved`) with its links resolved by the caller.
  var given = PathForms()
  var resolved = PathForms()
  var isResolved = false
  /// The host, or that of the URL.
  var host = HostName()

  /// Whether the link-resolved path is the given one.
  var resolvesToItself: Bool {
    given.given == resolved.given && given.absolute == resolved.absolute
  }
}

/// The memory of reading paths and hosts.
struct PlaceTools: Sendable {
  var builder = PathBuilder()
  var url = URLParts()
  var scratch = PlaceScratch()
  /// The directories that paths start from, of the decision `epoch`.
  var context = PathContext()
  var epoch: UInt32 = 0
  /// How often the context has become another.
  var round: UInt64 = 1
  /// The texts that the context was made of.
  var cwd = DirectoryText()
  var project = DirectoryText()

  /// Makes sure that the directories are those of a decision: parts of `texts`, if known.
  @inline(__always)
  mutating func prepare(
    _ texts: [UInt8], cwd: Range<Int>?, project: Range<Int>?, epoch: UInt32
  ) {
    if self.epoch == epoch { return }
    self.epoch = epoch
    // PERF: from call to call the directories are nearly always the same.
    let hasSameCwd = self.cwd.take(texts, cwd)
    let hasSameProject = self.project.take(texts, project)
    if hasSameCwd, hasSameProject { return }
    round += 1
    context.clear()
    if let cwd { context.setCwd(texts.span.extracting(cwd)) }
    if let project { context.setProject(texts.span.extracting(project)) }
  }
}

/// The text of a directory that actions start from, if it is known.
struct DirectoryText: Sendable {
  private var bytes: [UInt8] = []
  private var isKnown = false

  /// Becomes a part of `texts`, or what is not known; says whether it was that already.
  mutating func take(_ texts: [UInt8], _ range: Range<Int>?) -> Bool {
    guard let range else {
      defer { isKnown = false }
      return !isKnown
    }
    let text = texts.span.extracting(range)
    if isKnown, Evaluator.equal(text, bytes.span) { return true }
    isKnown = true
    bytes.removeAll(keepingCapacity: true)
    // SAFETY: the buffer is read only inside the closure.
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    return false
  }
}

extension Evaluator {
  /// Makes sure that the directories that paths start from are those of this decision.
  mutating func preparePlaces() {
    if workspace.placeTools.epoch == epoch { return }
    workspace.placeTools.prepare(
      texts, cwd: knownText(of: .cwd), project: knownText(of: .project), epoch: epoch)
  }

  /// Where the text of a root that was bound lies in `texts`; nil when it is not known.
  @inline(__always)
  private func knownText(of root: RootSlot) -> Range<Int>? {
    let value = values[at: rootSlot(root)]
    return value.epoch == epoch && value.state == .known ? value.range : nil
  }

  // MARK: Reading

  /// Reads the forms of the path, host or URL that an attribute is, once in a decision.
  mutating func readPlace(
    _ attribute: AttributeRecord, _ value: Value, _ input: borrowing ActionInput
  ) {
    if placeMemories[at: attribute.forms].epoch == epoch { return }
    placeMemories[at: attribute.forms].epoch = epoch
    read(value, form(of: attribute.valueType), into: attribute.forms)
    guard form(of: attribute.valueType) == .path, attribute.fields.isEmpty else { return }
    readResolved(attribute, input)
  }

  /// Reads the forms of an element, which has no resolved one; gives its place in the memories.
  mutating func readElement(_ value: Value, _ type: UInt32) -> UInt32 {
    let memory = UInt32(truncatingIfNeeded: placeMemories.count - 1)
    read(value, form(of: type), into: memory)
    return memory
  }

  /// What structure a type's texts have.
  @inline(__always)
  func form(of type: UInt32) -> TextForm {
    let record = image.valueTypes[at: type]
    guard record.kind == ValueKind.text.rawValue else { return .plain }
    return TextForm(rawValue: record.a) ?? .plain
  }

  /// Whether a type's values have forms for tests of their text.
  @inline(__always)
  func hasForms(_ type: UInt32) -> Bool {
    let form = form(of: type)
    return form == .path || form == .host
  }

  /// Reads the forms of what a test under a quantifier asks; gives their place in the memories.
  mutating func readForms(
    of operand: UInt32, _ value: Value, _ type: UInt32, _ input: borrowing ActionInput
  ) -> UInt32 {
    let record = image.elementOperands[at: operand]
    guard record.isElement == 0, image.attributes[at: record.index].forms != noIndex else {
      return readElement(value, type)
    }
    readPlace(image.attributes[at: record.index], value, input)
    return image.attributes[at: record.index].forms
  }

  private mutating func read(_ value: Value, _ form: TextForm, into memory: UInt32) {
    placeMemories[at: memory].isResolved = false
    switch form {
    case .path:
      let (cwd, project) = (knownText(of: .cwd), knownText(of: .project))
      Self.readPath(
        texts, value.range, cwd: cwd, project: project, epoch,
        &placeMemories[at: memory].given, &workspace.placeTools)
    case .host: Self.readHost(texts, value.range, &placeMemories[at: memory].host)
    case .url:
      Self.readURL(texts, value.range, &placeMemories[at: memory].host, &workspace.placeTools)
    case .plain, .command: return
    }
  }

  /// Reads a path from the directories of a decision.
  ///
  /// PERF: all in one access to the tools, of which the runtime counts each.
  private static func readPath(
    _ texts: [UInt8], _ range: Range<Int>, cwd: Range<Int>?, project: Range<Int>?,
    _ epoch: UInt32, _ forms: inout PathForms, _ tools: inout PlaceTools
  ) {
    tools.prepare(texts, cwd: cwd, project: project, epoch: epoch)
    forms.read(texts.span.extracting(range), tools.context, &tools.builder)
  }

  private static func readHost(
    _ texts: [UInt8], _ range: Range<Int>, _ host: inout HostName
  ) {
    host.read(texts.span.extracting(range))
  }

  private static func readURL(
    _ texts: [UInt8], _ range: Range<Int>, _ host: inout HostName, _ tools: inout PlaceTools
  ) {
    tools.url.read(texts.span.extracting(range))
    host = tools.url.host
    // Where nothing says that it is connected to, a text without a scheme is below anything.
    if tools.url.scheme.isEmpty { host.forget() }
  }

  /// Reads the form of a parameter's path in which the caller has resolved its links.
  private mutating func readResolved(
    _ attribute: AttributeRecord, _ input: borrowing ActionInput
  ) {
    let slot = image.slots[at: attribute.slot]
    guard slot.kind == SlotKind.parameter.rawValue,
      input.fields.resolved != nil || input.surroundingFields.resolved != nil,
      !isCorrected(slot.name), let place = resolvedPath(slot.name, input)
    else { return }
    Self.readPath(
      tape(of: place.document.rawValue, input), place.node,
      &placeMemories[at: attribute.forms].resolved, &workspace.placeTools)
    placeMemories[at: attribute.forms].isResolved =
      !placeMemories[at: attribute.forms].resolvesToItself
  }

  private static func readPath(
    _ tape: borrowing JSONTape, _ node: JSONNode, _ forms: inout PathForms,
    _ tools: inout PlaceTools
  ) {
    forms.read(tape.bytes.span.extracting(tape.content(node)), tools.context, &tools.builder)
  }

  /// Whether a parameter's value is that of a correction, of which nobody resolved anything.
  private func isCorrected(_ name: Extent) -> Bool {
    guard correction.isActive else { return false }
    let name = image.string(name)
    return correction.changes.contains { ReportOrder.equal($0.name, name) }
  }

  /// What the caller says that a parameter's path is, its links resolved: the action's own field
  /// goes before that of the surroundings.
  private func resolvedPath(_ name: Extent, _ input: borrowing ActionInput) -> DocumentNode? {
    for place in [input.fields.resolved, input.surroundingFields.resolved] {
      guard let place else { continue }
      let tape = tape(of: place.document.rawValue, input)
      guard tape.kind(place.node) == .object, let node = member(name, of: place.node, tape),
        tape.kind(node) == .string
      else { continue }
      return DocumentNode(document: place.document, node: node)
    }
    return nil
  }

  // MARK: Texts

  /// A test of the text of a path, or of a host, whose forms were read.
  mutating func formsTruth(
    _ memory: UInt32, _ form: TextForm, _ test: TextTest, ambiguityHolds: Bool
  ) -> Truth {
    if form == .host {
      switch placeMemories[at: memory].host.state {
      case .unknown, .absent: return .unknown
      case .name, .address: return Truth(passes(placeMemories[at: memory].host.bytes, test))
      }
    }
    var result = FormTruth(passes(placeMemories[at: memory].given, test))
    if placeMemories[at: memory].isResolved {
      result = result.joined(FormTruth(passes(placeMemories[at: memory].resolved, test)))
    }
    return result.resolved(ambiguityHolds: ambiguityHolds)
  }

  /// Whether some form of a path that is known passes.
  private mutating func passes(_ forms: PathForms, _ test: TextTest) -> Bool {
    if forms.given.isKnown, passes(forms.given.text.bytes, test) { return true }
    if forms.absolute.isKnown, passes(forms.absolute.text.bytes, test) { return true }
    return forms.isInProject && forms.project.isKnown && passes(forms.project.bytes, test)
  }

  private mutating func passes(_ text: [UInt8], _ test: TextTest) -> Bool {
    if !test.isPattern { return isOneOf(text.span, test.start, test.count) }
    if test.isWhole {
      Self.match(
        image.patternSets[at: test.set], text, 0..<text.count, &patternScratches[at: test.set])
      return !patternScratches[at: test.set].matches.isEmpty
    }
    for index in test.start..<(test.start + test.count)
    where Self.matches(
      image.patternSets[at: test.set], image.words[at: index], text, 0..<text.count,
      &patternScratches[at: test.set])
    {
      return true
    }
    return false
  }

  // MARK: Candidates

  /// Whether a host cannot be read, so that every test of its text is unknown.
  mutating func isUnreadable(
    _ attribute: AttributeRecord, _ value: Value, _ input: borrowing ActionInput
  ) -> Bool {
    guard form(of: attribute.valueType) == .host else { return false }
    readPlace(attribute, value, input)
    let state = placeMemories[at: attribute.forms].host.state
    return state == .unknown || state == .absent
  }

  /// Marks the tests of an attribute's places, and those of its text that some form of it passes;
  /// false where the text that was given is to be looked up instead.
  ///
  /// Where the forms may disagree only the rows are collected.
  mutating func probeForms(
    _ index: AttributeIndexRecord, _ attribute: AttributeRecord, _ value: Value,
    _ input: borrowing ActionInput
  ) -> Bool {
    let memory = attribute.forms
    let form = form(of: attribute.valueType)
    if form == .path, index.placeTests == noIndex, isOneForm(memory, value, input) { return false }
    readPlace(attribute, value, input)
    if index.placeTests != noIndex { probePlaces(index, attribute) }
    switch form {
    case .host: probe(placeMemories[at: memory].host.bytes, index, decides: true)
    case .path:
      if index.valueTexts == noIndex && index.patternSet == noIndex { return true }
      let decides = !placeMemories[at: memory].isResolved
      probeGiven(memory, index, decides: decides)
      if !decides { probeResolved(memory, index) }
    case .url, .plain, .command: return false
    }
    return true
  }

  /// Whether a path that was not read yet surely has no form but the text that was given.
  ///
  /// PERF: most paths are normal as they stand. Where nothing asks where such a one lies, and no
  /// project and no links give it another form, it need not be read at all.
  private mutating func isOneForm(
    _ memory: UInt32, _ value: Value, _ input: borrowing ActionInput
  ) -> Bool {
    guard placeMemories[at: memory].epoch != epoch, knownText(of: .project) == nil,
      input.fields.resolved == nil, input.surroundingFields.resolved == nil,
      PathForms.isNormal(texts.span.extracting(value.range))
    else { return false }
    placeMemories[at: memory].isResolved = false
    return true
  }

  /// Looks the forms of a path up, as it was given.
  ///
  /// PERF: the one array is taken that is looked up; a copy of the forms would count the
  /// references to all six that they consist of.
  private mutating func probeGiven(
    _ memory: UInt32, _ index: AttributeIndexRecord, decides: Bool
  ) {
    let place = Int(memory)
    if placeMemories[place].given.givenIsKnown {
      probe(placeMemories[place].given.given.text.bytes, index, decides: decides)
    }
    if placeMemories[place].given.absoluteDiffers {
      probe(placeMemories[place].given.absolute.text.bytes, index, decides: decides)
    }
    if placeMemories[place].given.projectDiffers {
      probe(placeMemories[place].given.project.bytes, index, decides: decides)
    }
  }

  /// Looks the forms of a path up with its links resolved, which decides nothing.
  private mutating func probeResolved(_ memory: UInt32, _ index: AttributeIndexRecord) {
    let forms = placeMemories[at: memory].resolved
    if forms.givenIsKnown { probe(forms.given.text.bytes, index, decides: false) }
    if forms.absoluteDiffers { probe(forms.absolute.text.bytes, index, decides: false) }
    if forms.projectDiffers { probe(forms.project.bytes, index, decides: false) }
  }

  private mutating func probe(_ text: [UInt8], _ index: AttributeIndexRecord, decides: Bool) {
    if index.valueTexts != noIndex {
      mark(entry: find(text.span, in: index.valueTexts), decides: decides)
    }
    if index.patternSet != noIndex {
      markPatterns(index, text, 0..<text.count, decides: decides)
    }
  }

  /// Collects the rows that tests of places reach.
  private mutating func probePlaces(
    _ index: AttributeIndexRecord, _ attribute: AttributeRecord
  ) {
    let isPath = form(of: attribute.valueType) == .path
    let isResolved = isPath && placeMemories[at: attribute.forms].isResolved
    for pass in 0..<(isResolved ? 2 : 1) {
      Self.collect(
        image.placeSets[at: attribute.places], placeMemories[at: attribute.forms],
        &workspace.placeTools,
        isPath: isPath, ofResolved: pass == 1)
      for found in workspace.placeTools.scratch.found.indices {
        let offset = index.placeTests + workspace.placeTools.scratch.found[found]
        var place = image.words[at: offset]
        let end = image.words[at: offset + 1]
        while place < end {
          collectRows(of: image.words[at: place])
          place += 1
        }
      }
    }
  }

  private static func collect(
    _ set: borrowing PlaceSet, _ memory: borrowing PlaceMemory, _ tools: inout PlaceTools,
    isPath: Bool, ofResolved: Bool
  ) {
    if !isPath {
      // What is no host at all is not known.
      if memory.host.state == .absent {
        set.all(&tools.scratch)
      } else {
        set.candidates(memory.host, &tools.scratch)
      }
    } else if ofResolved {
      set.candidates(memory.resolved, isRecursive: false, tools.context, &tools.scratch)
    } else {
      set.candidates(memory.given, isRecursive: false, tools.context, &tools.scratch)
    }
  }

  // MARK: Places

  /// A test of places of the path, host or URL that an attribute is.
  mutating func placeTest(
    _ test: UInt32, _ attribute: UInt32, _ input: borrowing ActionInput
  ) -> Truth {
    let value = value(of: attribute, input)
    guard value.state == .known else { return value.state == .absent ? .false : .unknown }
    let record = image.attributes[at: attribute]
    guard record.forms != noIndex else { return .unknown }
    readPlace(record, value, input)
    return placeTruth(test, record.forms, form(of: record.valueType))
  }

  /// A test of places under a quantifier.
  mutating func placeTest(_ step: CodeRecord, _ input: borrowing ActionInput) -> Truth {
    let value = operand(step.b, input)
    guard value.state == .known else { return value.state == .absent ? .false : .unknown }
    let type = operandType(step.b)
    let memory = readForms(of: step.b, value, type, input)
    return placeTruth(step.a, memory, form(of: type))
  }

  private mutating func placeTruth(_ test: UInt32, _ memory: UInt32, _ form: TextForm) -> Truth {
    let record = image.placeTests[at: test]
    guard form == .path else {
      return Self.truth(
        of: Int(record.query), image.placeSets[at: record.set], placeMemories[at: memory].host,
        isURL: form == .url)
    }
    return Self.truth(
      of: Int(record.query), image.placeSets[at: record.set], placeMemories[at: memory],
      &workspace.placeTools
    ).resolved(ambiguityHolds: record.ambiguityHolds == 1)
  }

  /// A host that is none is not known; a URL may have none, and then it lies nowhere.
  private static func truth(
    of query: Int, _ set: borrowing PlaceSet, _ host: borrowing HostName, isURL: Bool
  ) -> Truth {
    if host.state == .absent, !isURL { return .unknown }
    return set.truth(query, host)
  }

  private static func truth(
    of query: Int, _ set: borrowing PlaceSet, _ memory: borrowing PlaceMemory,
    _ tools: inout PlaceTools
  ) -> FormTruth {
    var result = set.truth(
      query, memory.given, isRecursive: false, tools.context, &tools.scratch)
    if memory.isResolved {
      result = result.joined(
        set.truth(query, memory.resolved, isRecursive: false, tools.context, &tools.scratch))
    }
    return result
  }
}

/// A test of a text against constants.
struct TextTest {
  /// Whether it asks for patterns, and not for equality.
  var isPattern: Bool
  /// Texts, or patterns in `words`, of the program.
  var start: UInt32
  var count: UInt32
  /// The patterns.
  var set: UInt32
  /// Whether every pattern of the set belongs to the test.
  var isWhole: Bool
}
