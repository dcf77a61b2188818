import TractatusSource
import TractatusSyntax

/// The kinds of tokens that are told, by the protocol's own names.
enum SemanticTokenLegend {
  /// A kind of token; the raw value is its place in the legend.
  enum Kind: Int, CaseIterable {
    case namespace, type, `class`, enumMember, parameter, variable, property, function, keyword
    case comment, string, number, regexp, `operator`

    /// The protocol's name.
    var name: String { "\(self)" }
  }

  /// What else is told of a token, bit by bit.
  static let modifiers = ["declaration", "readonly", "defaultLibrary", "documentation"]
  static let declaration = 1
  static let readonly = 2
  static let builtIn = 4
  static let documentation = 8

  /// The legend as the protocol has it.
  static var output: JSONOutput {
    .fields([
      "tokenTypes": .array(Kind.allCases.map { .string($0.name) }),
      "tokenModifiers": .array(modifiers.map { .string($0) }),
    ])
  }
}

/// What was sent of a document's tokens last.
struct SentTokens {
  var id: Int
  var data: [Int]
}

/// What the words of a file are, for colours.
struct SemanticTokens {
  private typealias Kind = SemanticTokenLegend.Kind

  /// A run of bytes of one kind.
  private struct Piece {
    var start: Int
    var end: Int
    var kind: Kind
    var modifiers: Int
  }

  private let file: OpenFile
  private var pieces: [Piece] = []

  init(_ file: OpenFile) {
    self.file = file
    collect()
  }

  // MARK: Pieces

  private mutating func collect() {
    let uses = file.names.uses(ofFile: file.number)
    var next = 0
    var covered = 0
    for token in file.tree.tokens {
      let (start, end) = (Int(token.start), Int(token.end))
      while next < uses.count, Int(uses[next].end) <= covered { next += 1 }
      guard start >= covered else { continue }
      if token.isString {
        addString(start, end, uses, &next)
        covered = end
        continue
      }
      while next < uses.count, Int(uses[next].start) < start { next += 1 }
      if next < uses.count, Int(uses[next].start) == start {
        add(uses[next])
        covered = Int(uses[next].end)
        next += 1
        continue
      }
      if let kind = Self.kind(of: token) { add(start, end, kind) }
    }
    for comment in CommentScan.comments(in: file.tree) {
      add(
        comment.start, comment.end, .comment,
        comment.isDocumentation ? SemanticTokenLegend.documentation : 0)
    }
    pieces.sort { $0.start < $1.start }
  }

  /// A string, but for the attributes that it shows.
  private mutating func addString(
    _ start: Int, _ end: Int, _ uses: [NameUse], _ next: inout Int
  ) {
    var place = start
    while next < uses.count, Int(uses[next].start) < end {
      let use = uses[next]
      next += 1
      guard Int(use.start) > place, Int(use.end) < end else { continue }
      add(place, Int(use.start), .string)
      add(use)
      place = Int(use.end)
    }
    add(place, end, .string)
  }

  private mutating func add(_ start: Int, _ end: Int, _ kind: Kind, _ modifiers: Int = 0) {
    if start < end {
      pieces.append(Piece(start: start, end: end, kind: kind, modifiers: modifiers))
    }
  }

  private mutating func add(_ use: NameUse) {
    guard let thing = use.things.first else { return }
    var modifiers = use.isDeclaration ? SemanticTokenLegend.declaration : 0
    let kind: Kind
    switch thing {
    case .package: kind = .namespace
    case .valueType(let name):
      kind = .type
      if name.package.isEmpty { modifiers |= SemanticTokenLegend.builtIn }
    case .actionType(let name):
      kind = .class
      if name.package.isEmpty { modifiers |= SemanticTokenLegend.builtIn }
    case .parameter: kind = .parameter
    case .constant:
      kind = .variable
      modifiers |= SemanticTokenLegend.readonly
    case .threshold, .component, .element: kind = .variable
    case .policyRule, .program, .reading: kind = .function
    case .level, .word, .metadataWord: kind = .enumMember
    case .factor, .fact, .field, .metadataKey, .classification: kind = .property
    case .builtIn:
      kind = .property
      modifiers |= SemanticTokenLegend.builtIn
    }
    add(Int(use.start), Int(use.end), kind, modifiers)
  }

  private static func kind(of token: Token) -> Kind? {
    switch token.kind {
    case .word: token.word == nil ? nil : .keyword
    case .number, .percent, .date, .time: .number
    case .spelling: .string
    case .regularExpression: .regexp
    case .equalEqual, .bangEqual, .less, .lessEqual, .greater, .greaterEqual, .plus, .minus, .star,
      .slash, .equals, .question, .dotDot:
      .operator
    default: nil
    }
  }

  // MARK: Data

  /// The tokens as five integers each (LSP 3.17, *Semantic Tokens*), no token over a line's end.
  ///
  /// - Parameter within: only those that touch these bytes; nil for all.
  func data(within: Range<Int>? = nil) -> [Int] {
    var data: [Int] = []
    var last = Position(line: 0, character: 0)
    for piece in pieces {
      if let within, piece.end < within.lowerBound || piece.start > within.upperBound { continue }
      let first = file.text.position(at: piece.start).line
      let final = file.text.position(at: piece.end).line
      for line in first...max(first, final) {
        let start = max(piece.start, file.text.lineStart(line))
        let end = min(piece.end, file.text.lineEnd(line))
        guard start < end else { continue }
        let position = file.text.position(at: start)
        let length = file.text.position(at: end).character - position.character
        let isSameLine = position.line == last.line
        data.append(position.line - last.line)
        data.append(isSameLine ? position.character - last.character : position.character)
        data += [length, piece.kind.rawValue, piece.modifiers]
        last = position
      }
    }
    return data
  }

  /// The one edit that makes one list another; nil where they are the same.
  static func edit(from old: [Int], to new: [Int]) -> JSONOutput? {
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    if start == old.count, start == new.count { return nil }
    var end = 0
    while end < min(old.count, new.count) - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    {
      end += 1
    }
    return .fields([
      "start": .integer(start), "deleteCount": .integer(old.count - end - start),
      "data": .integers(Array(new[start..<new.count - end])),
    ])
  }
}

extension LanguageServer {
  /// `textDocument/semanticTokens/full`, `…/full/delta` and `…/range`.
  func semanticTokens(
    _ method: String, _ params: JSONView, _ file: OpenFile, _ uri: String
  ) -> JSONOutput {
    let tokens = SemanticTokens(file)
    if let range = params["range"]?.range, method.hasSuffix("range") {
      let (one, other) = (file.text.offset(of: range.0), file.text.offset(of: range.1))
      let data = tokens.data(within: min(one, other)..<max(one, other))
      return .fields(["data": .integers(data)])
    }
    let data = tokens.data()
    let before = sentTokens[uri]
    let id = (before?.id ?? 0) + 1
    sentTokens[uri] = SentTokens(id: id, data: data)
    if method.hasSuffix("delta"), let before,
      params["previousResultId"]?.string == "\(before.id)"
    {
      let edit = SemanticTokens.edit(from: before.data, to: data)
      return .fields(["resultId": .string("\(id)"), "edits": .array(edit.map { [$0] } ?? [])])
    }
    return .fields(["resultId": .string("\(id)"), "data": .integers(data)])
  }
}
