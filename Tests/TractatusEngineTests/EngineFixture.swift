import Testing
import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// A policy compiled from text, for the tests of this target.
struct EngineFixture {
  let program: Program

  init(_ policies: String..., comment: Comment? = nil) throws {
    var sources = SourceSet()
    let files = policies.enumerated().map { index, text in
      ParsedFile(parsing: sources.add(name: "policy\(index).tract", bytes: Array(text.utf8)))
    }
    let result = Compilation.compile(files: files, sources: sources)
    let errors = result.diagnostics.map(\.message)
    program = try #require(result.program, "\(errors)")
  }

  func decide(_ action: String, surroundings: String? = nil) throws -> Decision {
    try Self.decide(program, action, surroundings: surroundings)
  }

  static func decide(
    _ program: Program, _ action: String, surroundings: String? = nil
  ) throws -> Decision {
    var input = ActionInput()
    if let surroundings { try input.readSurroundings(Array(surroundings.utf8).span) }
    do {
      try input.readNative(Array(action.utf8).span)
    } catch {
      var decision = Decision()
      decision.verdict = .deny
      decision.error = error
      return decision
    }
    var evaluator = Evaluator(program)
    return evaluator.decide(input)
  }

  /// One policy that uses nearly everything that a program can hold.
  static let broad = """
    policy a.b "Broad" version "1.0.0"
    type port = int in 1..65535
    type environment = one of [dev, staging, production]
    fact environment: environment
    fact git.branch: text optional
    fact limit: int else 5
    action connect "Connect" {
      host: host
      port: port optional
      tags: list of text optional
      sizes: list of int optional
      mode: one of [fast, safe] optional
      from tool "mcp__db__*" with host = server
      extract port from description matching /port (\\d+)/
      otherwise ask because "nothing allows {host}"
    }
    closed action shell "Run" { command: command from tool "Bash" }
    action database "Database" {
      command: command
      table: text optional
      from action shell when command contains "psql"
      extract table from command matching /table=(\\w+)/
    }
    threshold load "Load" {
      on connect
      factor tokens 60% = session.tokens / session.token_budget
      factor errors 40% = session.recent_errors / 3 else 0
      level normal from 0%
      level high from 50% warn because "high"
      level full from 80% deny because "full"
      unmeasured warn because "unmeasured"
    }
    instruction usual "The agreed port" {
      persistence: high
      explicitness: 0.9
      on connect
      expect port == 27027 instead of 27017 correct because "not {port}"
    }
    rule allowed "Local hosts" {
      on connect
      allow when host in ["localhost", "127.0.0.1"]
    }
    rule shapes "Shapes" {
      on connect
      deny when host like "*.evil.example" or host matches /^h[0-9]+$/
      deny when tags? contains "secret"
      warn when has sizes and (any x in sizes satisfies (x > 10 and x < 20))
      warn when mode? == fast
      warn when port? in 1..1023
      ask when facts.environment == production
      offer "Use staging"
    }
    rule danger "Danger" {
      on shell
      deny when command contains "rm -rf" unless command starts with "echo "
    }
    requirement recent "Checked before" {
      on database
      require description mentions "checked" else ask
    }
    sealed boundary people "People decide" {
      on any
      needs human judgment when description mentions "without consent"
    }
    shadow rule later "Later" {
      on shell
      deny when command contains "curl"
    }
    waive danger on shell
      when command contains "/tmp/scratch"
      from 2026-01-01 until 2026-06-30 because "scratch" approved by "lead"
    """
}
