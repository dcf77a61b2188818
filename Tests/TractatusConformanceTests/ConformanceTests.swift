import Foundation
import Testing
import TractatusEngine

@testable import TractatusConformanceSupport

/// The cases that other implementations can be held against, too.
@Suite("Conformance cases")
struct ConformanceTests {
  private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  @Test("there are cases, each with something to decide")
  func thereAreCases() {
    #expect(ConformanceCase.all.count >= 50)
    for item in ConformanceCase.all {
      #expect(item.errors != nil || !item.actions.isEmpty, "\(item.name)")
    }
  }

  @Test("both evaluators decide as the case says", arguments: ConformanceCase.all.indices)
  func decides(index: Int) throws {
    var item = ConformanceCase.all[index]
    let subject = Subject(item.files)
    if let errors = item.errors {
      #expect(subject.errors == errors, "\(item.name)")
      item.errors = subject.errors
    } else {
      #expect(subject.errors == [], "\(item.name): \(subject.result.diagnostics.map(\.message))")
    }
    var session = item.isSession ? CaseSession(subject) : nil
    for place in item.actions.indices where subject.errors.isEmpty {
      let action = item.actions[place]
      if action.isReport {
        session?.confirm()
        continue
      }
      let naive = session?.naive(action.document) ?? subject.naive.decide(action.document)
      check(naive, action, "naive, \(item.name): \(action.title)")
      let decision = session?.table(action.document) ?? subject.tableDecision(action.document)
      if let decision { check(decision, action, "table, \(item.name): \(action.title)") }
      item.actions[place].expected = naive.json.pretty()
    }
    guard Self.isUpdating, item.text != ConformanceCase.all[index].text else { return }
    try item.text.write(toFile: item.path, atomically: true, encoding: .utf8)
    Issue.record("rewrote \(item.name): read it before you commit it")
  }

  private func check(_ decision: Decision, _ action: ConformanceCase.Action, _ name: String) {
    let word = decision.error == nil ? decision.verdict.word : "error"
    #expect(word == action.verdict, "\(name)")
    let expected = (try? JSONText(reading: action.expected))?.written ?? ""
    #expect(decision.json.written == expected, "\(name)")
  }
}
