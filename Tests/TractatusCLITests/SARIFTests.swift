import Foundation
import Testing

/// What the schema of SARIF 2.1.0 (OASIS, errata 01) says of one object: the properties that it may
/// have, each with its form, and those that it must have.
private struct ObjectForm: Sendable {
  indirect enum Form: Sendable {
    case text
    case reference
    case integer(Int)
    case word([String])
    case object(String)
    case list(Form, least: Int)
    case texts
  }

  var properties: [String: Form]
  var required: Set<String> = []
  /// Sets of which one must be there whole.
  var anyOf: [Set<String>] = []
}

private let levels: ObjectForm.Form = .word(["none", "note", "warning", "error"])

/// The objects that a log of ours may hold; a property that is not here is not written.
private let forms: [String: ObjectForm] = [
  "sarifLog": ObjectForm(
    properties: [
      "$schema": .reference, "version": .word(["2.1.0"]), "runs": .list(.object("run"), least: 0),
    ], required: ["version", "runs"]),
  "run": ObjectForm(
    properties: [
      "tool": .object("tool"), "columnKind": .word(["utf16CodeUnits", "unicodeCodePoints"]),
      "results": .list(.object("result"), least: 0),
    ], required: ["tool"]),
  "tool": ObjectForm(properties: ["driver": .object("toolComponent")], required: ["driver"]),
  "toolComponent": ObjectForm(
    properties: [
      "name": .text, "version": .text, "rules": .list(.object("reportingDescriptor"), least: 0),
    ], required: ["name"]),
  "reportingDescriptor": ObjectForm(
    properties: [
      "id": .text, "name": .text, "shortDescription": .object("multiformatMessageString"),
      "fullDescription": .object("multiformatMessageString"),
      "help": .object("multiformatMessageString"),
      "defaultConfiguration": .object("reportingConfiguration"),
      "properties": .object("propertyBag"),
    ], required: ["id"]),
  "multiformatMessageString": ObjectForm(properties: ["text": .text], required: ["text"]),
  "reportingConfiguration": ObjectForm(properties: ["level": levels]),
  "propertyBag": ObjectForm(properties: ["tags": .list(.text, least: 0)]),
  "result": ObjectForm(
    properties: [
      "ruleId": .text, "ruleIndex": .integer(-1), "level": levels, "message": .object("message"),
      "locations": .list(.object("location"), least: 0),
      "relatedLocations": .list(.object("location"), least: 0),
      "partialFingerprints": .texts, "fixes": .list(.object("fix"), least: 0),
    ], required: ["message"]),
  "message": ObjectForm(properties: ["text": .text, "id": .text], anyOf: [["text"], ["id"]]),
  "location": ObjectForm(
    properties: [
      "id": .integer(-1), "physicalLocation": .object("physicalLocation"),
      "message": .object("message"),
    ]),
  "physicalLocation": ObjectForm(
    properties: [
      "artifactLocation": .object("artifactLocation"), "region": .object("region"),
    ], anyOf: [["address"], ["artifactLocation"]]),
  "artifactLocation": ObjectForm(properties: ["uri": .reference]),
  "region": ObjectForm(
    properties: [
      "startLine": .integer(1), "startColumn": .integer(1), "endLine": .integer(1),
      "endColumn": .integer(1),
    ]),
  "fix": ObjectForm(
    properties: [
      "description": .object("message"),
      "artifactChanges": .list(.object("artifactChange"), least: 1),
    ], required: ["artifactChanges"]),
  "artifactChange": ObjectForm(
    properties: [
      "artifactLocation": .object("artifactLocation"),
      "replacements": .list(.object("replacement"), least: 1),
    ], required: ["artifactLocation", "replacements"]),
  "replacement": ObjectForm(
    properties: [
      "deletedRegion": .object("region"), "insertedContent": .object("artifactContent"),
    ], required: ["deletedRegion"]),
  "artifactContent": ObjectForm(properties: ["text": .text]),
]

