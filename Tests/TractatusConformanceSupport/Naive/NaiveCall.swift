import TractatusSemantics
import TractatusValues

/// A call as one of its types.
struct NaiveTypedCall {
  /// The place in `CheckedPolicy.actionTypes`.
  let type: Int
  /// Whether `action` or `tool` gives the type.
  let isDirect: Bool
  /// The truth that the call is of the type; never false.
  var membership: NaiveTruth
  /// The parameters before extraction: what the call carries.
  var carried: [String: NaiveState] = [:]
  /// Required parameters that no source yields.
  var notYielded: Set<String> = []
  /// The parameters with what extraction filled.
  var parameters: [String: NaiveState] = [:]
  /// Where in the call's own parameters a value was read, by parameter.
  var places: [String: [[String]]] = [:]
  /// Parameters whose values are those of corrections.
  var corrected: Set<String> = []
  /// The types that brought this one.
  var sources: [Int] = []
}

/// A call: its document, what surrounds it, and what it is judged as.
struct NaiveCall {
  let policy: CheckedPolicy
  let document: JSONText
  private(set) var scope: NaiveScope
  /// In the order of `CheckedPolicy.actionTypes`.
  private(set) var types: [NaiveTypedCall] = []
  /// Packages whose sealed rules on `unmapped` judge the call too.
  private(set) var alsoUnmapped: Set<PackageID> = []
  /// The packages that wrote the `from action` mappings that brought a type for certain.
  private var bringingPackages: Set<PackageID> = []

  /// A way in which a call has a type directly.
  private struct Mapping {
    var type: Int
    /// `nil` for `action`, which every package is taken to have written.
    var package: PackageID?
    var fields: [(parameter: String, path: [String])]
  }

  /// Reads a document.
  ///
  /// `corrected` are the places in the call's parameters where corrections put values.
  ///
  /// - Throws: `NaiveMismatch` for every input error.
  init(
    _ document: JSONText, _ policy: CheckedPolicy, corrected: [[String]] = [],
    after earlier: [NaiveEarlier]? = nil
  ) throws {
    guard case .object = document else { throw NaiveMismatch(message: "no object") }
    self.policy = policy
    self.document = document
    scope = NaiveScope(policy: policy, surroundings: try NaiveSurroundings(document, policy))
    scope.earlier = earlier
    if let parameters = document.given("parameters") {
      guard case .object = parameters else { throw NaiveMismatch(message: "parameters") }
    }
    guard ["action", "tool", "result", "event"].contains(where: { document.given($0) != nil })
    else {
      throw NaiveMismatch(message: "neither an action nor a tool")
    }
    try scope.measureThresholds()
    let mappings = try matchingMappings()
    for type in Set(mappings.map(\.type)).sorted() {
      types.append(try direct(type, mappings.filter { $0.type == type }))
      try refuseExcess(type, mappings)
    }
    for index in types.indices {
      for (name, places) in types[index].places
      where places.contains(where: { place in corrected.contains { $0.starts(with: place) } }) {
        types[index].corrected.insert(name)
      }
    }
    bringTypes()
    types.sort { $0.type < $1.type }
    // Nobody need map what has happened already.
    if ["result", "event"].contains(where: { document.given($0) != nil }) { return }
    if types.isEmpty {
      guard let unmapped = policy.actionTypes.firstIndex(where: { $0.package == nil }) else {
        throw NaiveMismatch(message: "no unmapped type")
      }
      types = [
        NaiveTypedCall(type: unmapped, isDirect: true, membership: NaiveTruth(.true))
      ]
    } else {
      alsoUnmapped = packagesWithoutMapping(mappings)
    }
  }

  /// The place of conditions judged as a type.
  func scope(as call: NaiveTypedCall) -> NaiveScope {
    var scope = scope
    scope.type = policy.actionTypes[call.type].name.text
    scope.parameters = call.parameters
    for (name, _) in call.parameters where !call.corrected.contains(name) {
      guard case .string(let text)? = document.given("resolved")?.given(name) else { continue }
      scope.resolved[name] = text
    }
    return scope
  }

  /// The place of conditions judged as the `unmapped` type, which has no parameters.
  var unmappedScope: NaiveScope {
    var scope = scope
    scope.type = "unmapped"
    return scope
  }

  // MARK: Types that the call has directly

  private func matchingMappings() throws -> [Mapping] {
    var mappings: [Mapping] = []
    if let action = document.given("action") {
      mappings.append(Mapping(type: try named(action), package: nil, fields: []))
    }
    for (occasion, name) in [(MappedOccasion.call, "tool"), (.result, "result"), (.event, "event")]
    {
      guard let named = document.given(name) else { continue }
      guard case .string(let tool) = named else { throw NaiveMismatch(message: name) }
      for mapping in policy.toolMappings
      where mapping.occasion == occasion
        && mapping.tools.contains(where: { Self.covers(Array($0.unicodeScalars)[...], tool[...]) })
      {
        mappings.append(
          Mapping(
            type: Int(mapping.type.index), package: mapping.package, fields: mapping.fields))
      }
    }
    return mappings
  }

