/// The flat arrays of a `CommandQuerySet`.
struct CommandQueryRecords: Sendable, Equatable {
  /// What is asked, and how numbers stand for it in an image.
  enum Kind: UInt32 {
    case isOpaque, isUndeclared, runs, effect, pipes
  }

  /// A query; ranges are of the arrays beside it.
  struct Query: Sendable, Equatable {
    static let size = 12
    static let isOnly: UInt32 = 1
    static let undeclaredIsUnknown: UInt32 = 2
    static let isNegated: UInt32 = 4
    static let isValueNegated: UInt32 = 8
    static let lacksOperand: UInt32 = 16
    /// What stands for no target, and for all packages.
    static let none = UInt32.max

    var kind = Kind.isOpaque
    var flags: UInt32 = 0
    /// The verb of an effect.
    var verb: UInt32 = 0
    /// The programs of `runs`, the sources of `pipes`.
    var terms = 0..<0
    /// The sinks of `pipes`.
    var sinks = 0..<0
    /// The options of `runs`.
    var options = 0..<0
    /// The query's number among those of places of its verb (or of operands), twice; that among
    /// those of texts, twice and one more.
    var target = Query.none
    /// The number of the list of packages whose declarations count.
    var visible = Query.none
    /// Of `sets`: the test of the value, as `target`, among those of operands.
    var value = Query.none

    var isOnly: Bool { flags & Self.isOnly != 0 }
    var undeclaredIsUnknown: Bool { flags & Self.undeclaredIsUnknown != 0 }
    var lacksOperand: Bool { flags & Self.lacksOperand != 0 }
    /// Whether it asks for a program with an operand that an index of places finds. What the rule
    /// of a sealed package takes for an operand may be none to others.
    var isFoundByOperand: Bool {
      kind == .runs && !isOnly && target != Self.none && target % 2 == 0
        && flags & Self.isNegated == 0 && visible == Self.none
    }

    var words: [UInt32] {
      let numbers = [
        terms.lowerBound, terms.count, sinks.lowerBound, sinks.count, options.lowerBound,
        options.count,
      ]
      return [kind.rawValue, flags, verb] + numbers.map { UInt32(truncatingIfNeeded: $0) }
        + [target, visible, value]
    }

    init() {}

    /// The query that the numbers of an image from a place on mean.
    init?(words: Packed<UInt32>, at first: Int) {
      guard let kind = Kind(rawValue: words[first]), words[first + 1] < 32, words[first + 2] < 8
      else { return nil }
      self.kind = kind
      (flags, verb) = (words[first + 1], words[first + 2])
      func range(_ place: Int) -> Range<Int> {
        Int(words[place])..<Int(words[place]) + Int(words[place + 1])
      }
      (terms, sinks, options) = (range(first + 3), range(first + 5), range(first + 7))
      (target, visible, value) = (words[first + 9], words[first + 10], words[first + 11])
    }
  }

  /// The number of the places of operands, after those of the verbs.
  static let operands = 8

  var queries: [Query] = []
  /// Of each term: its first word and how many it has.
  var terms = Packed<UInt32>()
  /// Of each test of options: 1 if negated, 2 if it is of all, 4 if the test of the argument is
  /// negated; its first word and how many; the test of the argument, as a query's target.
  var options = Packed<UInt32>()
  /// Of each word: where its bytes begin and how many they are.
  var words = Packed<UInt32>()
  var bytes = Packed<UInt8>()
  /// Of each list of packages: where it begins and how many they are.
  var visibles = Packed<UInt32>()
  var packages = Packed<UInt32>()

  /// The words of a term or of a test of options.
  @inline(__always)
  func words(_ first: UInt32, _ count: UInt32) -> Range<Int> {
    Int(first)..<Int(first) + Int(count)
  }

  /// The words of a term.
  @inline(__always)
  func words(ofTerm term: Int) -> Range<Int> { words(terms[term * 2], terms[term * 2 + 1]) }

  /// The bytes of a word, as a range of `bytes`.
  @inline(__always)
  func range(ofWord word: Int) -> Range<Int> {
    let start = Int(words[word * 2])
    return start..<start + Int(words[word * 2 + 1])
  }

