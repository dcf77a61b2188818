import TractatusValues

/// What the loaded policy's monitors say, as a session needs it.
package struct SessionMonitor: Sendable, Hashable {
  /// After how much a component's last use is stale; nil where the policy names no such figure.
  package struct Limits: Sendable, Hashable {
    package var messages: Int?
    package var tokens: Int?

    package init(messages: Int? = nil, tokens: Int? = nil) {
      self.messages = messages
      self.tokens = tokens
    }

    /// The stricter of both, figure by figure.
    package func stricter(_ other: Limits) -> Limits {
      func least(_ left: Int?, _ right: Int?) -> Int? {
        guard let left, let right else { return left ?? right }
        return min(left, right)
      }
      return Limits(
        messages: least(messages, other.messages), tokens: least(tokens, other.tokens))
    }
  }

  /// A component whose use is tracked.
  package struct Component: Sendable, Hashable {
    package var name: String
    package var limits: Limits

    package init(name: String, limits: Limits) {
      self.name = name
      self.limits = limits
    }
  }

  /// Ascending by name.
  package var components: [Component]
  /// Checkpoints as shares of the budget, ascending, such as 0.25.
  package var checkpoints: [Decimal]
  /// The tokens that a session has; nil where the policy names none.
  package var tokenBudget: Int?
  /// How often the status is due.
  package var report: Limits

  package init(
    components: [Component] = [], checkpoints: [Decimal] = [], tokenBudget: Int? = nil,
    report: Limits = Limits()
  ) {
    self.components = components
    self.checkpoints = checkpoints
    self.tokenBudget = tokenBudget
    self.report = report
  }

  /// The strictest limits of any component: what a session's own file says of staleness.
  package var staleness: Limits {
    components.reduce(Limits()) { $0.stricter($1.limits) }
  }
}
