import TractatusPatterns
import TractatusSemantics

/// Texts of paths that may pass tests of their texts and places.
///
/// A path has several forms, so three shapes are tried in which these are plain: a name in the
/// project, which is the current directory, too; an absolute path that leads into neither the
/// project nor a home; and one below a home. In each the tests are sets of normalised texts, and
/// the shortest text of their intersection is taken, one that is easy to read where there is one.
struct CandidatePaths {
  /// A test, and whether it is to hold.
  struct Wish {
    enum Kind {
      case texts(TextSet)
      case place(PlaceTest)
    }
    var kind: Kind
    var holds: Bool
  }

  /// How a path is written.
  private enum Shape: CaseIterable {
    case inProject, absolute, atHome
  }

  private let texts: CandidateTexts

  init(_ texts: CandidateTexts) { self.texts = texts }

  /// Texts, the likeliest first.
  func texts(for wishes: [Wish]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    func add(_ shape: Shape, _ names: TextSet) {
      var parts = [names]
      for wish in wishes {
        let set: TextSet
        switch wish.kind {
        case .texts(let texts): set = texts
        case .place(let place): set = Self.set(place, shape)
        }
        parts.append(wish.holds ? set : .not(set))
      }
      if let text = texts.shortest(.and(parts)), !result.contains(text) { result.append(text) }
    }
    for shape in Shape.allCases { add(shape, Self.plain(shape)) }
    if result.isEmpty { for shape in Shape.allCases { add(shape, Self.normal(shape)) } }
    return result
  }

  // MARK: Shapes

  private static func plain(_ shape: Shape) -> TextSet {
    let name = "[A-Za-z0-9_@-][A-Za-z0-9._@-]*"
    return switch shape {
    case .inProject: expression("^\(name)(?:/\(name))*$")
    case .absolute: .and([expression("^(?:/\(name))+$"), .not(elsewhere)])
    case .atHome: expression("^~(?:/\(name))+$")
    }
  }

  private static func normal(_ shape: Shape) -> TextSet {
    let name = "(?:[^/.~$\\n][^/\\n]*|\\.[^/.\\n][^/\\n]*|\\.\\.[^/\\n]+)"
    let deep = "(?:/(?:[^/.\\n][^/\\n]*|\\.[^/.\\n][^/\\n]*|\\.\\.[^/\\n]+))"
    return switch shape {
    case .inProject: expression("^\(name)\(deep)*$")
    case .absolute: .and([expression("^\(deep)+$"), .not(elsewhere)])
    case .atHome: expression("^~\(deep)+$")
    }
  }

  /// Absolute paths of which other forms count: in the project, in homes, links to processes'.
  private static let elsewhere = expression("^/(?:project|home|Users|root|proc/self)(?:/|$)")

  private static func set(_ test: PlaceTest, _ shape: Shape) -> TextSet {
    let within = TextSet.or(test.places.map { set($0, shape) })
    return test.isOutside ? .not(within) : within
  }

  private static func set(_ place: Place, _ shape: Shape) -> TextSet {
    switch place {
    case .cwd, .project: return shape == .inProject ? .everything : .not(.everything)
    case .domain: return .not(.everything)
    case .directory(let path):
      if path == "/" { return .everything }
      let isHome = path.hasPrefix("~")
      let isAbsolute = path.hasPrefix("/")
      switch shape {
      case .inProject:
        if isHome { return .not(.everything) }
        if isAbsolute { return path == WitnessBuilder.project ? .everything : .not(.everything) }
        return path == "." ? .everything : below(path)
      case .absolute: return isAbsolute ? below(path) : .not(.everything)
      case .atHome: return isHome ? below(path) : .not(.everything)
      }
    }
  }

  private static func below(_ path: String) -> TextSet {
    expression("^" + PlaceTexts.quoted(path) + "(?:/|$)")
  }

  private static func expression(_ text: String) -> TextSet {
    .language(.pattern(Pattern(.regularExpression, Array(text.utf8))))
  }
}

/// Shortest texts of sets that were asked for, remembered.
final class CandidateTexts {
  /// Most places of a product that are looked at: what is only shown need not be found.
  private static let limit = 6_000

  private var known: [TextSet: LanguageAnswer] = [:]
  let languages = LanguageMemory()

  /// A shortest text; nil where there is none, or it was not found.
  func shortest(_ set: TextSet) -> [UInt8]? {
    let answer: LanguageAnswer
    if let known = known[set] {
      answer = known
    } else {
      answer = set.shortest(limit: Self.limit, memory: languages)
      known[set] = answer
    }
    guard case .text(let bytes) = answer else { return nil }
    return bytes
  }
}
