import TractatusEngine

@testable import TractatusConformanceSupport

/// A policy and an action on which something does not hold, made as small as it will go.
struct Mismatch {
  private var files: [GeneratedPolicy.File]
  private var action: JSONText
  private let seed: UInt64
  private let holds: ([(name: String, text: String)], JSONText) -> Bool

  /// Shrinks what was found; `holds` is false for it, and true for what does not compile.
  init(
    _ policy: GeneratedPolicy, _ action: JSONText, seed: UInt64,
    holds: @escaping ([(name: String, text: String)], JSONText) -> Bool
  ) {
    files = policy.files
    self.action = action
    self.seed = seed
    self.holds = holds
    shrink()
  }

  /// The seed, the policy and the action.
  var description: String {
    let policy = files.map { "-- \($0.name) --\n\($0.tree.text)" }.joined()
    return "seed \(seed)\n\(policy)\n-- action --\n\(action.written)\n"
  }

  /// What is said of the shrunk policy and action.
  func judged(_ judge: ([(name: String, text: String)], JSONText) -> String) -> String {
    judge(sources, action)
  }

  private var sources: [(name: String, text: String)] { files.map { ($0.name, $0.tree.text) } }

  private mutating func shrink() {
    var triesLeft = LawSettings.tries
    var goesOn = true
    while goesOn, triesLeft > 0 {
      goesOn = false
      for index in files.indices {
        // What was tried before a success need not be tried again at once.
        var next = 0
        var candidates = files[index].tree.smaller
        while next < candidates.count, triesLeft > 0 {
          triesLeft -= 1
          let kept = files[index].tree
          files[index].tree = candidates[next]
          if holds(sources, action) {
            files[index].tree = kept
            next += 1
          } else {
            goesOn = true
            candidates = files[index].tree.smaller
          }
        }
      }
      var next = 0
      var candidates = action.smaller
      while next < candidates.count, triesLeft > 0 {
        triesLeft -= 1
        if holds(sources, candidates[next]) {
          next += 1
        } else {
          action = candidates[next]
          goesOn = true
          candidates = action.smaller
        }
      }
    }
  }
}

extension JSONText {
  /// Every document that lacks one member or element of this one.
  fileprivate var smaller: [JSONText] {
    switch self {
    case .string(let text):
      // A command line without one of its words.
      let words = text.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count > 1 else { return [] }
      let half = words.count / 2
      let halves = words.count > 8 ? [words[..<half], words[half...]] : []
      let rest = words.indices.map { words[..<$0] + words[($0 + 1)...] }
      return (halves + rest).map { .string(Array($0.joined(separator: [" "]))) }
    case .array(let elements):
      let half =
        elements.count > 8 ? [JSONText.array(Array(elements.prefix(elements.count / 2)))] : []
      guard elements.count < 64 else { return half }
      return half
        + elements.indices.map { index in
          var rest = elements
          rest.remove(at: index)
          return .array(rest)
        }
    case .object(let members):
      var found: [JSONText] = []
      for index in members.indices {
        var rest = members
        rest.remove(at: index)
        found.append(.object(rest))
      }
      for index in members.indices {
        for smaller in members[index].value.smaller {
          var members = members
          members[index].value = smaller
          found.append(.object(members))
        }
      }
      return found
    default: return []
    }
  }
}
