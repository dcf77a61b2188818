import TractatusCompiler
import TractatusEngine
import TractatusPatterns
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusConformanceSupport

/// A policy as both evaluators take it: the table's program and the naive walk.
final class Subject {
  /// What compiling said.
  let result: CompilationResult
  /// The naive evaluator.
  let naive: NaiveEvaluator
  /// The program; `nil` when the policy does not compile.
  let program: Program?
  private var evaluator: Evaluator?

  /// Compiles sources.
  init(_ sources: [(name: String, text: String)]) {
    var set = SourceSet()
    for source in sources { set.add(name: source.name, bytes: Array(source.text.utf8)) }
    let files = set.sources.map { ParsedFile(parsing: $0) }
    result = Compilation.compile(files: files, sources: set)
    naive = NaiveEvaluator(result.checked, sources: set.sources)
    program = result.program
    evaluator = program.map { Evaluator($0) }
  }

  /// The errors, one a line, with their places.
  var errors: [String] {
    result.diagnostics.filter { $0.severity == .error }.map { diagnostic in
      guard let source = result.sources[diagnostic.span.source] else { return "?" }
      let place = LineIndex(source).location(at: diagnostic.span.start)
      return "\(diagnostic.code.identifier) \(source.name):\(place.line):\(place.column)"
    }
  }

  /// The table's decision on a document, and on what the caller adds to it.
  func tableDecision(_ document: String, surroundings: String? = nil) -> Decision? {
    guard evaluator != nil else { return nil }
    var input = ActionInput()
    let bytes = Array(document.utf8)
    do {
      if let surroundings { try input.readSurroundings(Array(surroundings.utf8).span) }
      try input.readNative(bytes.span)
    } catch {
      var decision = Decision()
      decision.verdict = .deny
      decision.error = error
      return decision
    }
    return evaluator?.decide(input)
  }

  /// The table's decision after what came before, and what it adds to that.
  func tableDecision(
    _ document: String, after history: KnownHistory
  ) -> (decision: Decision, update: HistoryUpdate)? {
    evaluator?.history = history
    defer { evaluator?.history = .unknown }
    guard let decision = tableDecision(document) else { return nil }
    var input = ActionInput()
    let bytes = Array(document.utf8)
    try? input.readNative(bytes.span)
    guard let update = evaluator?.historyUpdate(of: input) else { return nil }
    return (decision, update)
  }

  private init(reading program: Program, _ original: Subject) {
    result = original.result
    naive = original.naive
    self.program = program
    evaluator = Evaluator(program)
  }

  /// The same policy by its image; nil also where the image is another when it is trusted, of which
  /// fewer things are made anew.
  var imaged: Subject? {
    guard let program else { return nil }
    var image: [UInt8] = []
    program.write(into: &image)
    var again: [UInt8] = []
    Program(trusting: ImageBytes(image), from: 0)?.write(into: &again)
    guard again == image else { return nil }
    return Program(reading: image.span).map { Subject(reading: $0, self) }
  }
}

extension Decision {
  /// What the law compares: everything but which policy decided, and the wording of input errors.
  var compared: Decision {
    var decision = self
    decision.policy = PolicyIdentity()
    if error != nil { decision.error = DecisionError(code: "T0700", reason: "") }
    for index in decision.fired.indices
    where ["threshold", "otherwise"].contains(decision.fired[index].kind) {
      decision.fired[index].clauseText = ""
    }
    decision.shadow = decision.shadow.map { entry in
      guard case .fired(var fired) = entry, fired.kind == "threshold" else { return entry }
      fired.clauseText = ""
      return .fired(fired)
    }
    return decision
  }

  /// The decision as JSON, without the policy.
  var json: JSONText {
    guard error == nil else {
      return .members([("verdict", .text("deny")), ("status", .text("ERROR"))])
    }
    let text = String(decoding: DecisionWriter.json(self), as: UTF8.self)
    guard var json = try? JSONText(reading: text) else { return .null }
    json["policy"] = nil
    return json
  }
}

extension JSONText {
  /// The document with its places (`at`) left out.
  var withoutPlaces: JSONText {
    switch self {
    case .array(let elements): .array(elements.map(\.withoutPlaces))
    case .object(let members):
      .object(
        members.filter { $0.key != Array("at".unicodeScalars) }.map {
          Member(key: $0.key, value: $0.value.withoutPlaces)
        })
    default: self
    }
  }

  /// The document over several lines, short parts on one.
  func pretty(indent: String = "") -> String {
    let flat = written
    guard flat.utf8.count + indent.utf8.count > 90 else { return flat }
    let inner = indent + "  "
    switch self {
    case .array(let elements):
      let lines = elements.map { inner + $0.pretty(indent: inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n" + indent + "]"
    case .object(let members):
      let lines = members.map { member in
        inner + JSONText.string(member.key).written + ": " + member.value.pretty(indent: inner)
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + indent + "}"
    default: return flat
    }
  }
}
