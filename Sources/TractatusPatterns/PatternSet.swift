/// All patterns of one attribute, matched against a text in one pass.
///
/// An immutable value of flat arrays, part of a program image. Build one scratch for each set and
/// keep it: it holds the lazily built automata of that set.
///
/// One pass over the folded text finds the fixed texts that patterns consist of or cannot do
/// without (`LiteralIndex`); only patterns whose text is found are looked at, each by an automaton
/// of its own from where its match must begin, if that is known. Patterns without a fixed text
/// share automata that run over every text. `mentions` is decided on the text's words.
package struct PatternSet: Sendable, ImagePart, Equatable {
  /// How many patterns the set has; a pattern's id is its position in the list it was built from.
  package let count: Int

  /// That of the tables.
  private let fingerprint: UInt64

  /// PERF: an immutable box of what cannot be copied, so that neither passing a set on nor
  /// matching counts references to the many arrays inside.
  private let box: Box

  private final class Box: Sendable {
    let tables: PatternTables
    init(_ tables: consuming PatternTables) { self.tables = tables }
  }

  /// Which pattern of a list was refused, and why.
  package struct Refusal: Error, Sendable, Hashable {
    /// The pattern's position in the list.
    package var pattern: Int
    /// Why.
    package var error: PatternError
  }

  /// Builds a set; equal patterns should be given once.
  ///
  /// - Parameters:
  ///   - patterns: the patterns, by their ids.
  ///   - known: what was parsed of them before.
  ///   - isLate: by pattern: whether `match` may leave it to `isMatched`; all that are not listed
  ///     are found at once.
  /// - Throws: `Refusal`, with the first pattern whose `problem()` is not nil.
  package init(
    _ patterns: [Pattern], known: ParsedPatterns = ParsedPatterns(), isLate: [Bool] = []
  ) throws(Refusal) {
    var compiled: [CompiledPattern] = []
    compiled.reserveCapacity(patterns.count)
    for (number, pattern) in patterns.enumerated() {
      do {
        compiled.append(try known.parsed(pattern))
      } catch {
        throw Refusal(pattern: number, error: error)
      }
    }
    count = patterns.count
    let tables = PatternTables(PatternSetBuilder(compiled, isLate), count: patterns.count)
    fingerprint = tables.fingerprint
    box = Box(tables)
  }

  /// Finds every pattern that the text matches and leaves their ids in `scratch.matches`.
  ///
  /// Linear in the text; allocates nothing once the scratch is warm. A text that is not UTF-8
  /// matches what its well-formed parts match.
  package borrowing func match(_ text: Span<UInt8>, scratch: inout PatternScratch) {
    box.tables.match(text, scratch: &scratch)
  }

  /// Whether the text matches one pattern; false when there is no such pattern.
  ///
  /// Leaves `scratch.matches` alone. Linear in the text.
  package borrowing func matches(
    _ pattern: Int, _ text: Span<UInt8>, scratch: inout PatternScratch
  ) -> Bool {
    box.tables.matches(pattern, text, scratch: &scratch)
  }

  /// Whether the text that `match` was given last matches one pattern, a late one or another.
  ///
  /// A few late ones that are asked for are looked for one by one; then all are, at once.
  package borrowing func isMatched(
    _ pattern: Int, _ text: Span<UInt8>, scratch: inout PatternScratch
  ) -> Bool {
    guard pattern >= 0, pattern < count, scratch.belongs(to: fingerprint) else { return false }
    // PERF: nothing of the tables but one plan is read for what is decided already.
    if scratch.isDecided(pattern) { return scratch.isMatched(pattern) }
    let plan = box.tables.plans[pattern]
    if plan.kind == .always { return true }
    return plan.isLate && isMatched(late: pattern, text, scratch: &scratch)
  }

  @inline(never)
  private borrowing func isMatched(
    late pattern: Int, _ text: Span<UInt8>, scratch: inout PatternScratch
  ) -> Bool {
    box.tables.isMatched(late: pattern, text, scratch: &scratch)
  }

  /// Appends the set to `bytes`, in a form that `init(reading:)` takes back.
  package func write(into bytes: inout [UInt8]) { box.tables.write(into: &bytes) }

  /// Reads a set that `write(into:)` wrote; nil for bytes that cannot be one.
  ///
  /// Never traps: every number is checked, so that a set that is returned can be matched safely
  /// whatever the bytes, though bytes that were changed on purpose can make other matches of it.
  package init?(reading bytes: Span<UInt8>) {
    self.init(reading: ImageBytes(copying: bytes), 0..<bytes.count)
  }

  /// Reads a set that lies in a part of `bytes`, where it lies; else as `init(reading:)`.
  ///
  /// - Parameter isTrusted: whether a seal has shown that this very build wrote the bytes; then no
  ///   number in them is checked.
  package init?(reading bytes: ImageBytes, _ range: Range<Int>, isTrusted: Bool = false) {
    self.init(reading: ImageReader(bytes, range, isTrusted: isTrusted))
  }

  /// Reads a set that is the whole of an image.
  init?(reading image: consuming ImageReader) {
    guard let tables = PatternTables(reading: image) else { return nil }
    count = tables.count
    fingerprint = tables.fingerprint
    box = Box(tables)
  }

  /// Whether two sets are made of the same patterns.
  package static func == (first: PatternSet, second: PatternSet) -> Bool {
    first.box === second.box || first.box.tables.equals(second.box.tables)
  }
}
