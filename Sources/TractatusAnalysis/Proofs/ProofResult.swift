import TractatusSemantics
import TractatusSource
import TractatusValues

/// What became of a proof.
package struct ProofResult: Sendable {
  /// The title.
  package var name: String
  /// The package whose file wrote it.
  package var package: String
  package var span: SourceSpan
  /// By claim, in the order of the file.
  package var claims: [ClaimResult]

  /// Whether the title or the package holds one of some texts.
  package func fits(_ filters: [String]) -> Bool {
    filters.contains { name.contains($0) || package.contains($0) }
  }

  /// Whether every claim is proved.
  package var isProved: Bool {
    claims.allSatisfy { if case .proved = $0.outcome { true } else { false } }
  }
}

/// What became of a claim.
package struct ClaimResult: Sendable {
  /// The answers, each worse than the one before it.
  package enum Outcome: Sendable {
    /// No action contradicts it.
    case proved
    /// Too large, for this reason.
    case notDecided(String)
    /// Nothing excludes an action that contradicts it, and none was found: that depends on these
    /// tests, which are free. An action for which they were tried, if there is one.
    case possible([String], action: String?)
    /// The evaluator gives this action another verdict.
    case refuted(Witness)
  }

  package var claim: ProofClaim
  package var outcome: Outcome

  /// The claim as it is written.
  package var text: String { claim.text }
}

extension ClaimResult.Outcome {
  /// How bad it is, from 0.
  private var rank: Int {
    switch self {
    case .proved: 0
    case .notDecided: 1
    case .possible: 2
    case .refuted: 3
    }
  }

  /// The worse of two outcomes.
  func worse(_ other: ClaimResult.Outcome) -> ClaimResult.Outcome {
    other.rank > rank ? other : self
  }

  /// Whether there is nothing worse.
  var isRefuted: Bool { if case .refuted = self { true } else { false } }
}
