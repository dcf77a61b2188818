import TractatusValues

/// A type as the generator knows it.
indirect enum GeneratedType: Hashable, Sendable {
  case bool
  /// `small`, an integer from 0 to 10.
  case small
  case int, number, text, time, path, host, url, command
  case stage
  case list(GeneratedType)
  case record([Field])

  struct Field: Hashable, Sendable {
    var name: String
    var type: GeneratedType
    var isOptional: Bool
  }

  /// The type as source text.
  var source: String {
    switch self {
    case .bool: "bool"
    case .small: "small"
    case .int: "int"
    case .number: "number"
    case .text: "text"
    case .time: "time"
    case .path: "path"
    case .host: "host"
    case .url: "url"
    case .command: "command"
    case .stage: "stage"
    case .list(let element): "list of " + element.source
    case .record(let fields):
      "{ "
        + fields.map { "\($0.name): \($0.type.source)\($0.isOptional ? " optional" : "")" }
        .joined(separator: ", ") + " }"
    }
  }

  var isText: Bool {
    switch self {
    case .text, .path, .host, .url, .command: true
    default: false
    }
  }
  var isNumber: Bool { self == .small || self == .int || self == .number }

  static let spec = GeneratedType.record([
    Field(name: "port", type: .int, isOptional: false),
    Field(name: "name", type: .text, isOptional: true),
    Field(name: "stage", type: .stage, isOptional: true),
  ])
  static let item = GeneratedType.record([
    Field(name: "port", type: .small, isOptional: false),
    Field(name: "name", type: .text, isOptional: true),
    Field(name: "tags", type: .list(.text), isOptional: false),
    Field(name: "flag", type: .bool, isOptional: true),
  ])
}

