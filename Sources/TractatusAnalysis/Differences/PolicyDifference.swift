import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusValues

/// What two versions of a policy decide otherwise: `grammar/semantics.md` §14.3.
package struct PolicyDifference: Sendable {
  /// What becomes of a decision.
  package enum Class: String, Sendable, CaseIterable {
    case loosened, tightened
  }

  /// An action that the versions decide otherwise, by what changed.
  package struct Change: Sendable {
    package var kind: Class
    /// The action type, qualified.
    package var type: String
    /// The rule, threshold, type or package whose part in it changed.
    package var rule: String
    /// The action, a native document.
    package var document: [UInt8]
    /// What happened in the session before; nil where there is no session.
    package var earlier: [[UInt8]]?
    package var old: Decision
    package var new: Decision

    /// What came before, as a sentence part and the action that ends it, if one does; nil without
    /// a session.
    package var story: (words: String, action: String?)? {
      guard let earlier else { return nil }
      guard let first = earlier.first else { return ("in a new session", nil) }
      return (
        earlier.count > 1 ? "after \(earlier.count) actions such as" : "after",
        String(decoding: first, as: UTF8.self)
      )
    }

    /// The action as text.
    package var action: String { String(decoding: document, as: UTF8.self) }
  }

  /// The declarations that differ.
  package internal(set) var declarations: [DeclarationChange] = []
  /// By class, type and rule, each once.
  package internal(set) var changes: [Change] = []
  /// Rules and others whose words changed and that give every action the verdict that they gave.
  package internal(set) var unchanged: [String] = []
  /// What was not decided, each a sentence part.
  package internal(set) var undecided: [String] = []

  /// How many changes are of a class.
  package func count(_ kind: Class) -> Int { changes.count { $0.kind == kind } }
}

/// One version of a policy, compiled.
package struct PolicyVersion: Sendable {
  let probed: ProbedPolicy
  let verdicts: VerdictModel
  let program: Program
  let files: [ParsedFile]

  /// A version; nil for one that does not compile, or is too large.
  package init?(_ compilation: CompilationResult) {
    guard compilation.program != nil else { return nil }
    probed = ProbedPolicy(compilation.checked)
    guard !probed.diagnostics.hasErrors,
      let program = Assembler.assemble(probed.lowered, sources: compilation.sources)
    else { return nil }
    verdicts = VerdictModel(probed)
    self.program = program
    files = compilation.files
  }

  var checked: CheckedPolicy { probed.lowered.checked }
}
