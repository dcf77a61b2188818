import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

extension LintRule {
  /// `unwritten-metadata`.
  static let unwrittenMetadata = LintRule(
    401, "unwritten-metadata", .warning,
    "An instruction whose verdict rests on metadata that is not written down.",
    why: """
      What `expect` does when it conflicts follows from `persistence`, `verification` and `explicitness`. Left out, they \
      are inferred from the title by the package's `classify`, so that another title or word list changes the verdict, \
      and the strictest stands where nothing infers them: an instruction of `persistence: medium` denies, because its \
      verification counts as `mandatory`.
      """,
    avoid: """
      instruction inst_1 "Databases listen on 27027" {
          persistence: medium
          on deploy
          expect port == 27027 because "The port is 27027."
      }
      """,
    prefer: """
      instruction inst_1 "Databases listen on 27027" {
          persistence: medium
          verification: required
          on deploy
          expect port == 27027 because "The port is 27027."
      }
      """,
    fix: .safe, fixSummary: "Writes down what is inferred."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for view in file.views(.ruleDeclaration, RuleView.self) where view.head == .instruction {
        guard tree.firstChild(of: view.id, kind: .expect) != nil, file.isWhole(view.id) else {
          continue
        }
        let persistence = value("persistence", view)
        let verification = value("verification", view)
        let isDecided =
          persistence == "high" || persistence == "critical" || verification == "mandatory"
        let inferred = run.policyRules.index(of: view).flatMap { run.policy.rules[$0].inferred }
        var missing: [String] = []
        if !isDecided {
          if persistence == nil { missing.append(written("persistence", inferred, "high")) }
          if verification == nil { missing.append(written("verification", inferred, "mandatory")) }
          // Said less than half explicitly it asks at least.
          if case .number(let share)? = inferred?["explicitness"], share < half {
            missing.append(written("explicitness", inferred, "1"))
          }
        }
        if missing.isEmpty { continue }
        guard let name = view.name, let brace = tree.firstBrace(of: view.id) else { continue }
        let place = tree.span(of: brace)
        let insertion = SourceSpan(source: place.source, start: place.end, end: place.end)
        run.report(
          "the verdict of this instruction rests on what is inferred: "
            + missing.map { "`\($0)`" }.joined(separator: ", "),
          at: tree.span(of: name),
          fix: FixIt(
            "write it down", replacing: insertion,
            with: missing.map { "\n    \($0)" }.joined()))
      }
    }
  }

  private static let half = Decimal(raw: Decimal.scale / 2) ?? .zero

  /// A key with what is inferred for it, else with what counts then.
  private static func written(
    _ name: String, _ inferred: InferredMetadata?, _ otherwise: String
  ) -> String {
    "\(name): \(inferred?[name].map { RuleText.plain($0) } ?? otherwise)"
  }

  private static func value(_ name: String, _ rule: RuleView) -> String? {
    let entry = rule.metadata.first { view in
      view.name.map { view.tree.name(of: $0) == name } ?? false
    }
    return entry?.value.map { rule.tree.normalisedText(of: $0.id) }
  }
}

extension SyntaxTree {
  /// The `{` that opens a declaration's body.
  func firstBrace(of node: NodeID) -> TokenID? {
    tokens(of: node).first { self[$0].kind == .leftBrace }
  }
}