  private func named(_ action: JSONText) throws -> Int {
    guard case .string(let scalars) = action else { throw NaiveMismatch(message: "action") }
    let found = policy.actionTypes.indices.filter { index in
      let type = policy.actionTypes[index]
      guard type.package != nil else { return false }
      return Array(type.name.text.unicodeScalars) == scalars
        || Array(type.name.name.unicodeScalars) == scalars
    }
    guard found.count == 1 else { throw NaiveMismatch(message: "unknown or ambiguous type") }
    return found[0]
  }

  /// Whether a tool's whole name is covered; `*` is any run.
  private static func covers(
    _ pattern: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == "*" {
      return (name.startIndex...name.endIndex).contains {
        covers(pattern.dropFirst(), name[$0...])
      }
    }
    return name.first == first && covers(pattern.dropFirst(), name.dropFirst())
  }

  private func field(at path: [String]) -> JSONText? {
    var value = document.given("parameters")
    for name in path { value = value?.given(name) }
    return value
  }

  /// What a path that meets a list leads to in its elements; nil where it meets none.
  private func elements(at path: [String]) -> [JSONText]? {
    func below(_ value: JSONText?, _ names: ArraySlice<String>) -> [JSONText] {
      guard let name = names.first else { return [value].compactMap { $0 } }
      guard case .array(let elements)? = value else {
        return below(value?.given(name), names.dropFirst())
      }
      return elements.flatMap { below($0, names) }
    }
    var value = document.given("parameters")
    for (index, name) in path.enumerated() {
      if index > 0, case .array? = value { return below(value, path[index...]) }
      value = value?.given(name)
    }
    return nil
  }

  /// The values that the elements of a list come to: plain texts one text together.
  private static func inElements(_ found: [JSONText], _ type: ValueType) throws -> [NaiveValue] {
    guard case .text = type, found.count > 1 else {
      return try found.map { try type.converted($0) }
    }
    var joined: [Unicode.Scalar] = []
    for (index, element) in found.enumerated() {
      guard case .string(let text) = element else { throw NaiveMismatch(message: "no text") }
      joined += (index > 0 ? ["\n"] : []) + text
    }
    return [try type.converted(.string(joined))]
  }

  /// A call that has a type directly.
  private func direct(_ type: Int, _ matching: [Mapping]) throws -> NaiveTypedCall {
    // Naming the type, or a mapping of its own package, shuts out those of other packages.
    let home = policy.actionTypes[type].package
    let own = matching.filter { $0.package == nil || $0.package == home }
    let mappings = own.isEmpty ? matching : own
    var call = NaiveTypedCall(type: type, isDirect: true, membership: NaiveTruth(.true))
    for parameter in policy.actionTypes[type].parameters {
      var values: [NaiveValue] = []
      for mapping in mappings {
        let path = mapping.fields.first { $0.parameter == parameter.name }?.path
        let place = path ?? [parameter.name]
        if let found = elements(at: place) {
          values += try Self.inElements(found, parameter.type)
          continue
        }
        guard let input = field(at: place) else { continue }
        values.append(try parameter.type.converted(input))
        if call.places[parameter.name]?.contains(place) != true {
          call.places[parameter.name, default: []].append(place)
        }
      }
      call.carried[parameter.name] = Self.merged(values.map { .known($0) }, parameter.name)
    }
    call.parameters = extracted(call)
    for parameter in policy.actionTypes[type].parameters
    where !parameter.isOptional && call.parameters[parameter.name] == .absent {
      throw NaiveMismatch(message: "parameter \(parameter.name) is missing")
    }
    return call
  }

  /// What several yields come to: none absent, equal ones their value, others unknown.
  private static func merged(_ yields: [NaiveState], _ name: String) -> NaiveState {
    guard let first = yields.first else { return .absent }
    for yield in yields { if case .unknown = yield { return yield } }
    return yields.allSatisfy { $0 == first } ? first : .unknown([NaiveCause.mappings(name)])
  }

  /// A closed type refuses what none of its parameters and no matching mapping reads.
  private func refuseExcess(_ type: Int, _ mappings: [Mapping]) throws {
    guard policy.actionTypes[type].isClosed,
      case .object(let members)? = document.given("parameters")
    else { return }
    var read = Set(policy.actionTypes[type].parameters.map(\.name))
    let isByName = ["tool", "result", "event"].contains { document.given($0) != nil }
    for mapping in mappings where mapping.type == type || isByName {
      for parameter in policy.actionTypes[mapping.type].parameters {
        let path = mapping.fields.first { $0.parameter == parameter.name }?.path
        read.insert(path?.first ?? parameter.name)
      }
    }
    for member in members where !read.contains(NaiveText.string(member.key)) {
      if case .null = member.value { continue }
      throw NaiveMismatch(message: "an excess field")
    }
  }

  // MARK: Types that others bring

