import TractatusValues

/// Source text in parts that can be dropped or put in another order.
///
/// The generator makes policies of it, the order law shuffles them, and a mismatch is made small by
/// dropping parts while it persists.
package indirect enum SourceTree: Sendable {
  /// Text as it stands.
  case text(String)
  /// Parts that belong together, in this order.
  case parts([SourceTree])
  /// A list of which members can be dropped.
  case list([SourceTree], separator: String, order: Order, least: Int)

  /// Whether the order of a list's members means something.
  package enum Order: Sendable {
    case fixed
    /// Free, and outside the text of any clause.
    case free
    /// Free, but inside the text of a clause, by which a report is sorted.
    case freeInClause
  }

  /// The text.
  package var text: String {
    switch self {
    case .text(let text): text
    case .parts(let parts): parts.map(\.text).joined()
    case .list(let members, let separator, _, _):
      members.map(\.text).joined(separator: separator)
    }
  }

  /// The same with every list whose order is free in another order.
  package func shuffled(
    _ random: inout SplitMix64, clausesToo: Bool
  ) -> SourceTree {
    switch self {
    case .text: return self
    case .parts(let parts):
      return .parts(parts.map { $0.shuffled(&random, clausesToo: clausesToo) })
    case .list(var members, let separator, let order, let least):
      members = members.map { $0.shuffled(&random, clausesToo: clausesToo) }
      if order == .free || (order == .freeInClause && clausesToo) {
        members.shuffle(using: &random)
      }
      return .list(members, separator: separator, order: order, least: least)
    }
  }

  /// Every tree that lacks one member of one list, larger parts first.
  package var smaller: [SourceTree] {
    switch self {
    case .text: return []
    case .parts(let parts):
      return parts.indices.flatMap { index in
        parts[index].smaller.map { part in
          var parts = parts
          parts[index] = part
          return .parts(parts)
        }
      }
    case .list(let members, let separator, let order, let least):
      var found: [SourceTree] = []
      if members.count > least {
        if members.count >= 4, members.count - members.count / 2 >= least {
          let half = members.count / 2
          found.append(
            .list(Array(members[half...]), separator: separator, order: order, least: least))
          found.append(
            .list(
              Array(members[..<(members.count - half)]), separator: separator, order: order,
              least: least))
        }
        for index in members.indices {
          var rest = members
          rest.remove(at: index)
          found.append(.list(rest, separator: separator, order: order, least: least))
        }
      }
      for index in members.indices {
        for member in members[index].smaller {
          var members = members
          members[index] = member
          found.append(.list(members, separator: separator, order: order, least: least))
        }
      }
      return found
    }
  }
}

extension SourceTree: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self = .text(value) }

  /// Declarations or clauses, one a line.
  static func lines(_ members: [SourceTree], order: Order = .free, least: Int = 0) -> SourceTree {
    .list(members, separator: "\n", order: order, least: least)
  }

  /// Members between commas.
  static func commas(
    _ members: [SourceTree], order: Order = .free, least: Int = 1
  ) -> SourceTree {
    .list(members, separator: ", ", order: order, least: least)
  }
}
