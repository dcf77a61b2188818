import Foundation
import Testing
import TractatusValues

@testable import TractatusSession

/// Courses of sessions as data, for other implementers, too: steps, and what holds then.
///
/// The monitor is that of the packs: components stale after 20 messages or 30,000 tokens,
/// checkpoints at 25, 50 and 75 % of 200,000 tokens, a report every 20 messages or 40,000 tokens.
@Suite("courses of sessions")
struct SessionCourseTests {
  private struct Course: Decodable, CustomStringConvertible {
    var title: String
    var steps: [Step]
    var description: String { title }
  }

  private struct Step: Decodable {
    var use: String?
    var messages: Int?
    var tokens: Int?
    var errors: Int?
    var compactions: Int?
    var pressure: Double?
    var status: Bool?
    var doubt: String?
    var expect: [String: Value]?
  }

  private enum Value: Decodable, Equatable {
    case none
    case bool(Bool)
    case number(Int)
    case text(String)
    case list([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .none
      } else if let bool = try? container.decode(Bool.self) {
        self = .bool(bool)
      } else if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .list(try container.decode([String].self))
      }
    }
  }

  private static let courses: [Course] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Conformance/session/courses.json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([Course].self, from: data)) ?? []
  }()

  @Test("there are courses")
  func thereAreCourses() { #expect(Self.courses.count >= 9) }

  @Test("each session goes as its course says", arguments: SessionCourseTests.courses.indices)
  func goes(index: Int) throws {
    let course = Self.courses[index]
    var state = SessionState(sessionID: "s", startedAt: nil, monitor: monitor)
    var checkpoints = try #require(TokenCheckpoints(monitor))
    for (number, step) in course.steps.enumerated() {
      apply(step, to: &state, &checkpoints)
      for (name, expected) in step.expect ?? [:] {
        let found = found(name, state, checkpoints)
        #expect(found == expected, "\(course.title), step \(number + 1): \(name)")
      }
    }
  }

  private func apply(
    _ step: Step, to state: inout SessionState, _ checkpoints: inout TokenCheckpoints
  ) {
    for _ in 0..<(step.messages ?? 0) { state.recordMessage(at: nil) }
    if let tokens = step.tokens { state.recordTokens(adding: tokens, at: nil) }
    for _ in 0..<(step.errors ?? 0) { state.recordError(at: nil) }
    for _ in 0..<(step.compactions ?? 0) { state.recordCompaction(at: nil) }
    if let component = step.use { state.recordUse(of: component, at: nil) }
    if let pressure = step.pressure {
      let raw = Int128((pressure * 100).rounded()) * Decimal.scale / 100
      state.recordPressure(score: Decimal(raw: raw) ?? .one, level: "measured", at: nil)
      checkpoints.complete(passedAt: state.tokenEstimate, at: nil)
    }
    if step.status == true { state.recordStatus(at: nil) }
    if let reason = step.doubt { state.recordDoubt(reason, at: nil) }
  }

  private func found(
    _ name: String, _ state: SessionState, _ checkpoints: TokenCheckpoints
  ) -> Value {
    let reading = SessionReading(state: .sound(state), checkpoints: .sound(checkpoints))
    let watch = SessionAssessment(reading, history: .sound([]), monitor: monitor, for: .watch)
    func number(_ checkpoint: TokenCheckpoints.Checkpoint?) -> Value {
      (checkpoint?.percentage.integer).map { .number($0) } ?? .none
    }
    func severities(_ assessment: SessionAssessment) -> Value {
      .list(assessment.issues.map(\.severity.rawValue))
    }
    switch name {
    case "stale":
      return .list(
        watch.components.filter { if case .stale = $0.condition { true } else { false } }
          .map(\.name))
    case "never": return .list(watch.components.filter { $0.condition == .neverUsed }.map(\.name))
    case "watch": return severities(watch)
    case "recovery":
      return severities(
        SessionAssessment(reading, history: .sound([]), monitor: monitor, for: .recovery))
    case "overdue": return number(checkpoints.overdue(at: state.tokenEstimate))
    case "next": return number(checkpoints.next(after: state.tokenEstimate))
    case "recent_errors": return .number(state.recentErrorCount)
    case "compactions": return .number(state.compactionCount)
    case "messages": return .number(state.messageCount)
    case "tokens": return .number(state.tokenEstimate)
    case "status_due": return .bool(state.isStatusDue(every: monitor.report))
    case "trend": return state.pressureTrend.map { .text($0.rawValue) } ?? .none
    case "certain": return .bool(reading.certainState != nil)
    default: return .text("no figure is called so")
    }
  }
}
