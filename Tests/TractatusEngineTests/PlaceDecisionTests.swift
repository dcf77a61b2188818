import Testing
import TractatusEngine
import TractatusValues

@Suite("decisions on paths, hosts and URLs")
struct PlaceDecisionTests {
  static let policy = """
    policy p "Places" version "1.0.0"
    action write "Write" { path: path  others: list of path optional }
    action fetch "Fetch" { url: url  host: host optional }
    rule keys "Keys" { on write deny when path like "**/*.pem" }
    rule system "System" { on write deny when path within ["/etc", "~/.ssh"] }
    rule beyond "Beyond" { on write ask when path outside project }
    rule some "Some" { on write warn when others? contains "/srv/a" }
    rule away "Away" { on fetch deny when url outside "acme.example" }
    rule plain "Plain" { on fetch ask when url.scheme == "http" }
    rule port "Port" { on fetch warn when url.port? != 443 }
    rule raw "Raw" { on fetch deny when url == "https://acme.example/raw" or url contains "key=" }
    rule name "Name" { on fetch deny when host? == "evil.example" }
    """

  private let fixture: EngineFixture

  init() throws { fixture = try EngineFixture(Self.policy) }

  @Test(
    "a path is judged by its forms",
    arguments: [
      ("/work/src/a.swift", Verdict.allow), ("src/a.swift", .allow), ("a/../b.pem", .deny),
      ("/etc/passwd", .deny), ("/work/../etc/./passwd", .deny), ("../../etc/passwd", .deny),
      ("~/.ssh/id", .deny), ("$HOME/.ssh/id", .deny), ("/home/me/.ssh/id", .deny),
      ("/tmp/x", .ask), ("/proc/self/root/etc/passwd", .deny),
    ])
  func path(path: String, verdict: Verdict) throws {
    let decision = try fixture.decide(
      #"{"action":"write","parameters":{"path":"\#(path)"},"cwd":"/work/sub","project":"/work"}"#)
    #expect(decision.verdict == verdict)
  }

  @Test("directories of the call before mean nothing for the next")
  func directoriesAreForgotten() throws {
    var evaluator = Evaluator(fixture.program)
    var input = ActionInput()
    let surroundings = [
      #","cwd":"/work/sub","project":"/work""#, #","cwd":"/work/sub","project":"/work""#,
      #","project":"/work""#, "", #","cwd":"/etc""#, #","cwd":"/etc","project":"/etc""#, "",
      #","cwd":"/work","project":"/work""#, #","cwd":"work","project":"/work""#,
      #","cwd":"/work","project":7"#, #","cwd":"/work","project":"/work""#,
    ]
    for places in surroundings + surroundings.reversed() {
      for path in ["src/a.swift", "/work/a", "/etc/passwd", "../x"] {
        let action = #"{"action":"write","parameters":{"path":"\#(path)"}\#(places)}"#
        try input.readNative(Array(action.utf8).span)
        #expect(try evaluator.decide(input) == fixture.decide(action), "\(action)")
      }
    }
  }

  @Test("a relative path without a working directory is unknown to places alone")
  func withoutDirectory() throws {
    let decision = try fixture.decide(
      #"{"action":"write","parameters":{"path":"src/a.swift"},"project":"/work"}"#)
    #expect(decision.verdict == .ask)
    #expect(decision.unknown.map(\.cause) == ["`cwd` was not supplied"])
    #expect(decision.unknown.first?.rules == ["p.beyond", "p.system"])
  }

  @Test("where the link-resolved path says otherwise, what restricts holds")
  func resolved() throws {
    func verdict(_ resolved: String) throws -> Verdict {
      try fixture.decide(
        #"{"action":"write","parameters":{"path":"/work/a"},"project":"/work","#
          + #""resolved":{"path":"\#(resolved)"}}"#
      ).verdict
    }
    #expect(try verdict("/work/a") == .allow)
    #expect(try verdict("/etc/a") == .deny)
    #expect(try verdict("/work/secret.pem") == .deny)
    #expect(try verdict("/tmp/a") == .ask)
  }

  @Test("elements of a list of paths are judged by their forms")
  func elements() throws {
    let decision = try fixture.decide(
      #"{"action":"write","parameters":{"path":"/work/a","others":["/x","/srv/./b/../a/"]},"#
        + #""project":"/work"}"#)
    #expect(decision.verdict == .warn)
  }

  @Test(
    "a URL is judged by its parts",
    arguments: [
      ("https://acme.example/x", Verdict.allow), ("https://api.ACME.example./x", .allow),
      ("https://acme.example@evil.example/", .deny), ("http://acme.example/", .ask),
      ("https://acme.example:8443/", .warn), ("https://evil.example/acme.example", .deny),
      ("https://acme.example:443/", .allow),
      // Beside a place, the text itself is looked up too.
      ("https://acme.example/raw", .deny), ("https://acme.example/?key=1", .deny),
    ])
  func url(url: String, verdict: Verdict) throws {
    let decision = try fixture.decide(#"{"action":"fetch","parameters":{"url":"\#(url)"}}"#)
    #expect(decision.verdict == verdict)
  }

  @Test("what cannot be read is unknown")
  func unreadable() throws {
    let decision = try fixture.decide(
      #"{"action":"fetch","parameters":{"url":"https://acme.example:99999/","host":"a b"}}"#)
    #expect(decision.verdict == .ask)
    #expect(
      decision.unknown.map(\.cause) == ["`host` cannot be read", "`url` cannot be read"])
  }

  @Test("a host is compared as it is normalised")
  func host() throws {
    let decision = try fixture.decide(
      #"{"action":"fetch","parameters":{"url":"https://acme.example/","host":"EVIL.example."}}"#)
    #expect(decision.verdict == .deny)
    #expect(decision.fired.map(\.rule) == ["p.name"])
  }
}
