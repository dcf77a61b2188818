import TractatusPatterns

/// What reads commands and paths for an evaluator: memory alone, and the evaluator's own.
///
/// PERF: a class because the compiler goes through every field within fields of a value that
/// cannot be copied, for each use of it: with these in the evaluator its files took minutes.
final class EvaluatorWorkspace {
  var commandReader = CommandReader()
  /// The command that options are extracted from.
  var optionMemory = CommandMemory(queryCount: 0)
  var placeTools = PlaceTools()
}
