import TractatusValues

/// Tests of places, numbered, with an index of the directories and domains that they name.
///
/// Immutable flat arrays, part of a program image. A query's number is its position in the list
/// that the set was built from.
package struct PlaceSet: Sendable, ImagePart, Equatable {
  /// What a term is; the same numbers, and others, say what a key of the index is.
  enum Kind: UInt32 {
    /// A directory below `/`, below `~`, below the project; its rest ends with `/`.
    case absolute, home, project
    /// The working directory.
    case cwd
    case domain, address
    /// A place that cannot be read: every test of it is unknown.
    case unreadable
    /// Keys alone: a directory below which one of the first three kinds lies.
    case aboveAbsolute, aboveHome, aboveProject
    /// A directory below `/` that a home directory may be, or hold, or be in.
    case homes
    /// Queries that an index cannot exclude.
    case always
    /// All queries that name a domain; all `within`.
    case allDomains, all
  }

  /// How many queries there are.
  package var count: Int { queries.count / 3 }

  /// Of each query: its first term, how many they are, and whether it is `outside`.
  private var queries = Packed<UInt32>()
  /// Of each term: its kind, and where its bytes start and how many they are.
  private var terms = Packed<UInt32>()
  private var bytes = Packed<UInt8>()
  private var index = PlaceIndex()

  /// Builds a set. Linear in the queries.
  package init(_ list: [PlaceQuery]) {
    var reader = PlaceReader()
    for query in list {
      let first = terms.count / 3
      for place in query.places {
        let kind = reader.read(place)
        terms += [
          kind.rawValue, UInt32(truncatingIfNeeded: bytes.count),
          UInt32(truncatingIfNeeded: reader.bytes.count),
        ]
        bytes += reader.bytes
      }
      queries += [
        UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: query.places.count),
        query.isOutside ? 1 : 0,
      ]
    }
    makeIndex()
  }

  private mutating func makeIndex() {
    var index = PlaceIndex()
    for query in 0..<count {
      for term in termRange(query) {
        bytes.withSpan(byteRange(term)) { index.add(kind(term), $0, query) }
      }
      if isOutside(query) {
        index.add(.always, [UInt8]().span, query)
      } else {
        index.add(.all, [UInt8]().span, query)
      }
    }
    index.finish()
    self.index = index
  }

  // MARK: Images

  /// Appends the set to `bytes`, in a form that `init(reading:)` takes back.
  package func write(into bytes: inout [UInt8]) {
    var image = ImageWriter()
    image.write(queries)
    image.write(terms)
    image.write(self.bytes)
    index.write(into: &image)
    bytes += image.bytes
  }

  /// Reads a set that `write(into:)` wrote to a part of `bytes`; nil for bytes that cannot be one.
  ///
  /// Never traps: every number is checked, so that a set that is returned can be asked safely
  /// whatever the bytes, though bytes that were changed on purpose can make another of it.
  ///
  /// - Parameter isTrusted: whether a seal has shown that this very build wrote the bytes; then no
  ///   number in them is checked.
  package init?(reading bytes: ImageBytes, _ range: Range<Int>, isTrusted: Bool = false) {
    var image = ImageReader(bytes, range, isTrusted: isTrusted)
    self.init(reading: &image)
    guard image.isAtEnd else { return nil }
  }

  /// Reads a set as part of an image.
  init?(reading image: inout ImageReader) {
    guard let queries = image.words(), let terms = image.words(),
      let bytes = image.numbers(UInt8.self),
      queries.count % 3 == 0, terms.count % 3 == 0
    else { return nil }
    self.queries = queries
    self.terms = terms
    self.bytes = bytes
    guard image.isTrusted || areTermsSound else { return nil }
    guard let index = PlaceIndex(reading: &image, queries: count) else { return nil }
    self.index = index
  }

  private var areTermsSound: Bool {
    for query in 0..<count {
      let start = query * 3
      guard Int(queries[start]) + Int(queries[start + 1]) <= terms.count / 3,
        queries[start + 2] < 2
      else { return false }
    }
    for term in 0..<terms.count / 3 {
      guard terms[term * 3] <= Kind.unreadable.rawValue,
        Int(terms[term * 3 + 1]) + Int(terms[term * 3 + 2]) <= bytes.count
      else { return false }
      // INVARIANT: a directory's rest is empty or ends with `/`, which comparing relies on.
      let range = byteRange(term)
      guard
        kind(term).rawValue > Kind.project.rawValue || range.isEmpty
          || bytes[range.upperBound - 1] == UInt8(ascii: "/")
      else { return false }
    }
    return true
  }

  // MARK: Queries

  /// Whether a query is `outside`.
  package func isOutside(_ query: Int) -> Bool { queries[query * 3 + 2] != 0 }

  private func termRange(_ query: Int) -> Range<Int> {
    let first = Int(queries[query * 3])
    return first..<first + Int(queries[query * 3 + 1])
  }

  private func kind(_ term: Int) -> Kind { Kind(rawValue: terms[term * 3]) ?? .unreadable }

  private func byteRange(_ term: Int) -> Range<Int> {
    let start = Int(terms[term * 3 + 1])
    return start..<start + Int(terms[term * 3 + 2])
  }

  /// The truth of a query of a path. Linear in the query and the path.
  ///
  /// - Parameters:
  ///   - isRecursive: whether what is done to the path reaches all below it.
  ///   - isNegated: whether `within` is `outside`, and the other way round.
  ///   - ofAll: whether all that is reached must pass, and not some of it.
  package func truth(
    _ query: Int, _ forms: borrowing PathForms, isRecursive: Bool, isNegated: Bool = false,
    ofAll: Bool = false, _ context: borrowing PathContext, _ scratch: inout PlaceScratch
  ) -> FormTruth {
    var relation = PlaceRelation.apart
    for term in termRange(query) {
      let other = self.relation(term, forms, context, &scratch)
      if other != .apart { relation = relation | other }
    }
    return relation.truth(
      isOutside: isOutside(query) != isNegated, isRecursive: isRecursive, ofAll: ofAll)
  }

  private func relation(
    _ term: Int, _ forms: borrowing PathForms, _ context: borrowing PathContext,
    _ scratch: inout PlaceScratch
  ) -> PlaceRelation {
    switch kind(term) {
    case .domain, .address: return .apart
    case .absolute, .home, .project, .cwd:
      let known = bytes.withSpan(byteRange(term)) {
        forms.absolute.relation(to: kind(term), $0, context)
      }
      if let known { return known }
      guard find(term, context, &scratch.directory) else { break }
      return forms.absolute.relation(to: scratch.directory, &scratch.places)
    default: break
    }
    return PlaceRelation(.unknown, .unknown)
  }

  /// Finds a directory; false when what it starts from is not known.
  private func find(
    _ term: Int, _ context: borrowing PathContext, _ directory: inout FoundDirectory
  ) -> Bool {
    directory.rest.removeAll(keepingCapacity: true)
    directory.root = .absolute
    var range = byteRange(term)
    switch kind(term) {
    case .absolute: break
    case .home: directory.root = .home
    case .project:
      guard context.hasProject else { return false }
      directory.start(at: context.project)
      while range.count >= 3, bytes[range.lowerBound] == UInt8(ascii: "."),
        bytes[range.lowerBound + 1] == UInt8(ascii: "."),
        bytes[range.lowerBound + 2] == UInt8(ascii: "/")
      {
        // Above a home directory any directory may lie.
        if directory.rest.isEmpty, directory.root == .home { return false }
        directory.dropLast()
        range = range.lowerBound + 3..<range.upperBound
      }
    case .cwd:
      guard context.hasCwd else { return false }
      directory.start(at: context.cwd)
    default: return false
    }
    for offset in range { directory.rest.append(bytes[offset]) }
    return true
  }

  /// The truth of a query of a host. Linear in the query.
  package func truth(_ query: Int, _ host: borrowing HostName) -> Truth {
    var inside = Truth.false
    for term in termRange(query) {
      switch kind(term) {
      case .domain, .address:
        if host.state == .unknown {
          inside = inside | .unknown
        } else if bytes.withSpan(byteRange(term), { host.isWithin($0) }) {
          inside = .true
        }
      case .unreadable: inside = inside | .unknown
      default: break
      }
    }
    return isOutside(query) ? !inside : inside
  }

  // MARK: Candidates

  /// Leaves in `scratch.found` a superset of the queries of a path that are not false.
  ///
  /// For a known path the cost grows with its depth and what is found.
  package func candidates(
    _ forms: borrowing PathForms, isRecursive: Bool, _ context: borrowing PathContext,
    _ scratch: inout PlaceScratch
  ) {
    scratch.begin(count)
    index.collect(.always, [UInt8]().span, &scratch)
    let path = forms.absolute
    guard path.isKnown, path.root == .absolute || path.root == .home else {
      return index.collect(.all, [UInt8]().span, &scratch)
    }
    let rest = path.text.bytes.span.extracting(path.knownRest)
    if path.root == .home {
      index.collect(.homes, [UInt8]().span, &scratch)
      index.collect(.absolute, [UInt8]().span, &scratch)
      index.collect(ancestorsOf: rest, .home, isRecursive ? .aboveHome : nil, &scratch)
    } else {
      index.collect(ancestorsOf: rest, .absolute, isRecursive ? .aboveAbsolute : nil, &scratch)
      candidatesAtHome(path, rest, isRecursive, &scratch)
    }
    guard context.hasProject else { return index.collectAll(.project, .aboveProject, &scratch) }
    if forms.isInProject {
      let known = forms.project.bytes
      let isRoot = known.count == 1 && known[0] == UInt8(ascii: ".")
      index.collect(
        ancestorsOf: known.span.extracting(0..<(isRoot ? 0 : known.count)), .project,
        isRecursive ? .aboveProject : nil, &scratch)
    } else if path.root != context.project.root
      || (isRecursive && path.encloses(context.project))
    {
      // It encloses the project, or may be it by another name.
      index.collectAll(.project, .aboveProject, &scratch)
    }
  }

  /// Adds the directories below `~` that an absolute path may lie in.
  private func candidatesAtHome(
    _ path: borrowing PathText, _ rest: Span<UInt8>, _ isRecursive: Bool,
    _ scratch: inout PlaceScratch
  ) {
    let above: Kind? = isRecursive ? .aboveHome : nil
    if rest.isEmpty {
      if isRecursive { index.collectAll(.home, .aboveHome, &scratch) }
      return
    }
    var end = 0
    while end < rest.count, rest[end] != UInt8(ascii: "/") { end += 1 }
    let name = rest.extracting(0..<end)
    let isRoot = PlaceReader.isName(name, "root")
    guard isRoot || PlaceReader.isName(name, "home") || PlaceReader.isName(name, "Users") else {
      return
    }
    if !isRoot {
      guard end < rest.count else {
        if isRecursive { index.collectAll(.home, .aboveHome, &scratch) }
        return
      }
      end += 1
      while end < rest.count, rest[end] != UInt8(ascii: "/") { end += 1 }
    }
    let below = rest.extracting(min(end + 1, rest.count)..<rest.count)
    index.collect(ancestorsOf: below, .home, above, &scratch)
  }

  /// Leaves in `scratch.found` a superset of the queries of a host that are not false.
  ///
  /// For a known host the cost grows with its labels and what is found.
  package func candidates(_ host: borrowing HostName, _ scratch: inout PlaceScratch) {
    scratch.begin(count)
    index.collect(.always, [UInt8]().span, &scratch)
    if host.state == .unknown {
      return index.collect(.all, [UInt8]().span, &scratch)
    }
    let bytes = host.bytes.span
    index.collect(.unreadable, [UInt8]().span, &scratch)
    if host.state == .address { return index.collect(.address, bytes, &scratch) }
    for start in 0...bytes.count where start == 0 || bytes[start - 1] == UInt8(ascii: ".") {
      index.collect(.domain, bytes.extracting(start..<bytes.count), &scratch)
    }
  }

  /// Leaves in `scratch.found` all queries.
  package func all(_ scratch: inout PlaceScratch) {
    scratch.begin(count)
    index.collect(.always, [UInt8]().span, &scratch)
    index.collect(.all, [UInt8]().span, &scratch)
  }
}

extension PathText {
  /// Whether another path lies below it; both known, with one root.
  fileprivate func encloses(_ other: borrowing PathText) -> Bool {
    let length = text.bytes.count
    if isRootAlone { return true }
    guard length < other.text.bytes.count, other.text.bytes[length] == UInt8(ascii: "/") else {
      return false
    }
    for offset in 0..<length where text.bytes[offset] != other.text.bytes[offset] { return false }
    return true
  }
}

extension FoundDirectory {
  /// Makes it a known directory.
  mutating func start(at path: borrowing PathText) {
    root = path.root
    rest.removeAll(keepingCapacity: true)
    for offset in path.knownRest { rest.append(path.text.bytes[offset]) }
    if !rest.isEmpty { rest.append(UInt8(ascii: "/")) }
  }

  /// Goes to the directory above.
  mutating func dropLast() {
    if rest.isEmpty { return }
    rest.removeLast()
    while let last = rest.last, last != UInt8(ascii: "/") { rest.removeLast() }
  }
}