/// Says what of a value is not as its form asks.
private func check(_ value: Any, _ form: ObjectForm.Form, at path: String, _ faults: inout [String])
{
  switch form {
  case .text:
    if !(value is String) { faults.append("\(path): no text") }
  case .reference:
    let text = value as? String
    // RFC 3986, section 2: everything else is percent-encoded.
    let isReference = text?.wholeMatch(of: /[A-Za-z0-9\-._~:\/?#\[\]@!$&'()*+,;=%]+/) != nil
    if !isReference { faults.append("\(path): no URI reference") }
  case .integer(let least):
    if (value as? Int).map({ $0 < least }) ?? true { faults.append("\(path): no such number") }
  case .word(let words):
    if (value as? String).map({ !words.contains($0) }) ?? true {
      faults.append("\(path): none of \(words)")
    }
  case .texts:
    let texts = value as? [String: String]
    if texts?.isEmpty ?? true { faults.append("\(path): no texts") }
  case .list(let element, let least):
    guard let list = value as? [Any], list.count >= least else {
      faults.append("\(path): no list of \(least) or more")
      return
    }
    for (index, value) in list.enumerated() {
      check(value, element, at: "\(path)[\(index)]", &faults)
    }
  case .object(let name):
    guard let object = value as? [String: Any], let form = forms[name] else {
      faults.append("\(path): no \(name)")
      return
    }
    for key in form.required where object[key] == nil { faults.append("\(path): no \(key)") }
    if !form.anyOf.isEmpty, !form.anyOf.contains(where: { $0.isSubset(of: object.keys) }) {
      faults.append("\(path): none of \(form.anyOf)")
    }
    for (key, value) in object {
      guard let inner = form.properties[key] else {
        faults.append("\(path): unknown \(key)")
        continue
      }
      check(value, inner, at: "\(path).\(key)", &faults)
    }
  }
}

@Suite("SARIF 2.1.0")
struct SARIFTests {
  private func log(_ words: String...) throws -> [String: Any] {
    let output = run(words).output
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(value as? [String: Any])
  }

  private func written(_ text: String) throws -> (TemporaryFolder, String) {
    let folder = try TemporaryFolder()
    return (folder, try folder.write("a b/ü.tract", text))
  }

  private let doubtful = """
    policy acme "Acme" version "1"

    action deploy "Copy a build" { host: host note: text optional }

    let unused = ["a", "b", "a"]

    rule release "Releases are a person's" {
        on deploy
        ask when (host ends with "acme.example") because "This goes to {host}"
        deny when not note? not in ["é", "x"] because "No."
    }

    """

  @Test("a log of lint is as the specification asks, field by field")
  func lint() throws {
    let (folder, file) = try written(doubtful)
    defer { withExtendedLifetime(folder) {} }
    var faults: [String] = []
    check(
      try log("lint", file, "--format", "sarif"), .object("sarifLog"), at: "log", &faults)
    #expect(faults == [])
  }

  @Test("a log of check is as the specification asks, field by field")
  func checked() throws {
    let (folder, file) = try written(doubtful.replacing("ends with", with: "ens with"))
    defer { withExtendedLifetime(folder) {} }
    var faults: [String] = []
    let log = try log("check", file, "--format", "sarif")
    check(log, .object("sarifLog"), at: "log", &faults)
    #expect(faults == [])
    let results = (log["runs"] as? [[String: Any]])?.first?["results"] as? [Any]
    #expect(results?.isEmpty == false)
  }

  @Test("each result points at the rule of its id, and its region at the text in scalars")
  func references() throws {
    let (folder, file) = try written(doubtful)
    defer { withExtendedLifetime(folder) {} }
    let runs = try #require(try log("lint", file, "--format", "sarif")["runs"] as? [[String: Any]])
    let tool = try #require(runs[0]["tool"] as? [String: [String: Any]])
    let rules = try #require(tool["driver"]?["rules"] as? [[String: Any]])
    let results = try #require(runs[0]["results"] as? [[String: Any]])
    #expect(Set(rules.compactMap { $0["id"] as? String }).count == rules.count)
    #expect(results.count > 5)
    let lines = doubtful.split(separator: "\n", omittingEmptySubsequences: false)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      let locations = try #require(result["locations"] as? [[String: [String: Any]]])
      let region = try #require(locations[0]["physicalLocation"]?["region"] as? [String: Int])
      let end = try #require(region["endColumn"])
      let last = try #require(region["endLine"])
      #expect(end <= lines[last - 1].unicodeScalars.count + 1)
    }
  }
}
