import TractatusAnalysis
import TractatusJSON
import TractatusSource

/// What `check` and `test` say of proofs.
enum ProofReport {
  /// A diagnostic for each claim that is not proved, in the order of proofs and claims.
  static func diagnostics(_ results: [ProofResult]) -> [Diagnostic] {
    results.flatMap { proof in
      proof.claims.compactMap { diagnostic($0, of: proof) }
    }
  }

  private static func diagnostic(_ claim: ClaimResult, of proof: ProofResult) -> Diagnostic? {
    let span = claim.claim.span
    switch claim.outcome {
    case .proved: return nil
    case .refuted(let witness):
      return Diagnostic(
        .claimRefuted,
        "an action contradicts the claim: its verdict is `\(witness.decision.verdict.word)`",
        at: span,
        notes: ["action: \(witness.text)", "because: \(witness.decision.reason)"])
    case .possible(let tests, let action):
      var notes = tests.map { "That depends on `\($0)`." }
      if let action { notes.append("This action was tried, and keeps to the claim: \(action)") }
      return Diagnostic(
        .claimPossiblyWrong,
        "the claim is not proved: no action was found that contradicts it, and none is excluded",
        at: span, notes: notes)
    case .notDecided(let reason):
      return Diagnostic(.claimNotDecided, "the claim is not decided: \(reason)", at: span)
    }
  }

  /// What a proof came to, in one word.
  static func word(_ proof: ProofResult) -> String {
    var worst = "proved"
    for claim in proof.claims {
      switch claim.outcome {
      case .proved: continue
      case .refuted: return "refuted"
      case .possible: worst = "possible"
      case .notDecided: if worst == "proved" { worst = "not_decided" }
      }
    }
    return worst
  }

  /// The proofs that fail, as text, each with what is wrong.
  static func failures(
    _ results: [ProofResult], places: inout DiagnosticPlaces, style: Style
  ) -> String {
    var text = ""
    for proof in results where !proof.isProved {
      let place = places.text(of: proof.span)
      let name = SourceLineExcerpt.visible(proof.name)
      text += "\(style.paint("FAIL", .bad))  \(place): prove \(name)\n"
      for claim in proof.claims {
        guard let diagnostic = diagnostic(claim, of: proof) else { continue }
        text += "      \(SourceLineExcerpt.visible(claim.text))\n"
        text += "      \(SourceLineExcerpt.visible(diagnostic.message))\n"
        for note in diagnostic.notes { text += "        \(SourceLineExcerpt.visible(note))\n" }
      }
    }
    return text
  }

  /// Writes a proof as an object among the results of tests.
  static func write(
    _ proof: ProofResult, at place: String, to json: inout JSONWriter
  ) {
    json.beginObject()
    for (key, text) in [
      ("kind", "prove"), ("name", proof.name), ("package", proof.package), ("at", place),
      ("outcome", word(proof)),
    ] {
      json.key(key)
      json.string(text)
    }
    json.key("passed")
    json.bool(proof.isProved)
    if !proof.isProved {
      json.key("claims")
      json.beginArray()
      for claim in proof.claims { write(claim, of: proof, to: &json) }
      json.endArray()
    }
    json.endObject()
  }

  private static func write(
    _ claim: ClaimResult, of proof: ProofResult, to json: inout JSONWriter
  ) {
    json.beginObject()
    json.key("claim")
    json.string(claim.text)
    json.key("outcome")
    switch claim.outcome {
    case .proved: json.string("proved")
    case .notDecided(let reason):
      json.string("not_decided")
      json.key("reason")
      json.string(reason)
    case .possible(let tests, _):
      json.string("possible")
      json.key("free")
      json.beginArray()
      for test in tests { json.string(test) }
      json.endArray()
    case .refuted(let witness):
      json.string("refuted")
      json.key("action")
      json.raw(witness.document.span)
      json.key("verdict")
      json.string(witness.decision.verdict.word)
      json.key("reason")
      json.string(witness.decision.reason)
    }
    json.endObject()
  }
}
