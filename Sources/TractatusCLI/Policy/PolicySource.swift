import TractatusCompiler
import TractatusEngine
import TractatusPatterns
import TractatusSemantics
import TractatusSource

/// A policy that compiled, with what its stages gave.
struct CompiledPolicy {
  var lowered: LoweredPolicy
  var program: Program
  /// What an image keeps for those who compare it.
  var sources: ImageSources
}

/// Where the commands get their policies from.
enum PolicySource {
  /// How the names of program images end.
  static let imageSuffix = ".tbc"
  /// The largest program image: 1 GiB.
  static let imageLimit = 1 << 30

  /// The program of the rules, or the program image, that the values of `--rules` name; what is
  /// wrong with the rules goes to the console's errors.
  ///
  /// Of the rules all that can change a decision is checked, not what tests and examples expect.
  /// - Parameter cache: where the program may be kept, and taken from when the same build has
  ///   compiled the same rules before; nil for nowhere.
  /// - Throws: why there is none.
  static func program(
    _ rules: [String], instructions: InstructionOrigin? = nil, style: Style, cache: CacheSettings?,
    _ console: Console
  ) throws(PolicyFailure) -> Program {
    let images = rules.filter { $0.hasSuffix(imageSuffix) }
    guard let image = images.first else {
      return try program(
        of: read(rules, instructions), style: style, cache: cache, console)
    }
    let isAlone = if case .file? = instructions { false } else { rules.count == 1 }
    guard isAlone else {
      throw PolicyFailure(
        reason: "the program image `\(image)` holds a whole policy: load nothing beside it")
    }
    try refuseStored(instructions, beside: image)
    return try readImage(image)
  }

  /// Refuses instructions that a session has stored since an image was built: it would decide as if
  /// nobody had given them.
  private static func refuseStored(
    _ origin: InstructionOrigin?, beside image: String
  ) throws(PolicyFailure) {
    guard let origin else { return }
    let file: InstructionFile
    do throws(RuleProblem) {
      file = try InstructionFile.read(origin)
    } catch {
      throw PolicyFailure(reason: error.message, code: error.code)
    }
    let count = file.source.records.count { $0.isActive }
    guard count > 0 else { return }
    let stored = count == 1 ? "1 instruction that is" : "\(count) instructions that are"
    throw PolicyFailure(
      reason: "the program image `\(image)` holds no readings for the \(stored) stored in "
        + "`\(file.source.name)`: name the rule files instead of the image")
  }

  private static func program(
    of rules: consuming RuleReader, style: Style, cache settings: CacheSettings?, _ console: Console
  ) throws(PolicyFailure) -> Program {
    guard let settings else {
      return try compile(rules, extent: .decisions, style: style, console).policy.program
    }
    let cache = ProgramCache(settings)
    let key = rules.cacheKey(build: settings.build)
    if let program = cache.program(for: key) { return program }
    let (policy, isSilent) = try compile(rules, extent: .decisions, style: style, console)
    // What has something to say says it at every run.
    if isSilent { cache.keep(policy.program, for: key) }
    return policy.program
  }

  /// Compiles the rules that the values of `--rules` name, tests and examples included; what is
  /// wrong with them goes to the console's errors.
  ///
  /// - Throws: why there is no program.
  static func compile(
    _ rules: [String], instructions: InstructionOrigin? = nil, style: Style, _ console: Console
  ) throws(PolicyFailure) -> CompiledPolicy {
    try compile(read(rules, instructions), extent: .everything, style: style, console).policy
  }

  /// The program of the rules that the values of `--rules` name, with what was checked; what is
  /// wrong with them goes to the console's errors.
  ///
  /// - Throws: why there is no program.
  static func checkedPolicy(
    _ rules: [String], instructions: InstructionOrigin? = nil, style: Style, _ console: Console
  ) throws(PolicyFailure) -> (program: Program, checked: CheckedPolicy) {
    let result = try compiled(
      read(rules, instructions), extent: .decisions, style: style, console)
    return (result.policy.program, result.checked)
  }

  private static func read(
    _ rules: [String], _ instructions: InstructionOrigin?
  ) throws(PolicyFailure) -> RuleReader {
    do throws(RuleProblem) {
      return try RuleReader(rules, for: .deciding, instructions: instructions)
    } catch {
      throw PolicyFailure(reason: error.message, code: error.code)
    }
  }

  /// Compiles rules, and says whether there was nothing to say of them.
  private static func compile(
    _ rules: RuleReader, extent: CheckExtent, style: Style, _ console: Console
  ) throws(PolicyFailure) -> (policy: CompiledPolicy, isSilent: Bool) {
    let result = try compiled(rules, extent: extent, style: style, console)
    return (result.policy, result.isSilent)
  }

  private static func compiled(
    _ rules: RuleReader, extent: CheckExtent, style: Style, _ console: Console
  ) throws(PolicyFailure) -> (policy: CompiledPolicy, checked: CheckedPolicy, isSilent: Bool) {
    let result = Compilation.compile(rules.policy, extent: extent)
    guard let lowered = result.lowered, let program = result.program else {
      let errors = result.diagnostics.filter { $0.severity == .error }
      var renderer = DiagnosticRenderer(sources: result.sources, usesColour: style.usesColour)
      console.errors.write(renderer.render(errors))
      throw failure(of: errors, result.sources)
    }
    return (
      CompiledPolicy(lowered: lowered, program: program, sources: ImageSources(result)),
      result.checked, result.diagnostics.isEmpty
    )
  }

  private static func failure(of errors: [Diagnostic], _ sources: SourceSet) -> PolicyFailure {
    guard let first = errors.first else {
      return PolicyFailure(reason: "the policy does not compile")
    }
    var places = DiagnosticPlaces(sources)
    let place = places.place(of: first.span)
    let start = place.map { "\($0.file):\($0.start.line):\($0.start.column): " } ?? ""
    let count = errors.count == 1 ? "1 error" : "\(errors.count) errors, the first"
    return PolicyFailure(
      reason: "the policy does not compile: \(count): \(start)\(first.message)")
  }

  /// A program image.
  ///
  /// - Throws: why there is none.
  static func readImage(_ path: String) throws(PolicyFailure) -> Program {
    try readImageWithSources(path).program
  }

  /// A program image with the rules that it holds, if it does.
  ///
  /// - Throws: why there is none.
  static func readImageWithSources(
    _ path: String
  ) throws(PolicyFailure) -> (program: Program, sources: ImageSources?) {
    var bytes: [UInt8]
    do throws(SystemError) {
      bytes = try FileReader.read(path, limit: imageLimit)
    } catch {
      throw PolicyFailure(reason: "`\(path)` \(error.explanation)")
    }
    let sources = ImageSources(takenOff: &bytes)
    guard let program = Program(reading: ImageBytes(bytes), from: 0) else {
      throw PolicyFailure(reason: "`\(path)` is no program image of this version, or is damaged")
    }
    return (program, sources)
  }
}
