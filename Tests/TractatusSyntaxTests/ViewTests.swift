import Testing
import TractatusSource

@testable import TractatusSyntax

@Suite("Views of the tree")
struct ViewTests {
  private let tree = Parser.parse(SourceText(name: "sample.tract", text: sampleFile))

  private var declarations: [DeclarationView] {
    FileView(tree, tree.root)?.declarations ?? []
  }

  private func text(_ token: TokenID?) -> String? { token.map { tree.text(of: $0) } }

  private func rule(_ name: String) -> RuleView? {
    for case .rule(let view) in declarations where text(view.name) == name { return view }
    return nil
  }

  @Test("the policy has its name, title and version")
  func policy() {
    let policy = FileView(tree, tree.root)?.policy
    #expect(policy?.path?.joined == "acme.platform")
    #expect(policy?.title.map { tree.string(of: $0) } == "Acme platform engineering")
    #expect(policy?.version.map { tree.string(of: $0) } == "1.4.0")
  }

  @Test("constants, conditions and documentation of `let`")
  func lets() {
    var found: [String: LetView] = [:]
    for case .constant(let view) in declarations { found[text(view.name) ?? ""] = view }
    #expect(found["production_hosts"]?.documentation == "Environments that serve customers.")
    guard case .list(let list)? = found["production_hosts"]?.value else {
      Issue.record("no list")
      return
    }
    #expect(list.elements.count == 2)
    #expect(found["on_main"]?.value == nil)
    #expect(found["on_main"]?.condition?.operands.count == 1)
    #expect(found["risky"]?.types?.paths.map(\.joined) == ["bash", "deploy"])
    #expect(found["risky"]?.condition?.connective == .and)
    guard case .literal(let block)? = found["long_text"]?.value else {
      Issue.record("no literal")
      return
    }
    #expect(block.token.map { tree.string(of: $0) } == "Several lines,\n  indented.")
  }

  @Test("parameters, extractions and mappings of an action type")
  func actions() {
    var found: [String: ActionView] = [:]
    for case .action(let view) in declarations { found[view.path?.joined ?? ""] = view }
    let connect = found["database_connect"]
    #expect(connect?.isClosed == true && connect?.isSealed == false)
    #expect(connect?.fields.map { text($0.name) } == ["port", "host", "database", "`on`"])
    #expect(connect?.fields.map(\.isOptional) == [true, false, true, true])
    #expect(connect?.fields.last?.name.map { tree.name(of: $0) } == "on")
    let source = connect?.toolSources.first
    #expect(source?.tools.map { tree.string(of: $0) } == ["mcp__postgres__connect", "Db*"])
    #expect(source?.mappings.map { text($0.name) } == ["host", "port"])
    #expect(source?.mappings.first?.path?.names == ["server", "name"])
    #expect(connect?.actionSources.first?.condition != nil)
    let pattern = connect?.extracts.first?.pattern.map { tree.regularExpression(of: $0) }
    #expect(pattern?.pattern == #"mongodb:\/\/[^\s\/]*:(\d{2,5})"#.replacing(#"\/"#, with: "/"))
    #expect(found["deploy"]?.otherwises.first?.because?.text != nil)
    guard case .named(let shape)? = connect?.fields.first?.shape else {
      Issue.record("no named type")
      return
    }
    #expect(shape.bounds.map { text($0.token) } == ["1", "65535"])
  }

