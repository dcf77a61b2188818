import TractatusSemantics
import TractatusValues

/// Tests of operands and of what effects are done to: sections 10.4.8 and 10.7 of the semantics.
extension NaiveQuestion {
  /// Whether an operand passes.
  func passes(
    _ test: TargetTest, operand word: NaiveWord, of made: NaiveInvocation, isOnly: Bool
  ) -> Truth {
    guard case .place = test.kind else { return text(test, word) }
    let base = command.directory(of: made)
    return path(test, word, base, isThere: false, isRecursive: false, isOnly: isOnly)
  }

  /// Whether an option's argument passes.
  func passes(
    _ test: TargetTest, argument word: NaiveWord, of made: NaiveInvocation, isOnly: Bool
  ) -> Truth {
    guard case .place = test.kind else { return text(test, word) }
    return path(test, word, made.base, isThere: false, isRecursive: false, isOnly: isOnly)
  }

  /// Whether what a variable is set to passes: a home directory in it is as it is spelt.
  func passes(
    _ test: TargetTest, value word: NaiveWord, from base: NaiveStartingPoint, isOnly: Bool
  ) -> Truth {
    guard case .place = test.kind else { return spelt(test, word) }
    return path(test, word, base, isThere: false, isRecursive: false, isOnly: isOnly)
  }

  /// Whether what an effect is done to passes.
  func passes(_ test: TargetTest, _ effect: NaiveEffect, isOnly: Bool) -> Truth {
    switch effect.target {
    case .none, .noPath: return .false
    case .path(let word, let base, let isThere):
      return path(
        test, word, base, isThere: isThere, isRecursive: effect.isRecursive, isOnly: isOnly)
    case .directory(let base):
      return path(
        test, NaiveWord("."), base, isThere: false, isRecursive: true, isOnly: isOnly,
        isGiven: false)
    case .host(let word): return host(test, word)
    case .text(let word):
      if case .place = test.kind { return .false }
      return text(test, word)
    }
  }

  // MARK: Texts

  private func text(_ test: TargetTest, _ word: NaiveWord) -> Truth {
    // A home directory is spelt, or is any directory.
    let truths = [word, word.withoutHome].map { spelt(test, $0) }
    return (ambiguityHolds ? truths.max() : truths.min()) ?? .false
  }

  private func spelt(_ test: TargetTest, _ word: NaiveWord) -> Truth {
    let truth = word.truth(hints(test)) { Truth(holds(test.kind, $0.text)) }
    return test.isNegated ? !truth : truth
  }

  private func holds(_ kind: TargetTest.Kind, _ text: [Unicode.Scalar]) -> Bool {
    switch kind {
    case .equalsText(let texts): texts.contains { Array($0.unicodeScalars) == text }
    case .matches(let patterns): patterns.contains { NaiveText.matches($0, text) }
    case .place: false
    }
  }

  /// What a test compares with: texts that pass it, or nearly. One's home may be any of several.
  private func hints(_ test: TargetTest) -> [[Unicode.Scalar]] {
    let found = named(test)
    return found
      + found.filter { $0.first == "~" }.flatMap { text in
        ["/root", "/home/\u{1}"].map { Array($0.unicodeScalars) + text.dropFirst() }
      }
  }

  private func named(_ test: TargetTest) -> [[Unicode.Scalar]] {
    switch test.kind {
    case .equalsText(let texts): return texts.map { Array($0.unicodeScalars) }
    case .matches(let patterns): return patterns.flatMap { Self.samples($0) }
    case .place(let place):
      return place.places.flatMap { place -> [[Unicode.Scalar]] in
        switch place {
        case .directory(let text), .domain(let text):
          let text = Array(text.unicodeScalars)
          let project = directories.project.flatMap { NaivePath($0).absolute(from: nil) }
          let whole = NaivePath(text).absolute(from: project)?.text ?? text
          return [text, text + ["/", "\u{1}"], whole, whole + ["/", "\u{1}"]]
        case .cwd: return directories.cwd.map { [$0, $0 + ["/", "\u{1}"]] } ?? []
        case .project: return directories.project.map { [$0, $0 + ["/", "\u{1}"]] } ?? []
        }
      } + [directories.project, directories.cwd].compactMap { $0 }
    }
  }

