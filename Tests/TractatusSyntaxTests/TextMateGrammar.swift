import Foundation

/// A small interpreter of the TextMate grammars' part that ours uses: `match`, `begin` and `end`
/// with captures, and `include` of the repository.
final class TextMateGrammar {
  /// A rule of the grammar.
  final class Rule {
    var name: String?
    var contentName: String?
    var match: NSRegularExpression?
    var begin: NSRegularExpression?
    var end: NSRegularExpression?
    var captures: [Int: String] = [:]
    var beginCaptures: [Int: String] = [:]
    var endCaptures: [Int: String] = [:]
    var include: String?
    var patterns: [Rule] = []
  }

  /// Every regular expression, as it is written.
  private(set) var expressions: [String] = []
  private var repository: [String: Rule] = [:]
  private let root = Rule()

  init(path: URL) throws {
    let data = try Data(contentsOf: path)
    let json = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    for (name, rule) in json["repository"] as? [String: [String: Any]] ?? [:] {
      repository[name] = try read(rule)
    }
    root.patterns = try patterns(json)
  }

  private func patterns(_ json: [String: Any]) throws -> [Rule] {
    try (json["patterns"] as? [[String: Any]] ?? []).map { try read($0) }
  }

  private func read(_ json: [String: Any]) throws -> Rule {
    let rule = Rule()
    rule.name = json["name"] as? String
    rule.contentName = json["contentName"] as? String
    rule.include = (json["include"] as? String).map { String($0.dropFirst()) }
    func expression(_ key: String) throws -> NSRegularExpression? {
      guard let text = json[key] as? String else { return nil }
      expressions.append(text)
      return try NSRegularExpression(pattern: text, options: .anchorsMatchLines)
    }
    rule.match = try expression("match")
    rule.begin = try expression("begin")
    rule.end = try expression("end")
    rule.captures = captures(json["captures"])
    rule.beginCaptures = captures(json["beginCaptures"])
    rule.endCaptures = captures(json["endCaptures"])
    rule.patterns = try patterns(json)
    return rule
  }

  private func captures(_ json: Any?) -> [Int: String] {
    var found: [Int: String] = [:]
    for (key, value) in json as? [String: [String: String]] ?? [:] {
      if let number = Int(key) { found[number] = value["name"] }
    }
    return found
  }

  /// The rules that a rule offers, with what it includes, in order.
  private func offered(_ rule: Rule) -> [Rule] {
    rule.patterns.flatMap { inner -> [Rule] in
      guard let name = inner.include, let target = repository[name] else { return [inner] }
      return offered(target)
    }
  }

  /// The scopes of every UTF-16 unit of a text, outer before inner.
  func scopes(of text: String) -> [[String]] {
    var result: [[String]] = []
    var stack: [Rule] = [root]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let string = String(line) as NSString
      var scopes = [[String]](repeating: [], count: string.length)
      tokenise(string, &stack, &scopes)
      result += scopes + [[]]
    }
    return result
  }

  private func tokenise(
    _ line: NSString, _ stack: inout [Rule], _ scopes: inout [[String]]
  ) {
    var place = 0
    while place <= line.length {
      guard let top = stack.last else { return }
      let rest = NSRange(location: place, length: line.length - place)
      var best: (match: NSTextCheckingResult, rule: Rule, isEnd: Bool)?
      let candidates =
        [(top.end, top, true)] + offered(top).map { ($0.match ?? $0.begin, $0, false) }
      for (expression, rule, isEnd) in candidates {
        guard
          let found = expression?.firstMatch(
            in: line as String, options: [.withTransparentBounds, .withoutAnchoringBounds],
            range: rest)
        else { continue }
        if found.range.location < best?.match.range.location ?? Int.max {
          best = (found, rule, isEnd)
        }
      }
      let base = stack.flatMap { [$0.name, $0.contentName].compactMap { $0 } }
      guard let best else {
        paint(rest, base, &scopes)
        return
      }
      let range = best.match.range
      paint(NSRange(location: place, length: range.location - place), base, &scopes)
      if best.isEnd {
        let outer = base.filter { $0 != top.contentName }
        paint(best.match, top.endCaptures, outer, &scopes)
        stack.removeLast()
      } else if best.rule.begin != nil {
        let inner = base + [best.rule.name].compactMap { $0 }
        paint(best.match, best.rule.beginCaptures, inner, &scopes)
        stack.append(best.rule)
      } else {
        let inner = base + [best.rule.name].compactMap { $0 }
        paint(best.match, best.rule.captures, inner, &scopes)
        if range.length == 0 { return }
      }
      place = range.location + range.length
      if place == line.length, range.length == 0 { return }
    }
  }

  private func paint(_ range: NSRange, _ names: [String], _ scopes: inout [[String]]) {
    for unit in range.location..<range.location + range.length { scopes[unit] = names }
  }

  private func paint(
    _ match: NSTextCheckingResult, _ captures: [Int: String], _ base: [String],
    _ scopes: inout [[String]]
  ) {
    paint(match.range, base, &scopes)
    for (number, name) in captures.sorted(by: { $0.key < $1.key }) {
      let range = match.range(at: number)
      if range.location != NSNotFound { paint(range, base + [name], &scopes) }
    }
  }
}