  @Test("effects, flags, options and subcommands of a program")
  func programs() {
    var found: ProgramView?
    for case .program(let view) in declarations { found = view }
    #expect(found?.names.map { tree.spelling(of: $0) } == ["rsync", "rsync-ssl"])
    #expect(found?.title.map { tree.string(of: $0) } == "Copies files")
    #expect(found?.effects.map { text($0.verb) } == ["reads", "writes"])
    #expect(found?.effects.map(\.target) == [.other, .last])
    #expect(
      found?.flags.map { $0.spellings.map { tree.spelling(of: $0) } }
        == [["-r", "-R", "--recursive"], ["--delete"]])
    #expect(found?.flags.last?.effects.map(\.target) == [.last])
    #expect(found?.options.map { text($0.type) } == ["command", "command", "path"])
    #expect(found?.options.map(\.hasUntil) == [false, true, false])
    #expect(found?.options.map(\.isForFirstOperand) == [false, false, true])
    let from = found?.options.last
    #expect(from?.spellings.map { tree.spelling(of: $0) } == ["-f", "--from="])
    #expect(from?.effects.last?.prefix.map { tree.string(of: $0) } == "@")
    let push = found?.subcommands.first
    #expect(push?.names.map { tree.spelling(of: $0) } == ["push", "push-all"])
    #expect(push?.effects.first?.isJoined == true && push?.effects.first?.isExtended == true)
    #expect(push?.flags.first?.effects.map { text($0.verb) } == ["escalates"])
  }

  /// The test of an attribute in a condition that holds one.
  private func attributeTest(_ text: String) -> (SyntaxTree, TestOfAttributeView?) {
    let tree = Parser.parse(
      SourceText(name: "a", text: "policy a \"A\" version \"1\" let c = a \(text)"))
    guard case .constant(let view)? = FileView(tree, tree.root)?.declarations.first,
      case .attribute(let condition)? = view.condition?.operands.first
    else { return (tree, nil) }
    return (tree, condition.test)
  }

  @Test("programs, options and the operand of `runs`")
  func runs() {
    let (tree, test) = attributeTest(
      "only runs \"git\" with \"-a\" without all b operand not in [\"c\"]")
    guard case .runs(let view)? = test else {
      Issue.record("no test of what runs")
      return
    }
    #expect(view.isOnly && view.programs != nil && view.verb.map { tree.text(of: $0) } == "runs")
    #expect(view.options.map(\.isNegated) == [false, true])
    #expect(view.options.map(\.isAll) == [false, true])
    #expect(view.operand?.isNegated == true)
    if case .membership = view.operand?.test {} else { Issue.record("no test of the operand") }
  }

  @Test("effects, places, states and flows")
  func commandTests() {
    if case (let tree, .effect(let view)?) = attributeTest("only writes not within \"/srv\"") {
      #expect(view.isOnly && view.isNegated && view.verb.map { tree.text(of: $0) } == "writes")
      if case .place(let place)? = view.target { #expect(!place.isOutside) }
    } else {
      Issue.record("no effect")
    }
    if case (_, .place(let view)?) = attributeTest("outside [cwd, \"/tmp\"]") {
      #expect(view.isOutside)
    } else {
      Issue.record("no place")
    }
    if case (_, .state(let view)?) = attributeTest("is undeclared") {
      #expect(view.state == .undeclared)
    } else {
      Issue.record("no state")
    }
    if case (_, .pipes(let view)?) = attributeTest("pipes \"a\" into b") {
      #expect(view.from != nil && view.into != nil)
    } else {
      Issue.record("no flow")
    }
  }

  @Test("metadata, guards, expectations and reasons of an instruction")
  func instruction() {
    let rule = rule("inst_042")
    #expect(rule?.head == .instruction)
    #expect(rule?.metadata.count == 6)
    #expect(rule?.on?.types?.paths.map(\.joined) == ["database_connect"])
    #expect(rule?.on?.whenGuard?.condition != nil && rule?.on?.unlessGuard?.condition != nil)
    guard case .expect(let expect)? = rule?.clauses.first else {
      Issue.record("no expectation")
      return
    }
    #expect(expect.path?.joined == "port" && expect.isCorrecting && !expect.isNegated)
    guard case .comparison(let test)? = expect.test, case .literal(let value)? = test.value,
      case .literal(let usual)? = expect.insteadOf
    else {
      Issue.record("no comparison")
      return
    }
    #expect(text(test.operation) == "==" && text(value.token) == "27027")
    #expect(text(usual.token) == "27017")
    guard let reason = expect.because?.text else {
      Issue.record("no reason")
      return
    }
    let parts = tree.parts(of: reason)
    #expect(parts.count == 3)
    if case .attribute(let names, let span) = parts[1] {
      #expect(names == ["port"])
      #expect(tree.source.string(from: span.start, to: span.end) == "port")
    } else {
      Issue.record("no interpolation")
    }
  }

  @Test("clauses and conditions of a rule")
  func clauses() {
    let rule = rule("direct_database")
    #expect(rule?.isShadow == true && rule?.isSealed == true && rule?.title == nil)
    #expect(rule?.clauses.count == 10)
    var effects: [EffectView] = []
    var obligations: [Word?] = []
    for clause in rule?.clauses ?? [] {
      switch clause {
      case .effect(let view): effects.append(view)
      case .obligation(let view): obligations.append(view.kind)
      default: break
      }
    }
    #expect(obligations == [.offer, .check, .notify])
    #expect(effects.map { text($0.verdict) } == ["ask", "warn", nil, nil, "allow"])
    #expect(effects.map(\.isJudgment) == [false, false, true, false, false])
    #expect(effects.map(\.isApproval) == [false, false, false, true, false])
    let ask = effects[0].whenGuard?.condition
    #expect(ask?.connective == .or)
    guard case .attribute(let host)? = ask?.operands.first,
      case .group(let group)? = ask?.operands.last,
      case .attribute(let port)? = group.condition?.operands.last,
      case .membership(let range)? = port.test
    else {
      Issue.record("not the condition written")
      return
    }
    #expect(host.isPresentTest && range.isRange && range.high != nil)
  }

  @Test("factors, points and levels of a threshold")
  func threshold() {
    guard
      case .threshold(let load)? = declarations.first(where: {
        if case .threshold = $0 { true } else { false }
      })
    else {
      Issue.record("no threshold")
      return
    }
    #expect(load.factors.map { text($0.name) } == ["tokens", "errors"])
    #expect(load.factors.map { text($0.weight) } == ["60%", "40%"])
    #expect(load.factors.map { text($0.elseNumber) } == [nil, "0"])
    let errors = load.factors[1].sum?.products.first
    #expect(errors?.operators.map { tree.text(of: $0) } == ["/"])
    #expect(errors?.operands.first?.sum?.operators.map { tree.text(of: $0) } == ["+", "-"])
    #expect(load.points.map(\.isSubtraction) == [false, true])
    #expect(load.levels.map { text($0.verdict) } == [nil, "ask"])
    #expect(text(load.unmeasured.first?.verdict) == "warn")
    #expect(load.givens.first?.path?.joined == "scores.load")
    #expect(load.on?.unlessGuard != nil)
  }

  @Test("waivers, monitors and tests")
  func others() {
    for declaration in declarations {
      switch declaration {
      case .waive(let view):
        #expect(text(view.from) == "2026-07-01" && text(view.until) == "2026-12-31")
        #expect(view.approvers.map { tree.string(of: $0) } == ["platform-leads", "security"])
        #expect(view.types?.paths.count == 1 && view.because != nil)
      case .monitor(let view):
        #expect(view.components.first?.limits.map { text($0.unit) } == ["messages", "tokens"])
        #expect(view.checkpoints.first?.shares.count == 3)
        #expect(view.rhythms.first?.intervals.count == 2)
      case .test(let view):
        #expect(
          view.expectations.first?.rules.map(\.joined) == ["inst_042", "acme.platform.agency"])
        #expect(view.actions.first?.record?.fields.compactMap { $0.path?.joined }.count == 3)
        #expect(view.expectations.first?.correcting?.fields.count == 1)
      case .fact(let view) where view.path?.joined == "environment":
        if case .path(let value)? = view.elseValue {
          #expect(value.joined == "dev")
        } else {
          Issue.record("no value after `else`")
        }
      default: break
      }
    }
  }

  @Test("the text of a node with one space between tokens does not depend on its layout")
  func normalised() {
    let first = Parser.parse(SourceText(name: "a", text: "let a = b\n  and // c\n not d"))
    let second = Parser.parse(SourceText(name: "a", text: "let a=b and not   d"))
    #expect(first.normalisedText(of: first.root) == second.normalisedText(of: second.root))
  }
}
