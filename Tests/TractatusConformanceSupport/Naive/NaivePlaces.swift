import TractatusSemantics
import TractatusValues

/// Tests of paths, hosts and URLs.
extension NaiveScope {
  /// Where paths start from.
  var directories: NaiveDirectories {
    var directories = NaiveDirectories()
    if case .text(let text)? = surroundings.places["cwd"] { directories.cwd = text }
    if case .text(let text)? = surroundings.places["project"] { directories.project = text }
    return directories
  }

  /// A part of a parameter that is a URL.
  func part(_ name: String, of text: [Unicode.Scalar], _ parameter: String) -> NaiveState {
    guard let url = NaiveURL(text) else {
      return .unknown([NaiveCause.unread(.parameter(parameter, fields: []))])
    }
    switch name {
    case "scheme": return .known(.text(Array(url.scheme.unicodeScalars)))
    case "host": return url.host.map { .known(.text(Array($0.text.unicodeScalars))) } ?? .absent
    default:
      guard let port = url.port else { return .absent }
      return .known(.number(Decimal(clamping: port)))
    }
  }

  /// What a test says of a value that has forms; nil where it has none.
  func structured(_ test: Test, _ value: NaiveValue) -> NaiveTruth? {
    switch (test.operand.type, value) {
    case (.path, .text(let text)): return path(test, text)
    case (.host, .text(let text)):
      return NaiveTruth(host(test.predicate, text), unread: test.operand.reference)
    case (.url, .text(let text)):
      guard case .place(let place) = test.predicate else { return nil }
      let truth =
        NaiveURL(text).map { url in
          url.host.map { Self.lies($0, place) } ?? Truth(place.isOutside)
        } ?? .unknown
      return NaiveTruth(truth, unread: test.operand.reference)
    default: return nil
    }
  }

  /// What a test of two attributes says of their values.
  func compared(_ test: Test, _ value: NaiveValue, _ other: NaiveValue) -> NaiveTruth {
    NaiveTruth(Truth(holds(test.predicate, value, other)))
  }

  // MARK: Paths

  private func path(_ test: Test, _ text: [Unicode.Scalar]) -> NaiveTruth {
    var truths: [Truth] = []
    var given = [text]
    if case .parameter(let name, let fields) = test.operand.reference, fields.isEmpty,
      let more = resolved[name]
    {
      given.append(more)
    }
    for text in given {
      if case .place(let place) = test.predicate {
        truths += directories.lies(text, place)
      } else {
        truths.append(
          Truth(directories.forms(of: text).contains { holds(test.predicate, .text($0)) }))
      }
    }
    // Where forms disagree, the test is true where truth restricts and false where it loosens.
    let truth = (test.ambiguityHolds ? truths.max() : truths.min()) ?? .false
    guard truth == .unknown, case .place(let place) = test.predicate else {
      return NaiveTruth(truth)
    }
    var causes: [String] = []
    if directories.cwd == nil { causes.append(NaiveCause.input("cwd")) }
    if directories.project == nil, place.places.contains(where: \.isOfProject) {
      causes.append(NaiveCause.input("project"))
    }
    if causes.isEmpty { causes.append(NaiveCause.unread(test.operand.reference)) }
    return NaiveTruth(.unknown, causes)
  }

  // MARK: Hosts

  private func host(_ predicate: Predicate, _ text: [Unicode.Scalar]) -> Truth {
    guard let host = NaiveHost.reading(text) else { return .unknown }
    if case .place(let place) = predicate { return Self.lies(host, place) }
    return Truth(holds(predicate, .text(Array(host.text.unicodeScalars))))
  }

  private static func lies(_ host: NaiveHost, _ test: PlaceTest) -> Truth {
    let isWithin = test.places.contains { place in
      guard case .domain(let text) = place,
        let domain = NaiveHost.reading(Array(text.unicodeScalars))
      else { return false }
      return host.isWithin(domain)
    }
    return Truth(isWithin != test.isOutside)
  }
}

extension NaiveTruth {
  /// A truth that is unknown only because something cannot be read.
  fileprivate init(_ truth: Truth, unread reference: Reference) {
    self.init(truth, truth == .unknown ? [NaiveCause.unread(reference)] : [])
  }
}

extension Place {
  /// Whether a place is found only by the project.
  var isOfProject: Bool {
    switch self {
    case .project: true
    case .directory(let text): !text.hasPrefix("/") && !text.hasPrefix("~")
    case .cwd, .domain: false
    }
  }
}