  /// Texts that a pattern matches.
  private static func samples(_ pattern: TextPattern) -> [[Unicode.Scalar]] {
    let text = Array(pattern.text.unicodeScalars)
    switch pattern.kind {
    case .glob, .pathGlob: break
    case .startsWith: return [text, text + ["z"]]
    case .endsWith: return [text, ["z"] + text]
    default: return [text, ["z"] + text, text + ["z"], ["z"] + text + ["z"]]
    }
    var found: [[Unicode.Scalar]] = []
    for filler in ["", "\u{1}", "a", "\u{1}/\u{1}"] {
      var sample: [Unicode.Scalar] = []
      var rest = text[...]
      while let scalar = rest.popFirst() {
        switch scalar {
        case "*":
          while rest.first == "*" { rest.removeFirst() }
          if filler.isEmpty, rest.first == "/" { rest.removeFirst() }
          sample += Array(filler.unicodeScalars)
        case "?": sample.append("a")
        case "[":
          guard let end = rest.dropFirst().firstIndex(of: "]") else { fallthrough }
          let members = rest[..<end].drop { $0 == "!" }
          sample.append(rest.first == "!" ? "\u{1}" : members.first ?? "a")
          rest = rest[(end + 1)...]
        default: sample.append(scalar)
        }
      }
      found.append(sample)
    }
    return found
  }

  // MARK: Hosts

  private func host(_ test: TargetTest, _ word: NaiveWord) -> Truth {
    hostIfKnown(test, word) ?? anyHost(test)
  }

  /// The truth of a test over all hosts.
  private func anyHost(_ test: TargetTest) -> Truth {
    if case .place = test.kind { return .unknown }
    return NaiveWord.unknown.truth(hints(test)) { instance in
      Truth(holds(test.kind, instance.text) != test.isNegated)
    }
  }

  /// The truth of a test of a host; nil where the host cannot be read.
  private func hostIfKnown(_ test: TargetTest, _ word: NaiveWord) -> Truth? {
    var text = word.text
    if text == nil {
      // What lies behind the end of the host does not matter.
      let known = word.beginning
      let isURL = NaiveCommandLine.isURL(word)
      guard isURL, let slashes = Self.firstSlashes(known),
        let end = known[slashes...].firstIndex(where: { ["/", "?", "#"].contains($0) })
      else { return nil }
      text = Array(known[...end])
    }
    guard let text else { return nil }
    let host: NaiveHost
    if NaiveCommandLine.isURL(NaiveWord(text)) {
      guard let url = NaiveURL(text) else { return nil }
      guard let found = url.host else { return .false }
      host = found
    } else {
      var name = Array(text.prefix { $0 != "/" })
      if let at = name.lastIndex(of: "@") { name = Array(name[(at + 1)...]) }
      if name.first != "[", name.filter({ $0 == ":" }).count == 1,
        let colon = name.firstIndex(of: ":")
      {
        name = Array(name[..<colon])
      }
      guard let found = NaiveHost.reading(name) else { return nil }
      host = found
    }
    let passes: Bool
    switch test.kind {
    case .place(let place):
      let isWithin = place.places.contains { place in
        guard case .domain(let text) = place,
          let domain = NaiveHost.reading(Array(text.unicodeScalars))
        else { return false }
        return host.isWithin(domain)
      }
      passes = isWithin != place.isOutside
    case .equalsText, .matches: passes = holds(test.kind, Array(host.text.unicodeScalars))
    }
    return Truth(passes != test.isNegated)
  }

  private static func firstSlashes(_ text: [Unicode.Scalar]) -> Int? {
    for start in text.indices.dropLast() where text[start] == "/" && text[start + 1] == "/" {
      return start + 2
    }
    return nil
  }

  // MARK: Paths

  private func path(
    _ test: TargetTest, _ word: NaiveWord, _ base: NaiveStartingPoint, isThere: Bool,
    isRecursive: Bool,
    isOnly: Bool, isGiven: Bool = true
  ) -> Truth {
    let hints = self.hints(test)
    let truths = base.outcomes.map { base in
      path(
        test, word, base, hints, isThere: isThere, isRecursive: isRecursive, isOnly: isOnly,
        isGiven: isGiven)
    }
    return (ambiguityHolds ? truths.max() : truths.min()) ?? .false
  }

  private func path(
    _ test: TargetTest, _ word: NaiveWord, _ base: NaiveStartingPoint, _ hints: [[Unicode.Scalar]],
    isThere: Bool, isRecursive: Bool, isOnly: Bool, isGiven: Bool
  ) -> Truth {
    let truths = starts(base, hints).map { start in
      path(
        test, word, start, start == nil ? end(of: base) : nil, hints, isThere: isThere,
        isRecursive: isRecursive, isOnly: isOnly, isGiven: isGiven)
    }
    return Set(truths).count == 1 ? truths[0] : .unknown
  }

