import TractatusValues

/// All tests of the commands that one attribute holds, numbered, with an index of what they ask
/// for.
///
/// An immutable value of flat arrays, part of a program image. A query's number is its position in
/// the list that the set was built from. Keep one scratch for each set and thread.
package struct CommandQuerySet: Sendable, ImagePart, Equatable {
  /// PERF: an immutable box of what cannot be copied, so that asking a set counts no references to
  /// the many arrays inside.
  private let box: Box

  private final class Box: Sendable {
    let tables: CommandQueryTables
    init(_ tables: consuming CommandQueryTables) { self.tables = tables }
  }

  /// How many queries there are.
  package var count: Int { box.tables.count }

  /// Builds a set.
  ///
  /// - Throws: `PatternSet.Refusal` of the first pattern that is refused.
  package init(_ queries: [CommandQuery]) throws(PatternSet.Refusal) {
    box = Box(try CommandQueryTables(queries))
  }

  /// Works out all tests of some part of a command at once, and leaves in `scratch.candidates` a
  /// superset of the queries that are not false of the whole command, or of one of its simple
  /// commands.
  ///
  /// Each program, operand and target is looked at once, and only with what an index finds for it:
  /// the cost grows with the command and with what it meets, not with the set, unless something is
  /// unknown: then with the queries that this concerns.
  package func candidates(
    _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) {
    box.tables.candidates(facts, context, &scratch)
  }

  /// The truth of a query of the whole command that `candidates` was given last; for a sum of what
  /// it has worked out already in constant time.
  package func wholeTruth(
    _ query: Int, _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    ambiguityHolds: Bool, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    box.tables.wholeTruth(query, facts, context, ambiguityHolds: ambiguityHolds, &scratch)
  }

  /// The truth of a query of one simple command of that which `candidates` was given last; as
  /// `truth`.
  package func partTruth(
    _ query: Int, _ facts: borrowing CommandFacts, invocation: Int,
    _ context: borrowing PathContext, ambiguityHolds: Bool, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    box.tables.partTruth(
      query, facts, invocation: invocation, context, ambiguityHolds: ambiguityHolds, &scratch)
  }

  /// Whether a query of some part is known to be false of all of the command that `candidates` was
  /// given last, what is opaque aside; then it is false of each simple command of it.
  ///
  /// PERF: this asks for no copy of the tables, nor of what it is asked of.
  package func isFalseOfAll(_ query: Int, _ scratch: inout CommandQueryScratch) -> Bool {
    box.tables.records.queries[query].isOfSome && scratch.isWorkedOut(query)
      && scratch.truth(query).any.isFalse
  }

  /// The truth of a query of a command, or of one simple command.
  ///
  /// Linear in the query and in what the command does; flows have a bound of their own.
  ///
  /// - Parameters:
  ///   - query: its number.
  ///   - invocation: an index of the facts' invocations, their count for the effects of none, or
  ///     -1 for all of the command.
  ///   - context: what paths start from.
  ///   - ambiguityHolds: what counts where the readings of a path disagree.
  package func truth(
    _ query: Int, _ facts: borrowing CommandFacts, invocation: Int,
    _ context: borrowing PathContext, ambiguityHolds: Bool, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    box.tables.truth(
      query, facts, invocation: invocation, context, ambiguityHolds: ambiguityHolds, &scratch)
  }

  /// Appends the set to `bytes`, in a form that `init(reading:_:)` takes back.
  package func write(into bytes: inout [UInt8]) { box.tables.write(into: &bytes) }

  /// Reads a set that `write(into:)` wrote to a part of `bytes`; nil for bytes that cannot be one.
  ///
  /// Never traps: every number is checked, so that a set that is returned can be asked safely
  /// whatever the bytes, though bytes that were changed on purpose can make another of it.
  ///
  /// - Parameter isTrusted: whether a seal has shown that this very build wrote the bytes; then no
  ///   number in them is checked.
  package init?(reading bytes: ImageBytes, _ range: Range<Int>, isTrusted: Bool = false) {
    let image = ImageReader(bytes, range, isTrusted: isTrusted)
    guard let tables = CommandQueryTables(reading: image) else { return nil }
    box = Box(tables)
  }

  /// Whether two sets are made of the same queries.
  package static func == (first: CommandQuerySet, second: CommandQuerySet) -> Bool {
    first.box === second.box || first.box.tables.equals(second.box.tables)
  }
}