/// The words, figures and texts of which policies and actions are made: few, so that they meet.
enum Vocabulary {
  static let words = ["dev", "staging", "production"]
  static let numbers = ["0", "1", "2", "3", "5", "7", "10"]
  static let wholeNumbers = numbers + ["-1", "11", "27017", "999999999999999999"]
  static let decimals = wholeNumbers + ["0.5", "0.25", "-0.000000000000000001", "1.5"]
  static let texts = [
    "", "a", "ab", "abc", "A", "Ab", "b", "é", "e\u{301}", "ß", "ẞ", "\u{212A}", "k", "ſ", "s",
    "σς",
    "ΣΣ", "opt-out", "optout", "Opt out", "delete all data", "delete the user data", "data",
    "port 5", "port 7 and port 7", "port 5, port 11", "firewall fire", "a\nb", "x/y.pem", ".env",
    "prod-db", "27017", "http", "https", "acme.example",
  ]
  static let paths = [
    ".env", "/srv/app/.env", "/srv/app/key.pem", "src/a/b/c.txt", "/srv", "src/.ssh/id", "a", "a/",
    "/", "src/c.txt", "SRC/C.TXT", "src/é.pem", "./src//c.txt", "src/x/../c.txt", "../c.txt", "..",
    ".", "/srv/../etc/passwd", "/srv/app/", "~", "~/.ssh/id", "~/src/../.env", "$HOME/.env",

    "/home/ab/.ssh/id", "/home/ab", "/home", "/root/.env", "/Users/k/src",
    "/proc/self/root/srv/app",
    "/proc/self/cwd/src", "//srv//app/key.pem", "/..", "/srv-app/x", "~/..",
  ]
  static let hosts = [
    "localhost", "db1.acme.example", "DB1.acme.example", "acme.example", "acme.example.",
    "notacme.example", "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.01", "[::1]", "::1",
    "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "fe80::1%eth0", "bücher.example",
    "BÜCHER.acme.example", "not a host", "a..b", "1.2.3.4.5", "256.1.1.1",
  ]
  static let urls = [
    "https://acme.example/x", "http://db1.acme.example:5/a?b#c", "HTTPS://ACME.example",
    "https://u:p@acme.example:7/", "https://acme.example@evil.example/", "ssh://localhost:2",
    "http:\\\\acme.example\\a", "http://[::1]:10/", "http://0x7f.1/", "other://acme.example/x",
    "ht\ttp://acme.example/", "acme.example/x", "nothing", "http://", "https://a b/", "ws://k",
    "http://acme.example:99999/", "http://acme.example:/",
    "file:///srv/x", "mailto:a@acme.example", "other:/x",
  ]
  static let directories = [
    "/", "/srv", "/srv/app", "src", "src/x/../a", "~", "~/.ssh", "/home", "/home/ab", "/root",
    "/etc", "app", "/Users/k/src", "a",
  ]
  static let domains = [
    "acme.example", "example", "db1.acme.example", "127.0.0.1", "::1", "xn--bcher-kva.example",
    "ACME.example.", "localhost",
  ]
  /// Those that a rule may compare with: what no normalised one is equal to does not compile.
  static let pathConstants = paths.filter {
    NaivePath(Array($0.unicodeScalars)).form == Array($0.unicodeScalars)
  }
  static let hostConstants = hosts.filter {
    NaiveHost.reading(Array($0.unicodeScalars))?.text == $0
  }
  static let times = [
    "2026-01-01T00:00:00Z", "2025-12-31T23:59:59.999999999Z", "2026-01-02T00:00:00Z",
    "2026-01-01T12:00:00+02:00", "2026-01-01T23:59:59.999999999Z", "2026-01-03T06:30:00.5Z",
  ]
  static let dates = ["2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03"]
  static let globs = [
    "*", "a*", "*b*", "?", "[a-c]", "[!a]*", "*.pem", "*.env", "delete * data", "[é]", "x/*",
  ]
  static let pathGlobs = [
    "**/.env", "*.pem", "src/**", "/srv/*", "src/**/c.txt", "**/.ssh/**", "[a-s]*/*",
    "/srv/**/*.pem",
    "a", "?",
  ]
  static let expressions = [
    "a", "^a", "b$", "^$", "a|b", "^(ab)+c?$", #"port (\d+)"#, #"\bfire\b"#, "[^a-z]", "e.",
    "(?i)AB",
    #"\.(env|pem)$"#, #"^[\w.\/]+$"#, "a.b", "(a|ab)(c|bcd)?", "x*", "s{1,2}", "k", "é", "[ß-é]",
  ]
  static let mentions = [
    "data", "delete * data", "opt out", "opt-out", "optout", "fire", "port * port", "é", "ß", "K",
    "a", "abc", "prod db",
  ]
  static let extractions = [
    #"port (\d+)"#, #"(\d+)"#, "(a)", "^(.+)$", "(a|ab)", "([a-z]+)", #"(\w+)$"#, "x(y)?", "(é|ß)",
  ]
  static let tools = ["Bash", "Read", "mcp__db__connect", "mcp__x__run", "mcp__y__run", "Other"]
  static let toolPatterns = ["Bash", "Read", "mcp__*__run", "mcp__*", "*Read*", "mcp__db__connect"]
  static let events = ["prompt", "session_start", "session_end", "compact", "stop"]
  static let components = ["Alpha", "Beta"]
  static let session = ["messages", "tokens", "token_budget", "tasks", "recent_errors"]
  static let scores = ["alignment", "safety"]

  /// Parameters by name; a name has one type in every action type.
  static let parameters: [(name: String, type: GeneratedType)] = [
    ("flag", .bool), ("port", .small), ("size", .int), ("amount", .number), ("name", .text),
    ("note", .text), ("target", .path), ("machine", .host), ("link", .url), ("files", .list(.path)),
    ("machines", .list(.host)), ("command", .command), ("script", .command),
    ("created", .time), ("stage", .stage),
    ("tags", .list(.text)), ("ports", .list(.int)), ("stages", .list(.stage)),
    ("spec", .spec), ("items", .list(.item)), ("times", .list(.time)),
  ]

  /// Facts, all declared by the base package.
  static let facts: [(name: String, type: GeneratedType, isOptional: Bool, fallback: String?)] = [
    ("git.branch", .text, true, nil), ("env", .stage, false, nil), ("frozen", .bool, false, nil),
    ("limit", .int, false, "3"), ("ratio", .number, true, nil), ("labels", .list(.text), true, nil),
    ("start", .time, false, nil), ("spec", .spec, true, nil), ("git.dirty", .bool, false, "false"),
    ("items", .list(.item), false, nil), ("title", .text, true, "\"ab\""),
    ("share", .number, false, nil),
  ]
}

extension SplitMix64 {
  /// One of several.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// A few of several, each at most once, at least `least`.
  mutating func some<Element>(_ elements: [Element], least: Int, most: Int) -> [Element] {
    let count = min(elements.count, least + below(most - least + 1))
    return Array(elements.shuffled(using: &self).prefix(count))
  }
}