  private func path(
    _ test: TargetTest, _ word: NaiveWord, _ start: NaivePath?, _ end: NaivePath?,
    _ hints: [[Unicode.Scalar]], isThere: Bool, isRecursive: Bool, isOnly: Bool, isGiven: Bool
  ) -> Truth {
    word.truth(hints) { instance in
      var readings = [NaivePath(instance.text)]
      if instance.text.first == "~", !instance.isHome, word.hasPatternBehindTilde {
        var name = NaivePath(["."])
        for part in instance.text.split(separator: "/") { name.add(Array(part)) }
        readings = [name]
      } else if instance.text.first == "~", !instance.isHome {
        // A tilde that the shell leaves alone is a name as well.
        var name = NaivePath(["."])
        for part in instance.text.split(separator: "/") { name.add(Array(part)) }
        readings.append(name)
      }
      let truths = readings.flatMap { reading -> [Truth] in
        if case .place(let place) = test.kind {
          if !isThere { return lies(reading, start, place, test.isNegated, isRecursive, isOnly) }
          // On another host nothing lies in a place here, unless that host is this one.
          let there = Truth(place.isOutside != test.isNegated)
          if reading.root == .relative, reading.names.first != [".", "."] { return [there] }
          return [there] + lies(reading, nil, place, test.isNegated, isRecursive, isOnly)
        }
        return texts(
          reading, isThere ? nil : start, end, test, named(test), isThere: isThere,
          isGiven: isGiven)
      }
      return (ambiguityHolds ? truths.max() : truths.min()) ?? .false
    }
  }

  /// Directories that one's home may be: none that is known, and those that the paths name.
  func homes(_ paths: [NaivePath?], _ names: [[Unicode.Scalar]]) -> [NaivePath?] {
    var found: [NaivePath?] = [nil]
    found += ["/root", "/home/\u{1}", "/Users/\u{1}"].map { text -> NaivePath? in
      NaivePath(Array(text.unicodeScalars))
    }
    found += (paths + names.map { NaivePath($0) }).map { $0?.possibleHome }
    // A home directory of any name may be it: of those that tests name, too.
    for name in Set(names.flatMap { $0.split(separator: "/").map { Array($0) } })
    where name.first != "." {
      for place in ["/home/", "/Users/"] {
        found.append(NaivePath(Array(place.unicodeScalars) + name))
      }
    }
    return Array(Set(found))
  }

  /// The truth of a test of places for each directory that one's home may be.
  private func lies(
    _ reading: NaivePath, _ start: NaivePath?, _ test: PlaceTest, _ isNegated: Bool,
    _ isRecursive: Bool, _ isOnly: Bool
  ) -> [Truth] {
    let path = reading.absolute(from: start)
    let project = directories.project.flatMap { NaivePath($0).absolute(from: nil) }
    let places = test.places.map { place -> NaivePath? in
      switch place {
      case .cwd: return directory(.start)
      case .project: return project
      case .directory(let text):
        return NaivePath(Array(text.unicodeScalars)).absolute(from: project)
      case .domain: return nil
      }
    }
    let hasUsers = (places + [path]).contains { path in
      if case .home(let user)? = path?.root { !user.isEmpty } else { false }
    }
    return NaiveHome.all(homes(places + [path], []), hasUsers: hasUsers).map { home in
      var isWithin = Truth.false
      var encloses = Truth.false
      for place in places {
        let (within, around) = relation(path, place, home)
        isWithin = isWithin | within
        encloses = encloses | around
      }
      let isOutside = test.isOutside != isNegated
      // What encloses a place reaches what is within it and what is not.
      switch (isOutside, isOnly) {
      case _ where !isRecursive: return isOutside ? !isWithin : isWithin
      case (true, true): return !isWithin & !encloses
      case (true, false): return !isWithin
      case (false, true): return isWithin & !(encloses & !isWithin)
      case (false, false): return isWithin | encloses
      }
    }
  }

  /// Whether a path lies within a place, and whether it encloses it.
  private func relation(
    _ path: NaivePath?, _ place: NaivePath?, _ home: NaiveHome
  ) -> (within: Truth, encloses: Truth) {
    if let place, place.root == .absolute, place.names.isEmpty { return (.true, .false) }
    if let place, case .home = place.root, !place.isLost, home.own == nil, path?.isLost ?? true {
      return (.false, .unknown)
    }
    guard let path, let place, !path.isLost, !place.isLost else {
      let isRoot = path?.root == .absolute && path?.names.isEmpty ?? false
      return (.unknown, isRoot ? .true : .unknown)
    }
    let (one, other) = (path.withHome(home), place.withHome(home))
    let isRoot = one.root == .absolute && one.names.isEmpty
    return (
      Truth(one.below(other) != nil),
      Truth(isRoot || other.below(one).map { !$0.names.isEmpty } ?? false)
    )
  }

