import TractatusSemantics
import TractatusValues

/// A path taken apart: where it starts, and the names below that, as section 10.7 of the semantics
/// normalises it.
struct NaivePath: Hashable {
  /// Where the names start.
  enum Root: Hashable {
    case relative, absolute
    /// A home directory, of oneself (empty) or of a user.
    case home([Unicode.Scalar])
  }
  var root: Root
  /// `..` stands only at the front, and not below `/`.
  var names: [[Unicode.Scalar]] = []
  /// Whether it led through `/proc/self/cwd`, so that it is one below `cwd` and no relative one.
  var followsCwd = false

  /// Reads a path as it is given.
  init(_ text: [Unicode.Scalar]) {
    let home = Array("$HOME".unicodeScalars)
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Array($0) }
    if text.first == "/" {
      root = .absolute
    } else if parts[0].first == "~" {
      root = .home(Array(parts.removeFirst().dropFirst()))
    } else if parts[0] == home {
      parts.removeFirst()
      root = .home([])
    } else {
      root = .relative
    }
    for part in parts { add(part) }
  }

  /// Goes on by one name.
  mutating func add(_ name: [Unicode.Scalar]) {
    if name.isEmpty || name == ["."] { return }
    if name == [".", "."] {
      if let last = names.last, last != [".", "."] {
        names.removeLast()
      } else if root != .absolute {
        names.append(name)
      }
      return
    }
    names.append(name)
    guard root == .absolute else { return }
    let spelled = names.map { NaiveText.string($0) }
    if spelled == ["proc", "self", "root"] { names = [] }
    if spelled == ["proc", "self", "cwd"] { (root, names, followsCwd) = (.relative, [], true) }
  }

  /// The path with a relative one below it; nil where that leaves a home directory.
  func joined(_ other: NaivePath) -> NaivePath {
    guard other.root == .relative else { return other }
    var path = self
    for name in other.names { path.add(name) }
    return path
  }

  /// The path in its absolute form; nil where there is none.
  func absolute(from directory: NaivePath?) -> NaivePath? {
    let path = root == .relative ? directory?.joined(self) : self
    return path?.root == .relative ? nil : path
  }

  /// Whether it leaves a home directory of which nobody knows where it lies.
  var isLost: Bool { names.first == [".", "."] }

  /// The path as a text, as given; nil where it leads nobody knows where.
  var form: [Unicode.Scalar]? {
    if root == .relative { return followsCwd ? nil : text }
    return isLost ? nil : text
  }

  /// The path as a text.
  var text: [Unicode.Scalar] {
    var text: [Unicode.Scalar]
    switch root {
    case .relative:
      guard let first = names.first else { return ["."] }
      // A name is no home directory.
      let lead: [Unicode.Scalar] = first.first == "~" || first.first == "$" ? [".", "/"] : []
      return lead + Array(names.joined(separator: ["/"]))
    case .absolute:
      if names.isEmpty { return ["/"] }
      text = []
    case .home(let user): text = ["~"] + user
    }
    for name in names { text += ["/"] + name }
    return text
  }

  /// What lies between a directory and this path below it; nil where it does not.
  func below(_ directory: NaivePath) -> NaivePath? {
    guard !isLost, !directory.isLost, root == directory.root, names.starts(with: directory.names)
    else { return nil }
    var rest = self
    rest.root = .relative
    rest.names = Array(names.dropFirst(directory.names.count))
    return rest
  }

  /// The path where home directories are known.
  func withHome(_ home: NaiveHome) -> NaivePath {
    guard case .home(let user) = root else { return self }
    var path = self
    if user.isEmpty {
      guard let own = home.own else { return self }
      path = own
    } else {
      switch home.users {
      case .apart: return self
      case .own: path = NaivePath(["~"])
      case .folder(let folder): path = NaivePath(Array("/\(folder)/".unicodeScalars) + user)
      case .root:
        guard user == Array("root".unicodeScalars) else { return self }
        path = NaivePath(Array("/root".unicodeScalars))
      }
    }
    for name in names { path.add(name) }
    return path
  }

  /// The home directory that this path lies in or is, if it is one of those that may be one's own.
  var possibleHome: NaivePath? {
    guard root == .absolute, let first = names.first else { return nil }
    var home = self
    if first == Array("root".unicodeScalars) {
      home.names = [first]
      return home
    }
    guard names.count > 1, ["home", "Users"].contains(NaiveText.string(first)) else { return nil }
    home.names = Array(names.prefix(2))
    return home
  }
}

