import TractatusSource
import TractatusSyntax

/// What the truth of a condition does to a decision.
enum Polarity {
  /// It makes it more severe: a guard of a restricting clause.
  case restricts
  /// It makes it less severe: an `allow`, an exception, a waiver.
  case loosens
}

extension LintFile {
  /// What the truth of a node inside a condition does; nil outside of clauses, waivers and `on`,
  /// and for what is required or expected.
  func polarity(of node: NodeID) -> Polarity? {
    var isNegated = false
    var current = node
    while let parent = tree.parent(of: current) {
      switch tree.kind(of: parent) {
      case .notCondition: isNegated.toggle()
      case .attributeCondition:
        if AttributeConditionView(tree, parent)?.isNegated == true { isNegated.toggle() }
      // More earlier actions may make a count true or false.
      case .countCondition where CountConditionView(tree, parent)?.previously != nil: return nil
      case .countCondition:
        if CountConditionView(tree, parent)?.isNegated == true { isNegated.toggle() }
      case .whenGuard, .unlessGuard:
        if tree.kind(of: parent) == .unlessGuard { isNegated.toggle() }
        guard let owner = tree.parent(of: parent), var polarity = polarity(ofGuardIn: owner) else {
          return nil
        }
        if isNegated { polarity = polarity == .restricts ? .loosens : .restricts }
        return polarity
      default: break
      }
      current = parent
    }
    return nil
  }

  private func polarity(ofGuardIn owner: NodeID) -> Polarity? {
    switch tree.kind(of: owner) {
    case .effect: return EffectView(tree, owner)?.isAllow == true ? .loosens : .restricts
    case .expect: return .restricts
    case .waiveDeclaration: return .loosens
    case .on:
      guard let rule = tree.parent(of: owner).flatMap({ RuleView(tree, $0) }) else {
        return .restricts
      }
      let isAllowing = !rule.effects.isEmpty && rule.effects.allSatisfy(\.isAllow)
      return isAllowing ? .loosens : .restricts
    default: return nil
    }
  }

  /// Whether another node that fits stands beside a node under `and`, in its guard or around it, or
  /// in the `on` of its rule.
  func hasCompanion(_ node: NodeID, where fits: (NodeID) -> Bool) -> Bool {
    var current = node
    while let parent = tree.parent(of: current) {
      if tree.kind(of: parent) == .condition,
        ConditionView(tree, parent)?.connective == .and
      {
        for sibling in tree.children(of: parent) where sibling != current {
          if contains(sibling, where: fits) { return true }
        }
      }
      if tree.kind(of: parent) == .ruleDeclaration {
        return RuleView(tree, parent)?.on.map { contains($0.id, where: fits) } ?? false
      }
      current = parent
    }
    return false
  }

  /// Whether a node, or one inside it, fits.
  func contains(_ node: NodeID, where fits: (NodeID) -> Bool) -> Bool {
    if fits(node) { return true }
    return tree.children(of: node).contains { contains($0, where: fits) }
  }
}
