import TractatusEngine
import TractatusSource

/// Packs a lowered policy into a program.
package enum Assembler {
  /// The program of a lowered policy; places of clauses come from `sources`.
  package static func assemble(_ lowered: LoweredPolicy, sources: SourceSet) -> Program? { nil }
}
