import Foundation
import Testing
import TractatusValues

@testable import TractatusPatterns

/// A small generator of numbers for seeded tests (Vigna's splitmix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func pick<T>(_ list: [T]) -> T { list[Int(next() % UInt64(list.count))] }

  mutating func chance(_ part: Int) -> Bool { next() % UInt64(part) == 0 }
}

/// A piece of a path that a test makes up.
enum PathAtom {
  case text(String)
  case any
  case pattern(String)
  case number

  static func random(_ random: inout Seeded) -> PathAtom {
    switch random.next() % 12 {
    case 0: .any
    case 1: .pattern(random.pick(["*", "?", "[ab]", "[!a]", "[a-c]", "**"]))
    case 2: .number
    default: .text(random.pick(Self.texts))
    }
  }

  static let texts = [
    "/", "/", "/", "a", "b", "ab", ".", "..", "/../", "/./", "//", "home", "root", "proc", "self",
    "/proc/self/root", "/proc/self/cwd/", "/home/ann/", "srv", "/srv/", "é", "1", "-",
  ]

  /// A text that the piece can become, and that is no other piece's doing.
  func sample(_ random: inout Seeded, beginsName: Bool) -> String {
    switch self {
    case .text(let text): return text
    case .any:
      return random.pick([
        "", "a", "/", "..", ".", "/etc", "a/../..", "../b", "x/y", "/proc/self/root",
      ])
    case .number: return random.pick(["0", "1", "27", "-3"])
    case .pattern(let pattern):
      switch pattern {
      case "*", "**": return random.pick(beginsName ? ["a", "ab", "xyz"] : ["", "a", ".", "ab"])
      case "?": return random.pick(["a", "b", "é", "1"])
      case "[ab]": return random.pick(["a", "b", pattern])
      case "[!a]": return random.pick(["b", "1", pattern])
      default: return random.pick(["a", "b", "c", pattern])
      }
    }
  }
}

@Suite("laws of paths")
struct PathLawTests {
  private static let runs = 1_500
  private let places = [
    "/", "/a", "/a/b", "/srv", "/srv/a", "/srv/ab/b", "/home", "/home/ann", "/home/ann/a", "~",
    "~/a", "~/b/a", "/root", "/root/a", "a", "b/a", "../a", "/é",
  ]

  private func contexts() -> [PathContext] {
    [("/srv/a/b", "/srv/a"), ("/home/ann/a", "/home/ann"), (nil, "/srv"), ("/", "/"), (nil, nil)]
      .map { (cwd: String?, project: String?) in
        var context = PathContext()
        if let cwd { context.setCwd(Array(cwd.utf8).span) }
        if let project { context.setProject(Array(project.utf8).span) }
        return context
      }
  }

  private func forms(
    _ atoms: [PathAtom], _ context: PathContext, _ builder: inout PathBuilder
  ) -> PathForms {
    var forms = PathForms()
    for isAbsolute in [false, true] {
      if isAbsolute, context.hasCwd {
        builder.begin(context, below: context.cwd)
      } else if isAbsolute {
        builder.beginFloating(context)
      } else {
        builder.begin(context)
      }
      for atom in atoms {
        switch atom {
        case .text(let text): builder.append(Array(text.utf8).span)
        case .any: builder.appendAny()
        case .pattern(let pattern): builder.append(pattern: Array(pattern.utf8).span)
        case .number: builder.appendNumber()
        }
      }
      if isAbsolute {
        builder.finish(into: &forms.absolute)
      } else {
        builder.finish(into: &forms.given)
      }
    }
    forms.finish(context)
    return forms
  }

  private func sample(_ atoms: [PathAtom], _ random: inout Seeded) -> [PathAtom] {
    var text = ""
    for (index, atom) in atoms.enumerated() {
      var begins = text.isEmpty || text.hasSuffix("/")
      // A run that is empty leaves the beginning of the name to what follows.
      if index > 0, case .any = atoms[index - 1] { begins = true }
      text += atom.sample(&random, beginsName: begins)
    }
    return [.text(text)]
  }