  /// Adds types by `from action` until nothing changes; mappings have no cycles.
  private mutating func bringTypes() {
    let direct = Set(types.map(\.type))
    var pending = Set(policy.actionMappings.map { Int($0.type.index) }).subtracting(direct)
    while !pending.isEmpty {
      // A type can be settled when none of its sources is still to be settled.
      guard
        let type = pending.sorted().first(where: { type in
          policy.actionMappings.allSatisfy {
            Int($0.type.index) != type || !pending.contains(Int($0.source.index))
          }
        })
      else { return }
      pending.remove(type)
      bring(type)
    }
  }

  private mutating func bring(_ type: Int) {
    var call = NaiveTypedCall(type: type, isDirect: false, membership: NaiveTruth(.false))
    for mapping in policy.actionMappings where Int(mapping.type.index) == type {
      guard let source = types.first(where: { $0.type == Int(mapping.source.index) }) else {
        continue
      }
      // As the package that wrote the mapping sees programs.
      let judged =
        source.membership & scope(as: source).seen(by: mapping.package).judge(mapping.condition)
      call.membership = call.membership | judged
      if judged.truth == .true { bringingPackages.insert(mapping.package) }
      if judged.truth != .false, !call.sources.contains(source.type) {
        call.sources.append(source.type)
      }
    }
    guard call.membership.truth != .false else { return }
    for parameter in policy.actionTypes[type].parameters {
      var yields: [NaiveState] = []
      for source in types where call.sources.contains(source.type) {
        guard
          let same = policy.actionTypes[source.type].parameters.first(where: {
            $0.name == parameter.name && $0.type == parameter.type
          }), !source.notYielded.contains(same.name),
          let state = source.carried[same.name], state != .absent
        else { continue }
        yields.append(state)
        if source.corrected.contains(same.name) { call.corrected.insert(parameter.name) }
      }
      call.carried[parameter.name] = Self.merged(yields, parameter.name)
      if yields.isEmpty, !parameter.isOptional {
        call.carried[parameter.name] = .unknown([NaiveCause.notYielded(parameter.name)])
        call.notYielded.insert(parameter.name)
      }
    }
    call.parameters = extracted(call)
    types.append(call)
  }

  // MARK: Extraction

  /// The parameters with those filled that an extraction finds.
  private func extracted(_ call: NaiveTypedCall) -> [String: NaiveState] {
    var states = call.carried
    let type = policy.actionTypes[call.type]
    for parameter in type.parameters
    where call.carried[parameter.name] == .absent || call.notYielded.contains(parameter.name) {
      var found: [NaiveValue] = []
      var isUnfit = false
      var causes: [String] = []
      for extraction in type.extractions where extraction.parameter == parameter.name {
        for source in sources(of: extraction, call) {
          switch source {
          case .absent: break
          case .unknown(let more): causes += more
          case .known(.text(let text)):
            guard let groups = groups(extraction.search, text, call.type) else {
              isUnfit = true
              continue
            }
            let all =
              extraction.isJoined && !groups.isEmpty
              ? [Array(groups.joined(separator: ["\n"]))] : groups
            for group in all {
              if let value = try? parameter.type.converted(.string(group)) {
                if !found.contains(value) { found.append(value) }
              } else {
                isUnfit = true
              }
            }
          case .known: isUnfit = true
          }
        }
      }
      if let first = causes.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        states[parameter.name] = .unknown([first])
      } else if isUnfit || found.count > 1 {
        states[parameter.name] = .unknown([NaiveCause.extractions(parameter.name)])
      } else if let value = found.first {
        states[parameter.name] = .known(value)
      }
    }
    return states
  }

  /// What an extraction finds in a text; nil where it cannot be known.
  private func groups(
    _ search: Extraction.Search, _ text: [Unicode.Scalar], _ type: Int
  ) -> [[Unicode.Scalar]]? {
    switch search {
    case .options(let options):
      let unseen = policy.unseen(readingAs: ActionTypeID(type))
      return scope.lines.line(text, policy).arguments(of: options, unseen: unseen)
    case .matching(let pattern):
      let expression = NaiveExpression.cached(
        pattern.text, ignoresCase: pattern.ignoresCase, dotIsAll: pattern.dotMatchesNewline)
      return expression.firstGroups(in: text)
    }
  }

  /// What an extraction searches: of the type itself, else of those that bring it.
  private func sources(of extraction: Extraction, _ call: NaiveTypedCall) -> [NaiveState] {
    guard case .parameter(let name, _) = extraction.source else {
      return [scope.surroundings.state(of: extraction.source, type: .text) ?? .absent]
    }
    if let own = call.carried[name] { return [own] }
    return types.filter { call.sources.contains($0.type) }.compactMap { $0.carried[name] }
  }

  // MARK: Unmapped

  /// The packages for which only mappings written outside them, and outside the packages that
  /// they use, take the call.
  private func packagesWithoutMapping(_ mappings: [Mapping]) -> Set<PackageID> {
    var outside: Set<PackageID> = []
    for index in policy.packages.indices {
      let near = Set([PackageID(index)] + policy.packages[index].uses)
      let isKnown =
        mappings.contains { $0.package.map(near.contains) ?? true }
        || !near.isDisjoint(with: bringingPackages)
      if !isKnown { outside.insert(PackageID(index)) }
    }
    return outside
  }
}
