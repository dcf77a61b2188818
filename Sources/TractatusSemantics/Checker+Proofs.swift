import TractatusSource
import TractatusSyntax

extension Checker {
  /// Checks every `prove`.
  func checkProofs() {
    var found: [(proof: PolicyProof, text: String)] = []
    for (package, view) in proofs {
      let claims = view.claims.compactMap { claim($0, package: package) }
      guard !claims.isEmpty else { continue }
      let proof = PolicyProof(
        package: PackageID(package), name: view.title.map { view.tree.string(of: $0) } ?? "",
        claims: claims, span: view.span)
      found.append((proof, view.tree.normalisedText(of: view.id)))
    }
    found.sort { left, right in
      (left.proof.package.index, left.text, left.proof.span)
        < (right.proof.package.index, right.text, right.proof.span)
    }
    policy.proofs = found.map(\.proof)
  }

  private func claim(_ view: ClaimView, package: Int) -> ProofClaim? {
    let tree = view.tree
    guard let (types, appliesTo) = appliesTo(view.types, from: package) else { return nil }
    let scope = scope(package: package, types: types)
    // A claim counts for nothing, so that it may speak of what is in the shadow.
    let checked = guards(view.whenGuard, view.unlessGuard, scope, isShadow: true)
    guard let token = view.verdict, let verdict = verdict(token, tree), !checked.isBroken else {
      return nil
    }
    return ProofClaim(
      isNever: view.isNever, verdict: verdict, on: appliesTo,
      condition: checked.condition.oriented(loosens: false),
      text: tree.normalisedText(of: view.id), span: view.span)
  }
}
