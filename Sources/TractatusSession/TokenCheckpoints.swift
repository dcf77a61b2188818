import TractatusJSON
import TractatusValues

/// What `token-checkpoints.json` holds: shares of the session's tokens at which the pressure is to
/// be checked.
package struct TokenCheckpoints: Sendable, Hashable {
  /// One share of the budget.
  package struct Checkpoint: Sendable, Hashable {
    /// 25 for a quarter.
    package var percentage: Decimal
    /// The tokens at which it is passed; this many have passed it.
    package var tokens: Int
    package var isCompleted = false
    /// When it was completed.
    package var timestamp: Instant?

    package init(percentage: Decimal, tokens: Int) {
      self.percentage = percentage
      self.tokens = tokens
    }
  }

  package var budget: Int
  /// Ascending by tokens.
  package var checkpoints: [Checkpoint]

  /// The checkpoints of a new session; nil where the policy has none.
  package init?(_ monitor: SessionMonitor) {
    guard let budget = monitor.tokenBudget, !monitor.checkpoints.isEmpty,
      (1...SessionLimits.count).contains(budget)
    else { return nil }
    self.budget = budget
    checkpoints = []
    for share in monitor.checkpoints.prefix(SessionLimits.checkpoints) {
      // INVARIANT: shares are 0 to 1 and budgets at most 10^15, so the product fits 128 bits; a
      // share of a token counts as one.
      let product = share.raw.multipliedReportingOverflow(by: Int128(budget))
      guard !product.overflow, share <= .one, let percentage = Decimal(raw: share.raw * 100) else {
        continue
      }
      let tokens = (product.partialValue + Decimal.scale - 1) / Decimal.scale
      checkpoints.append(
        Checkpoint(percentage: percentage, tokens: Int(truncatingIfNeeded: tokens)))
    }
  }

  /// The first checkpoint that is not passed with so many tokens; nil after the last.
  package func next(after tokens: Int) -> Checkpoint? {
    checkpoints.first { tokens < $0.tokens }
  }

  /// The first checkpoint that is passed and not completed.
  package func overdue(at tokens: Int) -> Checkpoint? {
    checkpoints.first { $0.tokens <= tokens && !$0.isCompleted }
  }

  /// A check of the pressure completes all checkpoints that are passed.
  package mutating func complete(passedAt tokens: Int, at time: Instant?) {
    for index in checkpoints.indices
    where checkpoints[index].tokens <= tokens && !checkpoints[index].isCompleted {
      checkpoints[index].isCompleted = true
      checkpoints[index].timestamp = time
    }
  }
}

extension TokenCheckpoints {
  private static let version = 1

  /// The file's object; `next_checkpoint` and `overdue` are those at so many tokens.
  package func json(at tokens: Int) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("version", Self.version)
    json.member("budget", budget)
    json.key("checkpoints")
    json.list(checkpoints) { json, checkpoint in
      json.beginObject()
      json.member("percentage", checkpoint.percentage)
      json.member("tokens", checkpoint.tokens)
      json.member("completed", checkpoint.isCompleted)
      json.member("timestamp", checkpoint.timestamp)
      json.endObject()
    }
    json.key("next_checkpoint")
    if let next = next(after: tokens) { json.number(next.percentage) } else { json.null() }
    json.member("overdue", overdue(at: tokens) != nil)
    json.endObject()
    return json.bytes
  }

  /// Reads what `json` gives, sealed or not.
  ///
  /// - Throws: `StateProblem`, `.damaged`, for anything else.
  init(_ tape: JSONTape, file: String) throws(StateProblem) {
    let root = try StrictObject(
      tape, .root,
      known: ["version", "budget", "checkpoints", "next_checkpoint", "overdue", "checksum"],
      name: "the checkpoints", file: file)
    let version = try root.count("version")
    guard version == Self.version else {
      throw root.damaged("version \(version) is not known to this program")
    }
    budget = try root.count("budget")
    checkpoints = []
    for node in try root.elements("checkpoints", limit: SessionLimits.checkpoints) {
      let object = try root.object(
        node, known: ["percentage", "tokens", "completed", "timestamp"], "a checkpoint")
      guard
        let percentage = try object.optionalDecimal(
          "percentage", from: .zero, to: Decimal(100))
      else { throw root.damaged("a checkpoint has no percentage") }
      var checkpoint = Checkpoint(percentage: percentage, tokens: try object.count("tokens"))
      guard let isCompleted = try object.optionalBool("completed") else {
        throw root.damaged("a checkpoint does not say whether it is completed")
      }
      checkpoint.isCompleted = isCompleted
      checkpoint.timestamp = try object.optionalTime("timestamp")
      if let last = checkpoints.last, checkpoint.tokens < last.tokens {
        throw root.damaged("the checkpoints do not ascend")
      }
      checkpoints.append(checkpoint)
    }
  }
}