/// What home directories may be: section 10.7.1 of the semantics.
struct NaiveHome {
  /// Those of users: nobody knows, one's own, `/home/user` and its like, and root's.
  enum Users {
    case apart, own
    case folder(String)
    case root
  }
  /// One's own; nil for one that is no directory with a name.
  var own: NaivePath?
  var users = Users.apart

  /// Every possibility for some directories that one's own may be.
  static func all(_ homes: [NaivePath?], hasUsers: Bool) -> [NaiveHome] {
    let users: [Users] = hasUsers ? [.own, .folder("home"), .folder("Users"), .root] : []
    return homes.map { NaiveHome(own: $0) } + users.map { NaiveHome(users: $0) }
  }
}

/// Where paths start from: what the action says of them.
struct NaiveDirectories {
  var cwd: [Unicode.Scalar]?
  var project: [Unicode.Scalar]?

  private var cwdPath: NaivePath? { cwd.flatMap(Self.known) }
  private var projectPath: NaivePath? { project.flatMap(Self.known) }

  /// A directory that paths start from; nil where it is not known.
  private static func known(_ text: [Unicode.Scalar]) -> NaivePath? {
    let path = NaivePath(text)
    return path.root == .absolute || path.root == .home([]) ? path : nil
  }

  /// Every form of a path as a text.
  func forms(of text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    let path = NaivePath(text)
    var forms = [path.form].compactMap { $0 }
    guard let absolute = path.absolute(from: cwdPath), let whole = absolute.form else {
      return forms
    }
    forms.append(whole)
    if let projectPath, let rest = absolute.below(projectPath) { forms.append(rest.text) }
    return forms
  }

  /// Whether a path passes the test of places, for each of the directories that one's home may
  /// be.
  func lies(_ text: [Unicode.Scalar], _ test: PlaceTest) -> [Truth] {
    let path = NaivePath(text).absolute(from: cwdPath)
    let places = test.places.map { place -> NaivePath? in
      switch place {
      case .cwd: return cwdPath?.absolute(from: nil)
      case .project: return projectPath
      case .directory(let text):
        return NaivePath(Array(text.unicodeScalars)).absolute(from: projectPath)
      case .domain: return nil
      }
    }
    var homes: [NaivePath?] = [nil]
    let candidates = ["/root", "/home/\u{1}", "/Users/\u{1}"].map { text -> NaivePath? in
      NaivePath(Array(text.unicodeScalars))
    }
    homes += candidates + (places + [path]).compactMap { $0 }.map { $0.possibleHome }
    return NaiveHome.all(homes, hasUsers: true).map { home in
      var isWithin = Truth.false
      for place in places {
        if let place, place.root == .absolute, place.names.isEmpty {
          isWithin = .true
          continue
        }
        // A directory that is not known is none below one's home for certain.
        if let place, case .home = place.root, !place.isLost, home.own == nil,
          path?.isLost ?? true
        {
          continue
        }
        guard let path, let place, !path.isLost, !place.isLost else {
          isWithin = isWithin | .unknown
          continue
        }
        isWithin =
          isWithin
          | Truth(
            path.withHome(home).below(place.withHome(home)) != nil)
      }
      return test.isOutside ? !isWithin : isWithin
    }
  }
}
