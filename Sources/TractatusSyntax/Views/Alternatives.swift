/// A declaration of any kind.
package enum DeclarationView: Sendable {
  /// `use`.
  case use(UseView)
  /// `let`.
  case constant(LetView)
  /// `type`.
  case type(TypeView)
  /// `fact`.
  case fact(FactView)
  /// `action`.
  case action(ActionView)
  /// `otherwise`.
  case otherwise(OtherwiseView)
  /// `rule`, `instruction`, `boundary` or `requirement`.
  case rule(RuleView)
  /// `threshold`.
  case threshold(ThresholdView)
  /// `monitor`.
  case monitor(MonitorView)
  /// `waive`.
  case waive(WaiveView)
  /// `test`.
  case test(TestView)
  /// `prove`.
  case prove(ProveView)
  /// `program`.
  case program(ProgramView)
  /// `classify`.
  case classification(ClassifyView)
  /// `reading`.
  case reading(ReadingView)

  /// Makes a view of a declaration, or nil for another node.
  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    let view: DeclarationView? =
      switch tree.kind(of: id) {
      case .useDeclaration: UseView(tree, id).map { .use($0) }
      case .letDeclaration: LetView(tree, id).map { .constant($0) }
      case .typeDeclaration: TypeView(tree, id).map { .type($0) }
      case .factDeclaration: FactView(tree, id).map { .fact($0) }
      case .actionDeclaration: ActionView(tree, id).map { .action($0) }
      case .otherwise: OtherwiseView(tree, id).map { .otherwise($0) }
      case .ruleDeclaration: RuleView(tree, id).map { .rule($0) }
      case .thresholdDeclaration: ThresholdView(tree, id).map { .threshold($0) }
      case .monitorDeclaration: MonitorView(tree, id).map { .monitor($0) }
      case .waiveDeclaration: WaiveView(tree, id).map { .waive($0) }
      case .testDeclaration: TestView(tree, id).map { .test($0) }
      case .proveDeclaration: ProveView(tree, id).map { .prove($0) }
      case .programDeclaration: ProgramView(tree, id).map { .program($0) }
      case .classifyDeclaration: ClassifyView(tree, id).map { .classification($0) }
      case .readingDeclaration: ReadingView(tree, id).map { .reading($0) }
      default: nil
      }
    guard let view else { return nil }
    self = view
  }
}

/// A type of any form.
package enum ShapeView: Sendable {
  /// `one of […]`.
  case enumeration(EnumerationShapeView)
  /// `list of …`.
  case list(ListShapeView)
  /// `{ … }`.
  case record(RecordShapeView)
  /// A name, perhaps with bounds.
  case named(NamedShapeView)

  /// Makes a view of a type, or nil for another node.
  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    let view: ShapeView? =
      switch tree.kind(of: id) {
      case .enumerationShape: EnumerationShapeView(tree, id).map { .enumeration($0) }
      case .listShape: ListShapeView(tree, id).map { .list($0) }
      case .recordShape: RecordShapeView(tree, id).map { .record($0) }
      case .namedShape: NamedShapeView(tree, id).map { .named($0) }
      default: nil
      }
    guard let view else { return nil }
    self = view
  }
}

/// A clause of a policy rule.
package enum ClauseView: Sendable {
  /// A verdict or `needs human`.
  case effect(EffectView)
  /// `expect`.
  case expect(ExpectView)
  /// `require`.
  case require(RequireView)
  /// `offer`, `check` or `notify`.
  case obligation(ObligationView)
  /// `example`.
  case example(ExampleView)
  /// `deliberate`.
  case deliberate(DeliberateView)

  /// Makes a view of a clause, or nil for another node.
  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    let view: ClauseView? =
      switch tree.kind(of: id) {
      case .effect: EffectView(tree, id).map { .effect($0) }
      case .expect: ExpectView(tree, id).map { .expect($0) }
      case .require: RequireView(tree, id).map { .require($0) }
      case .obligation: ObligationView(tree, id).map { .obligation($0) }
      case .example: ExampleView(tree, id).map { .example($0) }
      case .deliberate: DeliberateView(tree, id).map { .deliberate($0) }
      default: nil
      }
    guard let view else { return nil }
    self = view
  }
}

/// A value of any form.
package enum ValueView: Sendable {
  /// A constant.
  case literal(LiteralView)
  /// `[…]`.
  case list(ListView)
  /// `{ … }`.
  case record(RecordView)
  /// A name, perhaps with dots.
  case path(PathView)

  /// Makes a view of a value, or nil for another node.
  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    let view: ValueView? =
      switch tree.kind(of: id) {
      case .literal: LiteralView(tree, id).map { .literal($0) }
      case .list: ListView(tree, id).map { .list($0) }
      case .record: RecordView(tree, id).map { .record($0) }
      case .path: PathView(tree, id).map { .path($0) }
      default: nil
      }
    guard let view else { return nil }
    self = view
  }

  /// The node.
  package var id: NodeID {
    switch self {
    case .literal(let view): view.id
    case .list(let view): view.id
    case .record(let view): view.id
    case .path(let view): view.id
    }
  }
}

