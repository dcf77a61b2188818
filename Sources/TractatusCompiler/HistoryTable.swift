import TractatusSemantics
import TractatusValues

/// The queries for earlier actions of a policy, each kept once and known by its position.
struct HistoryTable {
  /// What makes a query one of its own.
  struct Entry: Hashable {
    var query: HistoryQuery
    var capacity: Int
    /// The package whose view of programs counts.
    var package: Int?
  }

  /// By position; the current action's side of their keys is left out.
  private(set) var entries: [Entry] = []
  private var places: [Entry: Int] = [:]

  /// The position of a query; the actions that must not have come afterwards are one, too.
  mutating func index(of query: HistoryQuery, capacity: Int, package: Int?) -> Int {
    var query = query
    // Two rules may compare one earlier attribute with different ones of the current action.
    for place in query.keys.indices {
      query.keys[place].current = query.keys[place].earlier
    }
    let entry = Entry(query: query, capacity: capacity, package: package)
    if let known = places[entry] { return known }
    let place = entries.count
    places[entry] = place
    entries.append(entry)
    if let since = query.since { _ = index(ofEnd: since) }
    return place
  }

  /// The position of the query for any action of a type, of which the last is kept.
  mutating func index(ofEnd type: ActionTypeID) -> Int {
    index(
      of: HistoryQuery(
        type: type, condition: .constant(true), keys: [], window: nil, since: nil),
      capacity: 1, package: nil)
  }
}

extension Lowering {
  /// The queries, whose conditions are judged as the earlier actions were.
  mutating func lowerHistories() {
    // INVARIANT: none asks for what came before an earlier action, so none is added on the way.
    for entry in conditions.histories.entries {
      let type = Int(entry.query.type.index)
      conditions.visiblePackage = entry.package
      let formula = conditions.formula([entry.query.condition], type: type)
      conditions.visiblePackage = nil
      let keys = entry.query.keys.compactMap { conditions.attribute($0.earlier, type: type) }
      let since = entry.query.since.map { conditions.histories.index(ofEnd: $0) }
      lowered.histories.append(
        LoweredHistory(
          type: type, formula: formula, keys: keys, window: entry.query.window, since: since,
          capacity: entry.capacity))
    }
  }

  /// Names the queries by digests of what they ask for, whatever else the policy says.
  mutating func nameHistories() {
    let text = ConditionText(lowered)
    var names: Set<String> = []
    for index in lowered.histories.indices {
      let normal = text.normalForm(of: lowered.histories[index])
      let digest = String(SHA256.hexDigest(Array(normal.utf8).span).prefix(32))
      var (name, number) = (digest, 1)
      // Only what the text leaves out, such as what fails closed inside a quantifier, differs.
      while !names.insert(name).inserted {
        number += 1
        name = "\(digest)-\(number)"
      }
      lowered.histories[index].name = name
    }
  }
}

extension ConditionText {
  /// A query in a form that does not depend on the order in which it was written.
  fileprivate func normalForm(of history: LoweredHistory) -> String {
    var rows: [String] = []
    for row in history.formula.rows {
      let literals = row.literals.map { literal($0) + "\u{1}" + failsClosed(literal: $0) }
      rows.append(literals.sorted().joined("\u{2}"))
    }
    var lines = ["1", policy.checked.actionTypes[history.type].name.text, "\(history.capacity)"]
    lines.append(rows.sorted().joined("\u{3}"))
    lines += history.keys.map { attribute($0) + " " + Self.form(of: policy.attributes[$0].type) }
    if let window = history.window { lines.append("within \(window.unit) \(window.amount)") }
    if let since = history.since {
      lines.append("since " + policy.checked.actionTypes[policy.histories[since].type].name.text)
    }
    return lines.joined("\n")
  }

  /// What of a test its text does not say.
  private func failsClosed(literal: LoweredLiteral) -> String {
    switch policy.tests[literal.test] {
    case .forms(_, _, let holds): holds ? "" : "!"
    case .place(_, let test): test.ambiguityHolds ? "" : "!"
    case .command(_, let test): (test.ambiguityHolds ? "" : "!") + "\(test.package ?? -1)"
    default: ""
    }
  }

  /// What a value is kept as: the words of an enumeration are kept as their places.
  private static func form(of type: ValueType) -> String {
    if case .enumeration(let words) = type { return words.values.joined(separator: " ") }
    return type.isText ? "text" : "number"
  }
}
