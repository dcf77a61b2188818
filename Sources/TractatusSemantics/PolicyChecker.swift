import TractatusSource

/// What checking gave: all that could be checked, and what is wrong.
package struct CheckResult: Sendable {
  /// The checked policy; where `diagnostics` has errors it lacks what they speak of, and is not
  /// to be compiled.
  package var policy: CheckedPolicy
  /// What the checker has to say, in the order in which it is shown; those of the parser are in
  /// the trees.
  package var diagnostics: [Diagnostic]

  /// Whether something does not compile.
  package var hasErrors: Bool { diagnostics.hasErrors }
}

/// How much of a policy is checked.
package enum CheckExtent: Sendable {
  /// Every declaration.
  case everything
  /// All that can change a decision: the contents of `test`, `prove` and `example`, which
  /// parse but decide nothing, are left out of the policy, and so are `reading`, and `classify`
  /// where no verdict rests on what it infers.
  case decisions
  /// What classifies and reads instructions, and little more: no rules and no programs.
  case instructions
}

/// Checks the syntax trees of all files of a policy as one.
package enum PolicyChecker {
  /// Resolves and checks every declaration of `files`.
  ///
  /// Never fails and never stops at the first mistake. Neither the order of the files nor that of
  /// the declarations in them shows in the policy. Linear in the size of the files, but for the
  /// sizes of named conditions, which are written out where they are used.
  ///
  /// - Parameter memory: what earlier checks of nearly the same files left; it changes nothing but
  ///   the time.
  package static func check(
    _ files: [ParsedFile], extent: CheckExtent = .everything, memory: CheckMemory? = nil
  ) -> CheckResult {
    let checker = Checker(files, extent: extent)
    checker.loadPackages()
    checker.declareSymbols()
    checker.checkUses()
    checker.resolveTypes()
    checker.declareFacts()
    checker.declareMonitors()
    checker.declareThresholds()
    checker.declareActions()
    if extent == .instructions {
      checker.checkLets()
      checker.checkClassifications()
      checker.checkReadings(trying: false)
      return checker.finish()
    }
    if let memory { checker.checkPrograms(memory) } else { checker.checkPrograms() }
    checker.checkLets()
    if extent == .everything { checker.checkClassifications() }
    checker.checkActionBodies()
    checker.checkThresholds()
    if let memory { checker.checkRules(memory) } else { checker.checkRules() }
    checker.checkWaivers()
    if extent == .everything {
      checker.checkTests()
      checker.checkProofs()
      checker.checkReadings(trying: true)
    }
    checker.checkExpectations()
    return checker.finish()
  }
}