  /// Adds words.
  mutating func add(_ list: [[UInt8]]) -> (first: UInt32, count: UInt32) {
    let first = words.count / 2
    for word in list {
      words += [UInt32(truncatingIfNeeded: bytes.count), UInt32(truncatingIfNeeded: word.count)]
      bytes += word
    }
    return (UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: list.count))
  }

  /// Adds terms.
  mutating func add(_ list: [CommandQuery.Term]) -> Range<Int> {
    let first = terms.count / 2
    for term in list {
      let words = add(term.words)
      terms += [words.first, words.count]
    }
    return first..<first + list.count
  }

  /// Adds tests of options, whose tests of arguments have these numbers.
  mutating func add(_ list: [CommandQuery.Options], _ targets: [UInt32]) -> Range<Int> {
    let first = options.count / 4
    for (test, target) in zip(list, targets) {
      let words = add(test.spellings)
      let flags: UInt32 =
        (test.isNegated ? 1 : 0) | (test.isAll ? 2 : 0)
        | (test.argument?.isNegated == true ? Query.isNegated : 0)
      options += [flags, words.first, words.count, target]
    }
    return first..<first + list.count
  }

  /// A test of options.
  struct OptionTest {
    var isNegated: Bool
    var isAll: Bool
    var words: Range<Int>
    /// The test of the argument, if there is one.
    var argument: Target?
  }

  /// A test of one text or path.
  struct Target {
    /// As `Query.target`.
    var number: UInt32
    var isNegated: Bool
    /// Of places: a verb, or `operands`.
    var group: Int
    /// Whether it is asked of all of an effect's targets.
    var isOnly: Bool
  }

  /// A query's test of an operand or of a target, if it has one.
  @inline(__always)
  func target(of query: Query) -> Target? {
    if query.target == Query.none { return nil }
    return Target(
      number: query.target, isNegated: query.flags & Query.isNegated != 0,
      group: query.kind == .effect ? Int(query.verb) : Self.operands, isOnly: query.isOnly)
  }

  /// A query's test of the value that a variable is set to, if it has one.
  @inline(__always)
  func value(of query: Query) -> Target? {
    if query.value == Query.none { return nil }
    return Target(
      number: query.value, isNegated: query.flags & Query.isValueNegated != 0,
      group: Self.operands, isOnly: query.isOnly)
  }

  /// The test of options of a number.
  @inline(__always)
  func option(_ number: Int, isOnly: Bool) -> OptionTest {
    let (flags, target) = (options[number * 4], options[number * 4 + 3])
    return OptionTest(
      isNegated: flags & 1 != 0, isAll: flags & 2 != 0,
      words: words(options[number * 4 + 1], options[number * 4 + 2]),
      argument: target == Query.none
        ? nil
        : Target(
          number: target, isNegated: flags & Query.isNegated != 0, group: Self.operands,
          isOnly: isOnly))
  }

  /// Appends everything to an image.
  func write(into image: inout ImageWriter) {
    image.write(Packed(queries.flatMap(\.words)))
    image.write(terms)
    image.write(options)
    image.write(words)
    image.write(bytes)
    image.write(visibles)
    image.write(packages)
  }

  init() {}

  /// Reads records; nil where some number is out of range.
  init?(reading image: inout ImageReader) {
    guard let queries = image.words(), let terms = image.words(), let options = image.words(),
      let words = image.words(), let bytes = image.numbers(UInt8.self),
      let visibles = image.words(),
      let packages = image.words(), queries.count % Query.size == 0, terms.count % 2 == 0,
      options.count % 4 == 0, words.count % 2 == 0, visibles.count % 2 == 0
    else { return nil }
    (self.terms, self.options, self.words) = (terms, options, words)
    (self.bytes, self.visibles, self.packages) = (bytes, visibles, packages)
    self.queries.reserveCapacity(queries.count / Query.size)
    for first in stride(from: 0, to: queries.count, by: Query.size) {
      guard let query = Query(words: queries, at: first) else { return nil }
      self.queries.append(query)
    }
    guard image.isTrusted || isSound else { return nil }
  }

  /// Whether every number is in its range.
  private var isSound: Bool {
    for word in stride(from: 0, to: words.count, by: 2)
    where Int(words[word]) + Int(words[word + 1]) > bytes.count { return false }
    for term in stride(from: 0, to: terms.count, by: 2)
    where terms[term + 1] == 0 || Int(terms[term]) + Int(terms[term + 1]) > words.count / 2 {
      return false
    }
    for test in stride(from: 0, to: options.count, by: 4)
    where Int(options[test + 1]) + Int(options[test + 2]) > words.count / 2 { return false }
    for list in stride(from: 0, to: visibles.count, by: 2)
    where Int(visibles[list]) + Int(visibles[list + 1]) > packages.count { return false }
    return queries.allSatisfy { query in
      query.terms.upperBound <= terms.count / 2 && query.sinks.upperBound <= terms.count / 2
        && query.options.upperBound <= options.count / 4
        && (query.visible == Query.none || Int(query.visible) < visibles.count / 2)
    }
  }
}
