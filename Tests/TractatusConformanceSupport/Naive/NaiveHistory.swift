import TractatusSemantics
import TractatusValues

/// An action that came before, as it was judged then.
package struct NaiveEarlier {
  let call: NaiveCall
  /// Whether it went ahead for certain.
  package var isCertain = true
  /// When it was, figure by figure: no earlier than what came before it.
  let moment: [String: Int128]
  /// The last figures that are known by then.
  private let latest: [String: Int128]

  init(_ call: NaiveCall, after last: NaiveEarlier?) {
    self.call = call
    var moment: [String: Int128] = [:]
    let surroundings = call.scope.surroundings
    moment["at"] = surroundings.at?.ordinal
    moment["session.messages"] = surroundings.session["messages"]?.raw
    moment["session.tokens"] = surroundings.session["tokens"]?.raw
    var latest = last?.latest ?? [:]
    for (name, figure) in moment {
      moment[name] = max(figure, latest[name] ?? figure)
      latest[name] = moment[name]
    }
    self.moment = moment
    self.latest = latest
  }
}

extension NaiveScope {
  /// Whether the number of earlier actions that a query asks for lies in ranges: by looking at each
  /// of them.
  func judge(_ query: HistoryQuery, _ ranges: [OrdinalRange]) -> NaiveTruth {
    let current = query.keys.map { state(of: $0.current) }
    if current.contains(.absent) { return NaiveTruth(Truth(lies(0, in: ranges))) }
    guard let earlier else {
      let truth = self.truth(ranges, least: 0, most: nil, query)
      return NaiveTruth(
        truth, truth == .unknown ? ["the session's history was not supplied"] : [])
    }
    // By the earlier action's own values of what is compared.
    var found: [[NaiveState]: [(truth: Truth, key: Truth, place: Int)]] = [:]
    for (place, action) in earlier.enumerated() {
      for type in action.call.types where type.type == Int(query.type.index) {
        let scope = action.call.scope(as: type)
        let keys = query.keys.map { scope.state(of: $0.earlier).withoutCauses }
        if keys.contains(.absent) { continue }
        var truth = type.membership.truth & scope.judge(query.condition).truth
        if truth == .false { continue }
        var isSame = Truth.true
        for (key, other) in zip(keys, current) { isSame = isSame & Self.same(key, other) }
        // A part that is not known makes the action one that may be meant.
        if keys.contains(.unknown([])) { truth = .unknown }
        if !action.isCertain { truth = .unknown }
        found[keys, default: []].append((truth, isSame, place))
      }
    }
    let kept = Self.capacity(ranges)
    var (least, most) = (0, 0)
    for entries in found.values {
      for certainty in [Truth.true, .unknown] {
        for entry in entries.filter({ $0.truth == certainty }).suffix(kept) {
          let truth = entry.truth & entry.key & isMeant(entry.place, earlier, query)
          if truth == .true { least += 1 }
          if truth != .false { most += 1 }
        }
      }
    }
    let truth = self.truth(ranges, least: least, most: most, query)
    guard truth == .unknown else { return NaiveTruth(truth) }
    var causes: [String] = []
    for case .unknown(let more) in current { causes += more }
    if let window = query.window, now(window.unit) == nil {
      causes.append(NaiveCause.input(Self.name(window.unit)))
    }
    let name = policy.actionTypes[Int(query.type.index)].name.text
    return NaiveTruth(.unknown, causes.isEmpty ? ["not every earlier `\(name)` is known"] : causes)
  }

  /// Whether an earlier action lies within the window, and none came after it that must not.
  private func isMeant(
    _ place: Int, _ earlier: [NaiveEarlier], _ query: HistoryQuery
  ) -> Truth {
    var result = Truth.true
    if let window = query.window {
      let name = Self.name(window.unit)
      if let now = now(window.unit), let then = earlier[place].moment[name], now >= then {
        let scale = window.unit == .time ? 1 : Decimal.scale
        result = Truth(now - then <= Int128(window.amount) * scale)
      } else {
        result = .unknown
      }
    }
    guard let end = query.since else { return result }
    for action in earlier[(place + 1)...] {
      for type in action.call.types where type.type == Int(end.index) {
        result = result & !(type.membership.truth & (action.isCertain ? .true : .unknown))
      }
    }
    return result
  }

  private func truth(
    _ ranges: [OrdinalRange], least: Int, most: Int?, _ query: HistoryQuery
  ) -> Truth {
    let last = Self.capacity(ranges)
    let answers = Set((least...max(least, most ?? last)).map { lies($0, in: ranges) })
    return answers.count == 2 ? .unknown : Truth(answers.contains(true))
  }

  private func lies(_ count: Int, in ranges: [OrdinalRange]) -> Bool {
    ranges.contains {
      $0.lower <= Int128(count) * Decimal.scale && Int128(count) * Decimal.scale <= $0.upper
    }
  }

  /// One more than the greatest number that a test names.
  private static func capacity(_ ranges: [OrdinalRange]) -> Int {
    let ends = ranges.flatMap { [$0.lower, $0.upper] }.filter { $0 < Decimal.rawLimit - 1 }
    return Int(max(0, ends.max() ?? 0) / Decimal.scale) + 1
  }

  private static func same(_ left: NaiveState, _ right: NaiveState) -> Truth {
    guard case .known(let one) = left, case .known(let two) = right else { return .unknown }
    if case .text(let first) = one, case .text(let second) = two { return Truth(first == second) }
    guard let first = one.ordinal, let second = two.ordinal else { return .false }
    return Truth(first == second)
  }

  private static func name(_ unit: Window.Unit) -> String {
    switch unit {
    case .messages: "session.messages"
    case .tokens: "session.tokens"
    case .time: "at"
    }
  }

  private func now(_ unit: Window.Unit) -> Int128? {
    switch unit {
    case .messages: surroundings.session["messages"]?.raw
    case .tokens: surroundings.session["tokens"]?.raw
    case .time: surroundings.at?.ordinal
    }
  }
}

extension NaiveState {
  /// The same, whatever made it unknown.
  fileprivate var withoutCauses: NaiveState {
    if case .unknown = self { .unknown([]) } else { self }
  }
}
