import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSession
import TractatusValues

/// The loaded policy as a session needs it: its program, and what its monitors say.
struct SessionPolicy {
  let program: Program
  let checked: CheckedPolicy
  let monitor: SessionMonitor

  /// Compiles the rules that the command line names.
  ///
  /// - Throws: why there is no policy.
  init(_ request: SessionRequest) throws(PolicyFailure) {
    try self.init(
      request.arguments.values("rules"), store: request.store, style: request.style,
      request.console)
  }

  /// Compiles the rules that the values of `--rules` name, and the instructions that are stored.
  ///
  /// A history that cannot be read is left out, so that what mends it can still be run; whoever
  /// judges by this asks for the history as well.
  /// - Throws: why there is no policy; a program image is none, for it holds no monitors.
  init(
    _ rules: [String], store: SessionStore, style: Style, _ console: Console
  ) throws(PolicyFailure) {
    if let image = rules.first(where: { $0.hasSuffix(PolicySource.imageSuffix) }) {
      throw PolicyFailure(
        reason: "the program image `\(image)` holds no monitors: name the rule files")
    }
    let instructions = InstructionFile(store.readInstructions().value ?? [], in: store.folder)
    let policy = try PolicySource.checkedPolicy(
      rules, instructions: instructions.map { .read($0) }, style: style, console)
    program = policy.program
    checked = policy.checked
    monitor = Self.monitor(of: checked)
  }

  /// What all loaded monitors say together: every component and checkpoint, the least budget and
  /// the shortest rhythm.
  static func monitor(of policy: CheckedPolicy) -> SessionMonitor {
    var monitor = SessionMonitor()
    monitor.components = policy.components.map { component in
      SessionMonitor.Component(name: component.name, limits: limits(component.stale))
    }
    var shares: [Decimal] = []
    for package in policy.monitors {
      for share in package.checkpoints where !shares.contains(share) { shares.append(share) }
      monitor.report = monitor.report.stricter(limits(package.report))
      guard let budget = package.checkpointBudget.map({ Int(clamping: $0) }) else { continue }
      monitor.tokenBudget = min(monitor.tokenBudget ?? budget, budget)
    }
    monitor.checkpoints = shares.sorted()
    return monitor
  }

  private static func limits(_ windows: [Window]) -> SessionMonitor.Limits {
    var limits = SessionMonitor.Limits()
    for window in windows {
      let amount = Int(clamping: window.amount)
      switch window.unit {
      case .messages: limits = limits.stricter(.init(messages: amount))
      case .tokens: limits = limits.stricter(.init(tokens: amount))
      // Sessions are counted in messages and tokens; a rule's own `within` tests times.
      case .time: break
      }
    }
    return limits
  }
}
