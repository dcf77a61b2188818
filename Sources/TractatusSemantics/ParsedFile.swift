import TractatusSource
import TractatusSyntax

/// A parsed rule file and where it was found.
package struct ParsedFile: Sendable {
  /// The text that was parsed.
  package var source: SourceText
  /// Its tree; what the parser found wrong is in the tree, not in the checker's diagnostics.
  package var tree: SyntaxTree
  /// The rules root under which it was found: files of one package lie under one.
  package var rulesRoot: Int
  /// Whether it is part of a built-in rule pack.
  package var isBuiltIn: Bool
  /// The SHA-256 of the source, 32 bytes, where it is known already.
  package var digest: [UInt8]?

  /// For the rule that a stored instruction became: its place among those, oldest first.
  package var storedPlace: Int?

  /// Makes a file of a tree.
  package init(tree: SyntaxTree, rulesRoot: Int = 0, isBuiltIn: Bool = false) {
    self.source = tree.source
    self.tree = tree
    self.rulesRoot = rulesRoot
    self.isBuiltIn = isBuiltIn
  }

  /// Parses a source into a file.
  package init(parsing source: SourceText, rulesRoot: Int = 0, isBuiltIn: Bool = false) {
    self.init(tree: Parser.parse(source), rulesRoot: rulesRoot, isBuiltIn: isBuiltIn)
  }
}