  /// Whether a path is what a shell's patterns give: they never give `.` and `..`.
  private func isGiven(_ atoms: [PathAtom], _ sample: [PathAtom]) -> Bool {
    guard case .text(let text) = sample[0] else { return false }
    let spelled = atoms.contains {
      if case .pattern = $0 { true } else { false }
    }
    if !spelled { return true }
    let names = text.components(separatedBy: "/")
    return !names.contains(".") && !names.contains("..")
  }

  @Test("what is normalised stays as it is")
  func normalisingTwice() {
    var random = Seeded(1)
    var builder = PathBuilder()
    for context in contexts() {
      for _ in 0..<Self.runs {
        var text = ""
        for _ in 0..<random.next() % 7 { text += random.pick(PathAtom.texts + ["~", "~bob"]) }
        var forms = PathForms()
        forms.read(Array(text.utf8).span, context, &builder)
        guard forms.given.isKnown else { continue }
        var again = PathForms()
        again.read(forms.given.text.bytes.span, context, &builder)
        #expect(again.given == forms.given, "\(text)")
        // Only from `/` on it is known that a name is a link.
        if !text.contains("proc") { #expect(again.absolute == forms.absolute, "\(text)") }
        guard forms.absolute.isKnown else { continue }
        again.read(forms.absolute.text.bytes.span, context, &builder)
        #expect(again.absolute == forms.absolute, "\(text)")
      }
    }
  }

  @Test("a path that is taken as it stands is what normalising it gives")
  func normalAsItStands() {
    var random = Seeded(11)
    var builder = PathBuilder()
    let context = PathContext()
    let pieces = ["/", "/", "/a", "/bcdefghij", ".", "..", "/.k", "\u{0}", "proc", "/é", "/..a"]
    for _ in 0..<4_000 {
      var text = "/"
      for _ in 0..<random.next() % 9 { text += random.pick(pieces) }
      let bytes = Array(text.utf8)
      var forms = PathForms()
      forms.read(bytes.span, context, &builder)
      var expected = PathText()
      builder.begin(context)
      builder.append(plain: bytes.span)
      builder.finish(into: &expected)
      #expect(forms.given == expected, "\(text.debugDescription)")
    }
  }

  @Test("a path that may be several is within a place when all are, and outside when none is")
  func unknownParts() {
    var random = Seeded(2)
    var builder = PathBuilder()
    var scratch = PlaceScratch()
    let queries = (places + ["cwd", "project"]).flatMap { place -> [PlaceQuery] in
      let place: PlaceQuery.Place =
        place == "cwd" ? .cwd : place == "project" ? .project : .directory(Array(place.utf8))
      return [PlaceQuery(places: [place]), PlaceQuery(isOutside: true, places: [place])]
    }
    let set = PlaceSet(queries)
    for run in 0..<Self.runs {
      let context = contexts()[run % 5]
      var atoms: [PathAtom] = []
      for _ in 0..<1 + random.next() % 6 { atoms.append(PathAtom.random(&random)) }
      let whole = forms(atoms, context, &builder)
      for _ in 0..<6 {
        let sample = sample(atoms, &random)
        guard isGiven(atoms, sample) else { continue }
        let one = forms(sample, context, &builder)
        for query in queries.indices {
          for isRecursive in [false, true] {
            let truth = set.truth(query, whole, isRecursive: isRecursive, context, &scratch)
            let of = set.truth(query, one, isRecursive: isRecursive, context, &scratch)
            let agrees =
              (truth.all.isUnknown || truth.all == of.all || of.all.isUnknown)
              && (truth.any.isUnknown || truth.any == of.any || of.any.isUnknown)
            #expect(agrees, "\(atoms) \(sample) \(queries[query]) \(truth) \(of)")
          }
        }
      }
    }
  }

  @Test("within is transitive")
  func transitivity() {
    var random = Seeded(3)
    var builder = PathBuilder()
    var scratch = PlaceScratch()
    let context = contexts()[0]
    for _ in 0..<Self.runs {
      let inner = random.pick(places)
      let outer = random.pick(places)
      let path = inner + "/" + random.pick(PathAtom.texts.filter { !$0.contains("proc") })
      func isWithin(_ path: String, _ place: String) -> Bool {
        var forms = PathForms()
        let absolute = path.hasPrefix("/") || path.hasPrefix("~") ? path : "/srv/a/" + path
        forms.read(Array(absolute.utf8).span, context, &builder)
        let set = PlaceSet([PlaceQuery(places: [.directory(Array(place.utf8))])])
        return set.truth(0, forms, isRecursive: false, context, &scratch).all.isTrue
      }
      if isWithin(path, inner), isWithin(inner, outer) {
        #expect(isWithin(path, outer), "\(path) \(inner) \(outer)")
      }
    }
  }

  @Test("the index leaves out only what is false")
  func candidates() throws {
    var random = Seeded(4)
    var builder = PathBuilder()
    var scratch = PlaceScratch()
    var queries: [PlaceQuery] = []
    for place in places { queries.append(PlaceQuery(places: [.directory(Array(place.utf8))])) }
    for _ in 0..<20 {
      queries.append(
        PlaceQuery(
          isOutside: random.chance(3),
          places: [
            .directory(Array(random.pick(places).utf8)), .domain(Array("acme.example".utf8)),
            random.pick([.cwd, .project, .directory(Array(random.pick(places).utf8))]),
          ]))
    }
    let built = PlaceSet(queries)
    var bytes: [UInt8] = []
    built.write(into: &bytes)
    let read = PlaceSet(reading: ImageBytes(bytes), 0..<bytes.count)
    let set = try #require(read)
    #expect(set == built)
    for run in 0..<Self.runs {
      let context = contexts()[run % 5]
      var atoms: [PathAtom] = []
      for _ in 0..<1 + random.next() % 6 { atoms.append(PathAtom.random(&random)) }
      if random.chance(2) { atoms = sample(atoms, &random) }
      let whole = forms(atoms, context, &builder)
      for isRecursive in [false, true] {
        set.candidates(whole, isRecursive: isRecursive, context, &scratch)
        let found = Set(scratch.found.map(Int.init))
        #expect(found.count == scratch.found.count)
        for query in queries.indices where !found.contains(query) {
          let truth = set.truth(query, whole, isRecursive: isRecursive, context, &scratch)
          #expect(truth.any.isFalse, "\(atoms) \(queries[query]) \(isRecursive)")
        }
      }
    }
  }

  @Test("a set whose bytes were changed is refused or works")
  func damagedSets() {
    var random = Seeded(5)
    var bytes: [UInt8] = []
    PlaceSet([
      PlaceQuery(places: [.directory(Array("/etc/x".utf8)), .domain(Array("a.example".utf8))]),
      PlaceQuery(isOutside: true, places: [.project, .directory(Array("~/a".utf8))]),
    ]).write(into: &bytes)
    var builder = PathBuilder()
    var scratch = PlaceScratch()
    let context = contexts()[0]
    for _ in 0..<Self.runs {
      var changed = bytes
      for _ in 0..<1 + random.next() % 3 {
        let place = Int(random.next() % UInt64(changed.count))
        changed[place] =
          UInt8(truncatingIfNeeded: random.next() >> 8) & (random.chance(2) ? 7 : 255)
      }
      if random.chance(5) { changed.removeLast(Int(random.next() % 8)) }
      guard let set = PlaceSet(reading: ImageBytes(changed), 0..<changed.count) else { continue }
      var forms = PathForms()
      forms.read(Array("/etc/x/y".utf8).span, context, &builder)
      set.candidates(forms, isRecursive: true, context, &scratch)
      for query in 0..<set.count {
        _ = set.truth(query, forms, isRecursive: true, context, &scratch)
      }
    }
  }
}