  /// The truth of a test of texts for each directory that one's home may be.
  private func texts(
    _ reading: NaivePath, _ start: NaivePath?, _ lead: NaivePath?, _ test: TargetTest,
    _ hints: [[Unicode.Scalar]], isThere: Bool, isGiven: Bool
  ) -> [Truth] {
    let known = directories.project.flatMap { NaivePath($0).absolute(from: nil) }
    let paths = absolutes(reading, start, lead, hints + [known?.text].compactMap { $0 })
    var seen: [[Unicode.Scalar]: Bool] = [:]
    func holds(_ text: [Unicode.Scalar]) -> Bool {
      if let known = seen[text] { return known }
      let truth = self.holds(test.kind, text)
      seen[text] = truth
      return truth
    }
    let hasUsers = ([reading] + paths).contains { path in
      if case .home(let user) = path.root { !user.isEmpty } else { false }
    }
    // Where neither the directory nor the project is known, the form relative to that may be any
    // text with the same end.
    let isOpen = known == nil && !isThere && reading.absolute(from: start) == nil
    let tail = Self.tail(lead?.joined(reading) ?? reading)
    let others = hints.filter { Self.tail(NaivePath($0)).ends(with: tail) }
    let open = Set(isOpen ? others.map { Truth(holds($0) != test.isNegated) } : [])
    let all = NaiveHome.all(homes([reading, known] + paths, hints), hasUsers: hasUsers)
    return all.map { home -> Truth in
      var found = open.count > 1 ? .unknown : open.first
      for absolute in paths {
        for project in isThere ? [nil] : projects(absolute, known) {
          let isLost = reading.root != .relative && reading.isLost
          let isGiven = isGiven && !isLost && !reading.followsCwd
          var forms = isGiven ? [reading.text] : []
          // On another host the form as given is all that is known.
          let others =
            isThere && reading.root == .relative ? [] : [absolute, absolute.withHome(home)]
          for path in others {
            forms.append(path.text)
            if let project, let rest = path.below(project) { forms.append(rest.text) }
          }
          if let own = home.own, var path = absolute.below(own) {
            path.root = .home([])
            forms.append(path.text)
          }
          let truth = Truth(forms.contains { holds($0) } != test.isNegated)
          if (found ?? truth) != truth { return .unknown }
          found = truth
        }
      }
      return found ?? .unknown
    }
  }

  /// The names of a path but for `..` at its start.
  private static func tail(_ path: NaivePath) -> [[Unicode.Scalar]] {
    Array(path.names.drop { $0 == [".", "."] })
  }

  /// What the absolute form may be: some paths with the same end, where nobody knows the directory
  /// that it starts from.
  private func absolutes(
    _ reading: NaivePath, _ start: NaivePath?, _ lead: NaivePath?, _ hints: [[Unicode.Scalar]]
  ) -> [NaivePath] {
    if let path = reading.absolute(from: start), !path.isLost { return [path] }
    var end = reading.absolute(from: start) ?? lead?.joined(reading) ?? reading
    end.root = .relative
    end.names = Array(end.names.drop { $0 == [".", "."] })
    let project = directories.project.flatMap { NaivePath($0).absolute(from: nil) }
    var starts = Self.directories(hints)
    if let project {
      starts += Self.directories(hints).map { start in
        var below = start ?? project
        below.root = .relative
        return project.joined(below)
      }
    }
    return starts.compactMap { end.absolute(from: $0) }
  }

  /// What the project may be: itself, or any directory around the path where it is not known.
  private func projects(_ path: NaivePath, _ known: NaivePath?) -> [NaivePath?] {
    if let known { return [known] }
    var found: [NaivePath?] = [nil]
    for count in 0...path.names.count {
      var around = path
      around.names = Array(path.names.prefix(count))
      found.append(around)
    }
    return found
  }

  /// Some directories, and those around texts.
  private static func directories(_ texts: [[Unicode.Scalar]]) -> [NaivePath?] {
    var found: Set<NaivePath> = [
      NaivePath(["/"]), NaivePath(["/", "\u{1}", "/", "\u{2}"]),
    ]
    for text in texts {
      var path = NaivePath(text)
      if path.root == .relative { path = NaivePath(["/"] + text) }
      found.insert(path)
      while !path.names.isEmpty {
        path.names.removeLast()
        found.insert(path)
      }
    }
    return Array(found)
  }
}

extension [[Unicode.Scalar]] {
  fileprivate func ends(with tail: [[Unicode.Scalar]]) -> Bool {
    suffix(tail.count).elementsEqual(tail)
  }
}

extension NaiveWord {
  /// Whether the name that begins with a tilde is a pattern.
  fileprivate var hasPatternBehindTilde: Bool {
    if case .glob? = pieces.first { return true }
    guard case .known(let text)? = pieces.first, text.first == "~", !text.contains("/"),
      pieces.count > 1, case .glob = pieces[1]
    else { return false }
    return true
  }
}

extension Truth {
  /// The truth negated, or not.
  fileprivate static func ^ (truth: Truth, isNegated: Bool) -> Truth {
    isNegated ? !truth : truth
  }
}
