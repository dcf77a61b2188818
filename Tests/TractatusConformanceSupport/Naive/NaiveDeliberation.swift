import TractatusEngine
import TractatusSemantics
import TractatusValues

/// The plan of a boundary's deliberation as reports carry it.
enum NaiveDeliberation {
  static func plan(of rule: PolicyRule, _ deliberation: Deliberation) -> DeliberationPlan {
    func text(_ name: String) -> String? {
      switch rule.metadata.first(where: { $0.name == name })?.value {
      case .text(let text): text
      case .enumeration(let word): word
      default: nil
      }
    }
    return DeliberationPlan(
      boundary: rule.name.text, section: text("section"), domain: text("domain"), plan: [])
  }
}
