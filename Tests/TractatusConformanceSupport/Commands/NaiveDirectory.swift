import TractatusValues

/// The directories from which paths start: section 10.3.6 of the semantics.
extension NaiveQuestion {
  /// What a directory may be from which paths start: of one of which not all is known all that the
  /// word may become.
  func starts(
    _ base: NaiveStartingPoint, _ hints: [[Unicode.Scalar]]
  ) -> [NaivePath?] {
    guard case .below(let word, let outer) = base, spelled(word) == nil else {
      return [directory(base)]
    }
    return starts(outer, hints).flatMap { start in
      word.instances(hints).map { instance in
        let isName = instance.text.first == "~" && !instance.isHome
        return NaivePath((isName ? [".", "/"] : []) + instance.text).absolute(from: start)
      }
    }
  }

  /// A directory from which paths start; nil when it is not known.
  func directory(_ base: NaiveStartingPoint) -> NaivePath? {
    switch base {
    case .unknown, .perhaps: return nil
    case .start: return directories.cwd.flatMap { NaivePath($0).absolute(from: nil) }
    case .below(let word, let outer): return spelled(word)?.absolute(from: directory(outer))
    }
  }

  /// How a directory ends of which it is not known where it starts; nil where that is not known
  /// either.
  func end(of base: NaiveStartingPoint) -> NaivePath? {
    guard case .below(let word, let outer) = base, let path = spelled(word), path.root == .relative
    else { return nil }
    return end(of: outer)?.joined(path) ?? path
  }

  /// The path that a word is in a change of the directory; nil when not all is known.
  func spelled(_ word: NaiveWord) -> NaivePath? {
    var text: [Unicode.Scalar] = []
    for piece in word.pieces {
      switch piece {
      case .known(let known):
        // A tilde that the shell leaves alone is a name of a directory here.
        if text.isEmpty, known.first == "~" { text += [".", "/"] }
        text += known
      case .home(let user): text += ["~"] + user
      default: return nil
      }
    }
    return NaivePath(text)
  }
}
