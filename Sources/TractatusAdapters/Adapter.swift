import TractatusEngine
import TractatusJSON

/// How one client's documents are read: what tells them, and where in them the calls lie.
package struct Adapter: Sendable {
  /// The name that `--from` takes.
  package let name: String
  /// What its documents are, for messages.
  package let summary: String
  /// Whether a document is of this client, told by its fields.
  let fits: @Sendable (borrowing JSONTape) -> Bool
  /// Finds the calls of a document of this client.
  let read: @Sendable (borrowing JSONTape) throws(DecisionError) -> ClientDocument

  init(
    _ name: String, _ summary: String, fits: @escaping @Sendable (borrowing JSONTape) -> Bool,
    read: @escaping @Sendable (borrowing JSONTape) throws(DecisionError) -> ClientDocument
  ) {
    self.name = name
    self.summary = summary
    self.fits = fits
    self.read = read
  }

  /// Every adapter. A new client is one file and one entry here.
  package static let all: [Adapter] = [
    .native, .claudeCode, .anthropic, .openAI, .langChain, .mcp,
  ]

  /// The adapter with a name.
  package static func named(_ name: String) -> Adapter? { all.first { $0.name == name } }

  /// Reads a document into `input.call` and finds its calls; without an adapter, the one adapter
  /// that the fields tell is taken.
  ///
  /// Take each call with `ClientCall.select(in:)` before judging it.
  ///
  /// - Throws: T0701 or T0710 for what is no acceptable JSON, T0702 for what holds no call, T0711
  ///   when no adapter or more than one fits.
  package static func read(
    _ document: Span<UInt8>, as adapter: Adapter?, into input: inout ActionInput
  ) throws(DecisionError) -> ClientReading {
    input.fields = ActionFields()
    try ActionInput.parse(document, into: &input.call, as: "the action")
    return try calls(of: input.call, as: adapter)
  }

  /// Finds the calls of a document that was read.
  ///
  /// - Throws: T0702 for what holds no call, T0711 when no adapter or more than one fits.
  package static func calls(
    of tape: borrowing JSONTape, as adapter: Adapter?
  ) throws(DecisionError) -> ClientReading {
    let found: Adapter
    if let adapter { found = adapter } else { found = try detect(tape) }
    return ClientReading(adapter: found, document: try found.read(tape))
  }

  /// Reads a document into `input.call`; true when it is an object of nothing but fields of a
  /// native action: then no other adapter fits, and `input` holds the call.
  ///
  /// PERF: nothing is allocated, where `read` makes lists of adapters and calls.
  /// - Throws: T0701 or T0710 for what is no acceptable JSON.
  package static func readPlain(
    _ document: Span<UInt8>, into input: inout ActionInput
  ) throws(DecisionError) -> Bool {
    try ActionInput.parse(document, into: &input.call, as: "the action")
    let fields = ActionFields(native: input.call, in: .call)
    guard fields.action != nil || fields.tool != nil,
      fields.givenCount == input.call.childCount(.root)
    else { return false }
    input.fields = fields
    return true
  }

  private static func detect(_ tape: borrowing JSONTape) throws(DecisionError) -> Adapter {
    var fitting: [Adapter] = []
    for adapter in all where adapter.fits(tape) { fitting.append(adapter) }
    if let only = fitting.first, fitting.count == 1 { return only }
    if fitting.isEmpty {
      throw DecisionError(
        code: "T0711",
        reason: "the document is \(tape.kind(.root).phrase) that no known client sends; "
          + "a native action has `action` or `tool`")
    }
    let names = fitting.map { "`\($0.name)`" }.joined(separator: " and ")
    throw DecisionError(
      code: "T0711", reason: "the document fits \(names): say which with `--from`")
  }
}