/// An operand of `and` and `or`.
package enum UnaryConditionView: Sendable {
  /// `not …`.
  case not(NotConditionView)
  /// `(…)`.
  case group(GroupConditionView)
  /// `true` or `false`.
  case literal(LiteralConditionView)
  /// `has …`.
  case has(HasConditionView)
  /// `any … satisfies` or `all … satisfies`.
  case quantified(QuantifiedConditionView)
  /// `count(…) …`.
  case count(CountConditionView)
  /// `previously …`.
  case previously(PreviouslyView)
  /// A path, perhaps with a test.
  case attribute(AttributeConditionView)

  /// Makes a view of an operand, or nil for another node.
  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    let view: UnaryConditionView? =
      switch tree.kind(of: id) {
      case .notCondition: NotConditionView(tree, id).map { .not($0) }
      case .groupCondition: GroupConditionView(tree, id).map { .group($0) }
      case .literalCondition: LiteralConditionView(tree, id).map { .literal($0) }
      case .hasCondition: HasConditionView(tree, id).map { .has($0) }
      case .quantifiedCondition: QuantifiedConditionView(tree, id).map { .quantified($0) }
      case .countCondition: CountConditionView(tree, id).map { .count($0) }
      case .previously: PreviouslyView(tree, id).map { .previously($0) }
      case .attributeCondition: AttributeConditionView(tree, id).map { .attribute($0) }
      default: nil
      }
    guard let view else { return nil }
    self = view
  }

  /// The node.
  package var id: NodeID {
    switch self {
    case .not(let view): view.id
    case .group(let view): view.id
    case .literal(let view): view.id
    case .has(let view): view.id
    case .quantified(let view): view.id
    case .count(let view): view.id
    case .previously(let view): view.id
    case .attribute(let view): view.id
    }
  }
}

/// A test of an attribute, of any form.
package enum TestOfAttributeView: Sendable {
  /// `==` and its like.
  case comparison(ComparisonTestView)
  /// `in`.
  case membership(MembershipTestView)
  /// `like` and its like.
  case text(TextTestView)
  /// `within` an age.
  case window(WindowTestView)
  /// `within` and `outside` places.
  case place(PlaceTestView)
  /// `is`.
  case state(StateTestView)
  /// `runs`.
  case runs(RunsTestView)
  /// `writes` and its like.
  case effect(EffectTestView)
  /// `pipes`.
  case pipes(PipesTestView)

  /// Makes a view of a test, or nil for another node.
  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    let view: TestOfAttributeView? =
      switch tree.kind(of: id) {
      case .comparisonTest: ComparisonTestView(tree, id).map { .comparison($0) }
      case .membershipTest: MembershipTestView(tree, id).map { .membership($0) }
      case .textTest: TextTestView(tree, id).map { .text($0) }
      case .windowTest: WindowTestView(tree, id).map { .window($0) }
      case .placeTest: PlaceTestView(tree, id).map { .place($0) }
      case .stateTest: StateTestView(tree, id).map { .state($0) }
      case .runsTest: RunsTestView(tree, id).map { .runs($0) }
      case .effectTest: EffectTestView(tree, id).map { .effect($0) }
      case .pipesTest: PipesTestView(tree, id).map { .pipes($0) }
      default: nil
      }
    guard let view else { return nil }
    self = view
  }

  /// The node.
  package var id: NodeID {
    switch self {
    case .comparison(let view): view.id
    case .membership(let view): view.id
    case .text(let view): view.id
    case .window(let view): view.id
    case .place(let view): view.id
    case .state(let view): view.id
    case .runs(let view): view.id
    case .effect(let view): view.id
    case .pipes(let view): view.id
    }
  }
}

/// `when condition` or `unless condition`.
package struct GuardView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    let kind = tree.kind(of: id)
    guard kind == .whenGuard || kind == .unlessGuard else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The condition.
  package var condition: ConditionView? { child() }
}

extension SyntaxView {
  func guardView(_ kind: SyntaxKind) -> GuardView? {
    tree.firstChild(of: id, kind: kind).flatMap { GuardView(tree, $0) }
  }

  func shape() -> ShapeView? {
    ChildNodes(tree, id).lazy.compactMap { ShapeView(tree, $0) }.first
  }

  func attributeTest() -> TestOfAttributeView? {
    ChildNodes(tree, id).lazy.compactMap { TestOfAttributeView(tree, $0) }.first
  }

  func nameTokens() -> [TokenID] {
    tree.children(of: id, kind: .name).compactMap { OwnTokens(tree, $0).firstToken }
  }

  /// The word that begins a policy rule, after its modifiers.
  func headWord() -> Word? {
    for token in OwnTokens(tree, id) {
      switch tree[token].word {
      case .rule: return .rule
      case .instruction: return .instruction
      case .boundary: return .boundary
      case .requirement: return .requirement
      default: continue
      }
    }
    return nil
  }

  func number() -> TokenID? {
    OwnTokens(tree, id).first { tree[$0].isNumeric }
  }

  func numberAfterElse() -> TokenID? {
    guard let word = token(.else) else { return nil }
    return OwnTokens(tree, id).first { $0 > word && tree[$0].isNumeric }
  }

  func valueAfterElse() -> ValueView? {
    guard let word = token(.else) else { return nil }
    for child in ChildNodes(tree, id) where tree.record(child).firstToken > word.rawValue {
      if let value = ValueView(tree, child) { return value }
    }
    return nil
  }

  /// The own token of a kind directly after a word.
  func token(after word: Word, kind: TokenKind) -> TokenID? {
    let tokens = tree.tokens(of: id)
    guard let place = tokens.firstIndex(where: { tree[$0].word == word }),
      place + 1 < tokens.count, tree[tokens[place + 1]].kind == kind
    else { return nil }
    return tokens[place + 1]
  }
}

extension Token {
  /// Whether the token is a number or a percentage.
  package var isNumeric: Bool { kind == .number || kind == .percent }
}
