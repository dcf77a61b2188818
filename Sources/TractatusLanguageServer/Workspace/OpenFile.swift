import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// A file of an analysis, as the features look at it.
struct OpenFile {
  let workspace: Workspace
  let analysis: Analysis
  /// Its place among the files of the analysis.
  let number: Int
  let tree: SyntaxTree
  let text: DocumentText

  /// The file of an open document; nil where it is not part of the policy.
  init?(_ workspace: Workspace, uri: String) {
    let name = workspace.name(of: uri)
    let analysis = workspace.analysis(of: name)
    guard let number = analysis.fileNumber(name) else { return nil }
    self.init(workspace, analysis, number)
  }

  init?(_ workspace: Workspace, _ analysis: Analysis, _ number: Int) {
    let tree = analysis.files[number].tree
    guard let text = analysis.text(of: tree.source.id) else { return nil }
    (self.workspace, self.analysis, self.number, self.tree, self.text) = (
      workspace, analysis, number, tree, text
    )
  }

  /// The names of the file.
  var names: NameTable { analysis.names }
  /// The package of the file.
  var package: String { names.packageOfFile[number] }

  /// A range of bytes as the protocol has it.
  func range(_ start: UInt32, _ end: UInt32) -> JSONOutput {
    text.range(Int(start), Int(end))
  }

  /// A span as the protocol has it.
  func range(_ span: SourceSpan) -> JSONOutput { range(span.start, span.end) }

  /// Where a span lies, as the protocol has it; nil in what is built in and no file.
  func location(_ span: SourceSpan) -> JSONOutput? {
    guard let source = analysis.checked.result.sources[span.source],
      let uri = workspace.uri(of: source.name), let text = analysis.text(of: span.source)
    else { return nil }
    return .fields(["uri": .string(uri), "range": text.range(Int(span.start), Int(span.end))])
  }

  /// The token that an offset lies in, or that ends there where no other begins; nil in between.
  func token(at offset: Int) -> TokenID? {
    let tokens = tree.tokens
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].end) <= offset { low = middle + 1 } else { high = middle }
    }
    if low < tokens.count, Int(tokens[low].start) <= offset, tokens[low].kind != .endOfFile {
      return TokenID(rawValue: UInt32(clamping: low))
    }
    if low > 0, Int(tokens[low - 1].end) == offset {
      return TokenID(rawValue: UInt32(clamping: low - 1))
    }
    return nil
  }

  /// The nodes around a token, innermost first.
  func nodes(around token: TokenID) -> [NodeID] {
    var found: [NodeID] = [tree.root]
    var current = tree.root
    while let next = tree.children(of: current).first(where: {
      let record = tree.nodes[Int($0.rawValue)]
      return record.firstToken <= token.rawValue && token.rawValue < record.tokenEnd
    }) {
      found.append(next)
      current = next
    }
    return found.reversed()
  }
}

extension DocumentText {
  /// A range of bytes as the protocol has it.
  func range(_ start: Int, _ end: Int) -> JSONOutput {
    .fields(["start": position(at: start).output, "end": position(at: end).output])
  }
}

extension Position {
  /// The position as the protocol has it.
  var output: JSONOutput { .fields(["line": .integer(line), "character": .integer(character)]) }

  /// Reads a position; negative figures count as 0.
  init?(_ json: JSONView?) {
    guard let line = json?["line"]?.integer, let character = json?["character"]?.integer else {
      return nil
    }
    self.init(line: max(0, line), character: max(0, character))
  }
}

extension JSONView {
  /// The two ends of a range.
  var range: (Position, Position)? {
    guard let start = Position(self["start"]), let end = Position(self["end"]) else { return nil }
    return (start, end)
  }
}
