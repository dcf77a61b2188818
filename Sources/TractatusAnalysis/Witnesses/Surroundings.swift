import TractatusCompiler
import TractatusValues

/// What surrounds an action of which nothing else is asked: a project, and a session that has just
/// begun. Left out, it would make tests unknown that nobody asks about, and these would ask.
struct Surroundings {
  /// Sets of members that are tried one after the other, each the plainest that is left.
  private var choices: [[(path: [String], value: ActionTree)]] = []

  /// The surroundings for the policy of a model, beside what an assignment says of them.
  init(_ model: AnalysisModel, _ assignment: Assignment) {
    var pinned: Set<LoweredAttribute.Source> = []
    for attribute in assignment.states.keys {
      pinned.insert(model.policy.attributes[attribute].source)
    }
    func free(
      _ members: [(LoweredAttribute.Source, [String], ActionTree)]
    ) -> [(path: [String], value: ActionTree)] {
      members.filter { !pinned.contains($0.0) }.map { (path: $0.1, value: $0.2) }
    }
    let project = free([
      (.project, ["project"], .text(WitnessBuilder.project)),
      (.cwd, ["cwd"], .text(WitnessBuilder.project)),
    ])
    let session = free(Self.session(model))
    let isAboutPlaces = assignment.dependsOnFree.contains { Self.isOfPlaces(model, $0) }
    choices = [project, project + session, session, []]
    if !isAboutPlaces || !model.policy.mayReadPlaces {
      choices.removeLast()
      choices.insert([], at: 0)
    }
  }

  /// A document with each of the surroundings, those that a document has left alone.
  func variants(of tree: ActionTree) -> [ActionTree] {
    choices.map { members in
      var tree = tree
      for member in members where tree.value(at: member.path) == nil {
        tree.set(member.value, at: member.path)
      }
      return tree
    }
  }

  private static func isOfPlaces(_ model: AnalysisModel, _ test: Int) -> Bool {
    switch model.policy.tests[test] {
    case .forms, .place, .command, .quantified: true
    case .exact, .relation, .recent, .history, .composite: false
    }
  }

  /// The figures of a session that has just begun, and the components, used just now.
  private static func session(
    _ model: AnalysisModel
  ) -> [(LoweredAttribute.Source, [String], ActionTree)] {
    var members: [(LoweredAttribute.Source, [String], ActionTree)] = []
    for attribute in model.policy.attributes {
      switch attribute.source {
      case .session(let name):
        members.append((attribute.source, ["session", name], figure(name)))
      case .component(let name):
        members.append((attribute.source, ["components", name, "message"], figure("messages")))
        members.append((attribute.source, ["components", name, "tokens"], figure("tokens")))
        members.append(
          (attribute.source, ["components", name, "timestamp"], .text(WitnessBuilder.time)))
      default: continue
      }
    }
    if members.isEmpty, model.policy.histories.isEmpty { return [] }
    for name in ["messages", "tokens"] {
      members.append((.session(name), ["session", name], figure(name)))
    }
    return members + [(.at, ["at"], .text(WitnessBuilder.time))]
  }

  /// The time and the figures by which an action lies in a window.
  static let now: [([String], ActionTree)] = [
    (["at"], .text(WitnessBuilder.time)),
    (["session", "messages"], figure("messages")),
    (["session", "tokens"], figure("tokens")),
  ]

  private static func figure(_ name: String) -> ActionTree {
    switch name {
    case "token_budget": .number(Decimal(200_000))
    case "tokens": .number(Decimal(1_000))
    case "messages", "tasks": .number(Decimal(1))
    default: .number(.zero)
    }
  }
}
