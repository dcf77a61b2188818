/// A program or a subcommand.
package protocol ProgramBodyView: SyntaxView {
  /// The tokens of its names, of which some may be strings.
  var names: [TokenID] { get }
  /// What it does itself.
  var effects: [ProgramEffectView] { get }
  /// Its flags.
  var flags: [ProgramFlagView] { get }
  /// Its options with arguments.
  var options: [ProgramOptionView] { get }
  /// Its subcommands.
  var subcommands: [ProgramSubcommandView] { get }
}

/// `program a, b "title" { … }`.
package struct ProgramView: ProgramBodyView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .programDeclaration else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The tokens of its names, of which some may be strings.
  package var names: [TokenID] { nameTokens() }
  /// The string after the names.
  package var title: TokenID? { firstString() }
  /// What it does itself.
  package var effects: [ProgramEffectView] { children() }
  /// Its flags.
  package var flags: [ProgramFlagView] { children() }
  /// Its options with arguments.
  package var options: [ProgramOptionView] { children() }
  /// Its subcommands.
  package var subcommands: [ProgramSubcommandView] { children() }
}

/// `subcommand a, b { … }`.
package struct ProgramSubcommandView: ProgramBodyView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .programSubcommand else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The tokens of its names, of which some may be strings.
  package var names: [TokenID] { nameTokens() }
  /// What it does itself.
  package var effects: [ProgramEffectView] { children() }
  /// Its flags.
  package var flags: [ProgramFlagView] { children() }
  /// Its options with arguments.
  package var options: [ProgramOptionView] { children() }
  /// Its subcommands.
  package var subcommands: [ProgramSubcommandView] { children() }
}

/// `flag -f --force { effect }`.
package struct ProgramFlagView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .programFlag else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The tokens of its spellings: options and strings.
  package var spellings: [TokenID] { optionTokens() }
  /// What it does.
  package var effects: [ProgramEffectView] { children() }
}

/// `option -o --output takes path [until …] [for first operand] { effect }`.
package struct ProgramOptionView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .programOption else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The tokens of its spellings: options and strings.
  package var spellings: [TokenID] { optionTokens() }
  /// The token of what it takes.
  package var type: TokenID? { nameToken() }
  /// Whether `until` is written.
  package var hasUntil: Bool { has(.until) }
  /// The words that end the argument.
  package var until: ValueView? { values().first }
  /// Whether `for first operand` is written.
  package var isForFirstOperand: Bool { has(.for) }
  /// What it does.
  package var effects: [ProgramEffectView] { children() }
}

/// `writes last operand`, `executes operands joined`, `escalates`.
package struct ProgramEffectView: SyntaxView {
  package let tree: SyntaxTree
  package let id: NodeID

  package init?(_ tree: SyntaxTree, _ id: NodeID) {
    guard tree.kind(of: id) == .programEffect else { return nil }
    (self.tree, self.id) = (tree, id)
  }

  /// The token of the effect.
  package var verb: TokenID? {
    OwnTokens(tree, id).first {
      let word = tree[$0].word
      return word?.isEffect == true || word == .escalates || word == .yields
    }
  }
  /// Whether it is `yields`, which is no effect.
  package var isYield: Bool { has(.yields) }
  /// Whether `below` is written.
  package var isBelow: Bool { has(.below) }
  /// Whether `anything` is written.
  package var isAnything: Bool { has(.anything) }
  /// Whether `numbers` is written.
  package var isNumbers: Bool { has(.numbers) }
  /// Whether `named` is written.
  package var isNamed: Bool { has(.named) }
  /// Whether `without operands` is written.
  package var isWithoutOperands: Bool { has(.without) }
  /// The text after `like`.
  package var pattern: TokenID? { string(after: .like) }
  /// The word that begins the target: `operands`, `first`, `last`, `other`, `cwd`, `input`,
  /// `after`; nil without a target, and for a mistake.
  package var target: Word? {
    for token in OwnTokens(tree, id) {
      switch tree[token].word {
      case .operands: return .operands
      case .first: return .first
      case .last: return .last
      case .other: return .other
      case .cwd: return .cwd
      case .input: return .input
      case .after: return .after
      default: continue
      }
    }
    return nil
  }
  /// The text after `after`.
  package var prefix: TokenID? { string(after: .after) }
  /// Whether `joined` is written.
  package var isJoined: Bool { has(.joined) }
  /// Whether `extended` is written.
  package var isExtended: Bool { has(.extended) }
}

extension SyntaxView {
  /// The own tokens that spell an option.
  func optionTokens() -> [TokenID] {
    OwnTokens(tree, id).filter { tree[$0].kind == .spelling || tree[$0].kind == .string }
  }
}

extension SyntaxTree {
  /// The text of a name that may be a string, or of an option's spelling.
  package func spelling(of token: TokenID) -> String {
    self[token].isString ? string(of: token) : name(of: token)
  }
}
