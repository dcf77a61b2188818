import TractatusEngine

/// Loads and compiles policies for the commands.
enum PolicyLoader {
  /// The program of the rules that the values of `--rules` name; what is wrong with them goes to
  /// the console's errors.
  static func program(
    _ rules: [String], style: Style, _ console: Console
  ) throws(PolicyFailure) -> Program {
    throw PolicyFailure(reason: "x")
  }
}
