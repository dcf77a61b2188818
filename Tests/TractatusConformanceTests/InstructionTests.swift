import Foundation
import Testing
import TractatusCompiler
import TractatusEngine
import TractatusJSON
import TractatusSemantics
import TractatusSource
import TractatusValues

/// What is made of the texts of instructions, as the data of `Tests/Conformance` says.
@Suite("Instructions")
struct InstructionTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func data(_ folder: String) throws -> [(name: String, value: Any)] {
    let path = root.appendingPathComponent("Tests/Conformance/" + folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: path.path)
    return try names.filter { $0.hasSuffix(".json") }.sorted().map {
      let bytes = try Data(contentsOf: path.appendingPathComponent($0))
      return ($0, try JSONSerialization.jsonObject(with: bytes))
    }
  }

  /// The shipped packs, and rules of one's own.
  private static func policy(_ rules: String? = nil) throws -> LoadedPolicy {
    let folder = root.appendingPathComponent("rules/tractatus")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let packs = try names.filter { $0.hasSuffix(".tract") }.sorted().map { name in
      BuiltInFile(
        package: "tractatus." + name.dropLast(6), name: name,
        bytes: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
    }
    let own = rules.map { [RuleFile(name: "own.tract", bytes: Array($0.utf8))] } ?? []
    return PolicyLoader.load(own, builtIns: packs, packages: ["tractatus.core"])
  }

  // MARK: Classification

  @Test("the shipped rules classify every anchor as the design has it")
  func anchors() throws {
    let policy = PolicyChecker.check(try Self.policy().files, extent: .instructions).policy
    let classifier = try #require(Classifier(policy))
    var count = 0
    for (file, value) in try Self.data("classify") {
      for entry in try #require(value as? [[String: Any]]) {
        let text = try #require(entry["text"] as? String)
        let found = try #require(classifier.record(of: text, id: "inst_001"))
        var writer = JSONWriter()
        InstructionHistory.write(found.record, to: &writer)
        let record = try #require(
          try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: Any])
        for (key, expected) in entry where key != "why" {
          let actual: Any? =
            switch key {
            case "band": found.classification.band
            case "stored": found.classification.isStored
            default: record[key]
            }
          let isNull = expected is NSNull
          let isSame =
            isNull ? actual == nil : (actual as? NSObject) == (expected as? NSObject)
          #expect(isSame, "\(file): \(text): \(key) is \(actual ?? "absent"), not \(expected)")
        }
        count += 1
      }
    }
    #expect(count > 20)
  }

  @Test("what is stated stands for what would be inferred")
  func stated() throws {
    let policy = PolicyChecker.check(try Self.policy().files, extent: .instructions).policy
    let classifier = try #require(Classifier(policy))
    let core = try #require(policy.packages.firstIndex { $0.name == "tractatus.core" })
    let found = classifier.classify(
      "Add a button", from: PackageID(core), stated: ["quadrant": .enumeration("system")])
    #expect(found.word("quadrant") == nil)
    #expect(found.word("persistence") == "high")
    #expect(found.word("verification") == "mandatory")
  }

  // MARK: Histories

  private static let stories = [
    "conflicts.json", "newer-and-stronger.json", "own-readings.json", "port-27027.json",
  ]

  @Test("stored instructions decide as the stories tell", arguments: stories)
  func story(_ name: String) throws {
    let story = try #require(
      try Self.data("instructions").first { $0.name == name }?.value as? [String: Any])
    let history = try JSONSerialization.data(withJSONObject: try #require(story["history"]))
    var policy = try Self.policy(story["rules"] as? String)
    policy.instructions = InstructionSource(
      name: "history.json", records: try InstructionHistory.read(Array(history).span))
    let result = Compilation.compile(policy)
    var renderer = DiagnosticRenderer(sources: result.sources, usesColour: false)
    #expect(renderer.render(result.diagnostics) == "")
    #expect(result.instructions.map(\.summary) == story["instructions"] as? [String])
    var evaluator = Evaluator(try #require(result.program))
    for entry in try #require(story["cases"] as? [[String: Any]]) {
      let document = try JSONSerialization.data(
        withJSONObject: Self.fresh(try #require(entry["action"] as? [String: Any])))
      var input = ActionInput()
      try input.readNative(Array(document).span)
      let json = String(decoding: DecisionWriter.json(evaluator.decide(input)), as: UTF8.self)
      let shown = "\(String(decoding: document, as: UTF8.self)): \(json)"
      #expect(
        json.hasPrefix("{\"verdict\":\"\(entry["verdict"] as? String ?? "")\""), "\(shown)")
      for text in entry["mentions"] as? [String] ?? [] {
        #expect(json.contains(text), "\(text) is not in \(shown)")
      }
    }
  }

  /// An action in a session that is not under pressure.
  private static func fresh(_ action: [String: Any]) -> [String: Any] {
    var action = action
    action["session"] = [
      "messages": 1, "tokens": 0, "token_budget": 200_000, "tasks": 0, "recent_errors": 0,
      "instructions": 0,
    ]
    return action
  }

  @Test("the order of the history changes no decision where its times tell the age")
  func order() throws {
    let story = try #require(
      try Self.data("instructions").first { $0.name == "newer-and-stronger.json" }?.value
        as? [String: Any])
    let records = try InstructionHistory.read(
      Array(try JSONSerialization.data(withJSONObject: try #require(story["history"]))).span)
    var texts: Set<[String]> = []
    for records in [records, records.reversed()] {
      var policy = try Self.policy()
      policy.instructions = InstructionSource(name: "h", records: Array(records))
      let result = Compilation.compile(policy)
      texts.insert(result.instructions.map(\.summary).sorted())
    }
    #expect(texts.count == 1)
  }

  @Test("whatever people say, the policy still compiles")
  func hostile() throws {
    var random = SplitMix64(seed: 7)
    let pieces = [
      "MongoDB", "port", "27027", "99999", "0", "never use port", "\"", "\\", "{", "}", "/*", "//",
      "\u{202E}", "\u{0}", "\n", "https", ":", "on", "mongodb://x:1@h:27018/", "…", "🙂", " ", " ",
    ]
    var records: [InstructionRecord] = []
    for number in 1...200 {
      var text = ""
      for _ in 0..<(random.next() % 12) { text += pieces[Int(random.next() % 23)] + " " }
      records.append(InstructionRecord(id: "inst_\(number)", text: text))
    }
    var policy = try Self.policy()
    policy.instructions = InstructionSource(name: "h", records: records)
    let result = Compilation.compile(policy)
    #expect(result.program != nil)
    #expect(result.instructions.count == 200)
    #expect(result.instructions.contains { !$0.rules.isEmpty })
  }
}
