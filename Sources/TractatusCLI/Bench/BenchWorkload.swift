import TractatusJSON
import TractatusValues

/// A generated policy and the actions to judge by it: the workload of `tractatus bench`.
///
/// Of twenty rules twelve test equality or membership, four a prefix, a suffix, a part or a glob,
/// two a regular expression and two numeric bounds. An action is a native document of
/// `actionByteCount` bytes with nine parameters; `hitPercentage` of them meet one of the rules,
/// chosen at random, the others none. The same seed gives the same bytes.
package struct BenchWorkload: Sendable {
  /// Bytes of one action.
  package static let actionByteCount = 310
  /// How many of a hundred actions meet a rule.
  package static let hitPercentage = 30

  /// How many rules the policy has.
  package let ruleCount: Int
  private let seed: UInt64

  /// The workload of `ruleCount` rules, at least 1.
  package init(ruleCount: Int, seed: UInt64) {
    self.ruleCount = max(1, ruleCount)
    self.seed = seed
  }

  /// The files of the policy, each below the limit of a rule file: one package, linear in the
  /// number of rules.
  package var files: [[UInt8]] {
    let head = "policy bench.generated \"Generated for measuring\" version \"1.0.0\"\n\n"
    var files: [[UInt8]] = []
    var text = head
    text += """
      action call "A call" {
          user: text  host: text  region: text  kind: text  account: int
          path: path  command: text  size: int  note: text
      }

      """
    for index in 0..<ruleCount {
      if text.utf8.count > Self.fileByteCount {
        files.append(Array(text.utf8))
        text = head
      }
      let condition = Self.condition(index)
      text += "rule r\(index) \"Rule \(index)\" { on call deny when \(condition) }\n"
    }
    files.append(Array(text.utf8))
    return files
  }

  /// After so many bytes a file is full.
  private static let fileByteCount = 3 << 20

  /// The condition of rule `index`.
  private static func condition(_ index: Int) -> String {
    switch index % 20 {
    case 0, 1, 2:
      "user == \"user-\(index)\""
    case 3, 4:
      "host == \"host-\(index).example\" and region == \"region-\(index % 8)\""
    case 5, 6, 7:
      "kind in [\"kind-\(index)-a\", \"kind-\(index)-b\", \"kind-\(index)-c\"]"
    case 8, 9:
      "user in [\"user-\(index)\", \"team-\(index)\"] and region != \"region-x\""
    case 10, 11:
      "account == \(index)"
    case 12:
      "path starts with \"/srv/app-\(index)/\""
    case 13:
      "path ends with \"/part-\(index).dat\""
    case 14:
      "command contains \" --token t\(index)z\""
    case 15:
      "path like \"/data/set-\(index)/**/*.bin\""
    case 16:
      "command matches /\\bjob-\(index)-[a-z]+\\b/"
    case 17:
      "command matches /^tool\(index)\\s+--(all|force)/"
    case 18:
      "size in \(1_000_000 + 10 * index)..\(1_000_009 + 10 * index)"
    default:
      "size > 500 and size <= 900 and user == \"user-\(index)\""
    }
  }

  /// `count` actions, each a document of its own.
  package func actions(_ count: Int) -> [[UInt8]] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let hits = random.below(100) < Self.hitPercentage
      let rule = random.below(ruleCount)
      return action(meeting: hits ? rule : nil, number: random.below(1_000_000))
    }
  }

  /// One action that meets the rule, or none.
  private func action(meeting rule: Int?, number: Int) -> [UInt8] {
    var user = "member-\(number)"
    var host = "node-\(number % 512).example"
    var region = "region-\(number % 8)"
    var kind = "plain-\(number % 97)"
    var account = 50_000_000 + number
    var path = "/home/dev/project-\(number % 31)/src/module-\(number).swift"
    var command = "build --target t\(number % 41) --jobs 4"
    var size = 1_000 + number % 9_000
    if let rule {
      switch rule % 20 {
      case 0, 1, 2, 8, 9: user = "user-\(rule)"
      case 3, 4:
        host = "host-\(rule).example"
        region = "region-\(rule % 8)"
      case 5, 6, 7: kind = "kind-\(rule)-b"
      case 10, 11: account = rule
      case 12: path = "/srv/app-\(rule)/main.swift"
      case 13: path = "/home/dev/part-\(rule).dat"
      case 14: command += " --token t\(rule)z"
      case 15: path = "/data/set-\(rule)/a/b.bin"
      case 16: command = "start job-\(rule)-nightly --now"
      case 17: command = "tool\(rule) --force"
      case 18: size = 1_000_005 + 10 * rule
      default:
        user = "user-\(rule)"
        size = 700
      }
    }
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("action")
    writer.string("call")
    writer.key("parameters")
    writer.beginObject()
    for (name, text) in [
      ("user", user), ("host", host), ("region", region), ("kind", kind), ("path", path),
      ("command", command),
    ] {
      writer.key(name)
      writer.string(text)
    }
    writer.key("account")
    writer.number(account)
    writer.key("size")
    writer.number(size)
    writer.key("note")
    let rest = Self.actionByteCount - writer.bytes.count - 4
    writer.string(String(repeating: "n", count: max(0, rest)))
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }
}
