import TractatusSource
import TractatusValues

/// `prove "…" { never allow … }`: what the whole policy must decide of all actions of some kind.
///
/// It is decided when a policy is checked, is part of no program and changes no decision.
package struct PolicyProof: Sendable {
  /// The package whose file wrote it.
  package var package: PackageID
  /// The title.
  package var name: String
  /// At least one, in the order of the file.
  package var claims: [ProofClaim]
  package var span: SourceSpan
  package init(package: PackageID, name: String, claims: [ProofClaim], span: SourceSpan) {
    self.package = package
    self.name = name
    self.claims = claims
    self.span = span
  }
}

/// `never allow types when … unless …`, or with `always`.
package struct ProofClaim: Sendable {
  /// Whether it says what never is the verdict; else what always is.
  package var isNever: Bool
  package var verdict: Verdict
  package var on: AppliesTo
  /// `when A unless B`, as `A and not B`: the claim is about actions for which it is not false.
  package var condition: Condition
  /// The claim's tokens with one space between.
  package var text: String
  package var span: SourceSpan
  package init(
    isNever: Bool, verdict: Verdict, on: AppliesTo, condition: Condition, text: String,
    span: SourceSpan
  ) {
    self.isNever = isNever
    self.verdict = verdict
    self.on = on
    self.condition = condition
    self.text = text
    self.span = span
  }

  /// Whether an action that the claim is about may have a verdict.
  ///
  /// `never allow` excludes `allow` and `warn`, other `never` the verdict itself; `always` excludes
  /// what is milder, and `always allow` everything else.
  package func permits(_ actual: Verdict) -> Bool {
    switch (isNever, verdict) {
    case (true, .allow): actual >= .ask
    case (true, _): actual != verdict
    case (false, .allow): actual == .allow
    case (false, _): actual >= verdict
    }
  }
}
