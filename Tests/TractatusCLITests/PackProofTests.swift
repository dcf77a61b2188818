import Testing

/// What the shipped packs claim of all actions.
@Suite("proofs of the shipped packs")
struct PackProofTests {
  @Test("each claim of a pack is proved, within the steps that a claim may take")
  func proved() {
    let packs = ["git", "secrets", "self_protection", "shell"]
    let claims = ["stay unread", "others have is not", "that govern it", "cannot be read"]
    let result = run(
      ["test"] + claims.flatMap { ["--filter", $0] }
        + packs.map { "\(repository)/rules/tractatus/\($0).tract" })
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.hasSuffix("4 passed\n"), "\(result.output)")
  }
}
