import Foundation
import Testing
import TractatusPatterns

@testable import TractatusCLI

@Suite("the cache of compiled rules")
struct CacheTests {
  @Test("decisions on every example are the same bytes without, before and with the cache")
  func sameBytes() throws {
    let fixture = try CacheFixture()
    let folder = repository + "/rules/examples"
    let rules = repository + "/rules"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    for name in names.sorted() where name.hasSuffix(".json") {
      let path = "\(folder)/\(name)"
      for format in ["json", "text"] {
        let words = [path, "--explain"]
        let plain = fixture.eval(["--no-cache"] + words, rules: rules, format: format)
        for _ in 0..<2 {
          let kept = fixture.eval(words, rules: rules, format: format)
          #expect(kept.output == plain.output, "\(name)")
          #expect(kept.errors == plain.errors && kept.status == plain.status, "\(name)")
        }
        let hasDigest = plain.output.contains(#""digest":"sha256:"#)
        #expect(hasDigest == (format == "json"), "\(name)")
        #expect(plain.output.contains("platform.tract:"), "\(name)")
      }
    }
    #expect(fixture.entries.count == 1)
  }

  @Test("an entry is taken when it is the user's own and sealed for these rules")
  func taken() throws {
    let fixture = try CacheFixture()
    #expect(fixture.eval().status == 1)
    _ = try fixture.plant()
    #expect(fixture.eval().output.hasPrefix(#"{"verdict":"allow","#))
  }

  @Test("what is kept can be read by the user alone")
  func modes() throws {
    let fixture = try CacheFixture()
    _ = fixture.eval()
    let entry = try #require(fixture.entries.first)
    for (path, mode) in [
      (fixture.folder, 0o700), (entry, 0o600), (fixture.secretFile, 0o600),
      ((fixture.secretFile as NSString).deletingLastPathComponent, 0o700),
    ] {
      let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(found as? Int == mode, "\(path)")
    }
    #expect(try fixture.bytes(fixture.secretFile).count == CacheEntry.secretCount)
  }

  /// Ways in which an entry that would allow can fail to be one, each with what it does to it.
  private static let forgeries:
    [(name: String, change: @Sendable (CacheFixture, String) throws -> Void)] = [
      ("empty", { try $0.overwrite($1, with: []) }),
      ("truncated", { try $0.overwrite($1, with: Array($0.bytes($1).dropLast())) }),
      ("cut after its header", { try $0.overwrite($1, with: Array($0.bytes($1).prefix(96))) }),
      ("longer", { try $0.overwrite($1, with: $0.bytes($1) + [0]) }),
      ("an image alone", { try $0.overwrite($1, with: $0.laxImage()) }),
      (
        "sealed with another secret",
        {
          let sealed = CacheEntry.seal(
            try $0.laxImage(), key: $0.key(of: $1), secret: Array(repeating: 1, count: 32),
            nonce: Array(repeating: 2, count: 16))
          try $0.overwrite($1, with: sealed ?? [])
        }
      ),
      (
        "sealed for other rules",
        {
          let secret = try $0.bytes($0.secretFile)
          let sealed = CacheEntry.seal(
            try $0.laxImage(), key: Array(repeating: 9, count: 32), secret: secret,
            nonce: Array(repeating: 2, count: 16))
          try $0.overwrite($1, with: sealed ?? [])
        }
      ),
      (
        "sealed round a part of an image",
        {
          let sealed = CacheEntry.seal(
            try $0.laxImage().dropLast(16), key: $0.key(of: $1),
            secret: try $0.bytes($0.secretFile),
            nonce: Array(repeating: 2, count: 16))
          try $0.overwrite($1, with: sealed ?? [])
        }
      ),
      ("readable by others", { unsafe chmod($1, 0o644) }),
      ("writable by the group", { unsafe chmod($1, 0o620) }),
      (
        "a link",
        {
          try FileManager.default.moveItem(atPath: $1, toPath: $0.project.path + "/entry")
          unsafe symlink($0.project.path + "/entry", $1)
        }
      ),
      ("linked elsewhere too", { unsafe link($1, $0.project.path + "/entry") }),
      (
        "a folder",
        {
          try FileManager.default.removeItem(atPath: $1)
          unsafe mkdir($1, 0o700)
        }
      ),
      (
        "a pipe",
        {
          try FileManager.default.removeItem(atPath: $1)
          unsafe mkfifo($1, 0o600)
        }
      ),
      ("in a folder that others can write", { fixture, _ in unsafe chmod(fixture.folder, 0o777) }),
      (
        "in a folder that the group can write",
        { fixture, _ in unsafe chmod(fixture.folder, 0o770) }
      ),
      (
        "in a folder behind a link",
        { fixture, _ in
          let moved = fixture.project.path + "/moved"
          try FileManager.default.moveItem(atPath: fixture.folder, toPath: moved)
          unsafe symlink(moved, fixture.folder)
        }
      ),
      (
        "with a secret that others can read",
        { fixture, _ in unsafe chmod(fixture.secretFile, 0o644) }
      ),
      (
        "with a short secret",
        { fixture, _ in
          try fixture.overwrite(
            fixture.secretFile, with: fixture.bytes(fixture.secretFile).dropLast())
        }
      ),
      (
        "with a long secret",
        { fixture, _ in
          try fixture.overwrite(fixture.secretFile, with: fixture.bytes(fixture.secretFile) + [0])
        }
      ),
      (
        "with a new secret",
        { fixture, _ in
          try fixture.overwrite(fixture.secretFile, with: Array(repeating: 5, count: 32))
        }
      ),
      (
        "with a secret behind a link",
        { fixture, _ in
          let moved = fixture.project.path + "/key"
          try FileManager.default.moveItem(atPath: fixture.secretFile, toPath: moved)
          unsafe symlink(moved, fixture.secretFile)
        }
      ),
      (
        "without a secret",
        { fixture, _ in try FileManager.default.removeItem(atPath: fixture.secretFile) }
      ),
    ]

  @Test(
    "an entry that is not wholly right is passed over in silence", arguments: forgeries.indices)
  func forged(number: Int) throws {
    let (name, change) = Self.forgeries[number]
    let fixture = try CacheFixture()
    let plain = fixture.eval(["--no-cache"])
    let entry = try fixture.plant()
    try change(fixture, entry)
    for _ in 0..<2 {
      let result = fixture.eval()
      #expect(result.output == plain.output, "\(name)")
      #expect(result.status == 1 && result.errors.isEmpty, "\(name)")
    }
  }

  @Test(
    "an entry that is mapped is taken, and passed over, like one that is read",
    arguments: [nil] + forgeries.indices.map { $0 })
  func mapped(forgery number: Int?) throws {
    let fixture = try CacheFixture()
    let entry = try fixture.plant()
    var settings = CacheSettings(
      folder: fixture.folder,
      secretFolder: (fixture.secretFile as NSString).deletingLastPathComponent,
      guarded: [fixture.project.path], build: CacheFixture.build)
    settings.mapsEntries = true
    let cache = ProgramCache(settings)
    let key = fixture.key(of: entry)
    #expect(cache.program(for: key) != nil)
    guard let number else { return }
    try Self.forgeries[number].change(fixture, entry)
    #expect(cache.program(for: key) == nil, "\(Self.forgeries[number].name)")
  }

  @Test("an entry with any byte changed is refused")
  func anyByte() throws {
    let key = Array(repeating: UInt8(4), count: 32)
    let secret = Array(repeating: UInt8(5), count: 32)
    let image = (0..<400).map { UInt8(truncatingIfNeeded: $0) }
    let nonce = Array(repeating: UInt8(6), count: 16)
    let sealed = CacheEntry.seal(image, key: key, secret: secret, nonce: nonce)
    let untouched = try #require(sealed)
    #expect(CacheEntry.isSound(ImageBytes(untouched), key: key, secret: secret))
    for offset in untouched.indices {
      for bit: UInt8 in [1, 128] {
        var changed = untouched
        changed[offset] ^= bit
        #expect(!CacheEntry.isSound(ImageBytes(changed), key: key, secret: secret), "\(offset)")
      }
    }
    for count in 0..<untouched.count {
      let prefix = Array(untouched.prefix(count))
      #expect(!CacheEntry.isSound(ImageBytes(prefix), key: key, secret: secret), "\(count)")
    }
  }

  /// Commands and environments for which nothing is taken and nothing kept.
  private static let without: [(words: [String], variables: [String: String])] = [
    (["--no-cache"], [:]), ([], ["TRACTATUS_CACHE": "off"]), ([], ["TRACTATUS_CACHE": "cache"]),
    ([], ["HOME": ""]), ([], ["HOME": "home"]), ([], ["XDG_CACHE_HOME": "cache"]),
    ([], ["XDG_CONFIG_HOME": "config"]), (["--project", "HOME"], [:]),
    (["--project", "HOME/.cache"], [:]), (["--project", "HOME/.config/tractatus"], [:]),
    ([], ["CLAUDE_PROJECT_DIR": "HOME"]), (["--project", "/"], [:]),
  ]

  @Test("a cache that an agent may write, or that is turned off, is not used", arguments: without)
  func unused(words: [String], variables: [String: String]) throws {
    let fixture = try CacheFixture()
    _ = try fixture.plant()
    func filled(_ text: String) -> String {
      text.replacingOccurrences(of: "HOME", with: fixture.home.path)
    }
    let words = words.map(filled)
    let variables = variables.mapValues(filled)
    #expect(fixture.eval(words, environment: variables).status == 1)
    let empty = try CacheFixture()
    let others = variables.mapValues {
      $0.replacingOccurrences(of: fixture.home.path, with: empty.home.path)
    }
    let otherWords = words.map {
      $0.replacingOccurrences(of: fixture.home.path, with: empty.home.path)
    }
    #expect(empty.eval(otherWords, environment: others).status == 1)
    #expect(empty.entries.isEmpty)
  }

  @Test("a cache in or below the current folder is not used, nor one of another build")
  func placesAndBuilds() throws {
    let fixture = try CacheFixture()
    _ = try fixture.plant()
    for current in [fixture.home.path, fixture.home.path + "/.config", fixture.folder, "/"] {
      #expect(fixture.eval(current: current).status == 1, "\(current)")
    }
    #expect(fixture.eval(build: nil).status == 1)
    #expect(fixture.eval(build: [1, 2, 3]).status == 1)
    // All but the last left the planted entry alone.
    #expect(fixture.entries.count == 2)
    #expect(fixture.eval().status == 0)
  }

  @Test("TRACTATUS_CACHE names the folder")
  func namedFolder() throws {
    let fixture = try CacheFixture()
    let other = try TemporaryFolder()
    #expect(fixture.eval(environment: ["TRACTATUS_CACHE": other.path]).status == 1)
    let names = try FileManager.default.contentsOfDirectory(atPath: other.path)
    #expect(names.count == 1 && fixture.entries.isEmpty)
  }

  @Test("other names, other bytes and other roots are other rules")
  func keys() throws {
    let fixture = try CacheFixture()
    let text = try String(contentsOfFile: fixture.rules, encoding: .utf8)
    var seen = 0
    func expectNew(_ rules: [String], _ comment: String) {
      let words = rules.dropFirst().flatMap { ["--rules", $0] }
      for _ in 0..<2 { _ = fixture.eval(words, rules: rules[0]) }
      seen += 1
      #expect(fixture.entries.count == seen, "\(comment)")
    }
    let folder = fixture.project.path + "/strict"
    expectNew([fixture.rules], "a file")
    expectNew([folder], "its folder")
    expectNew([folder + "/."], "its folder by another name")
    expectNew([fixture.rules, "tractatus.actions"], "a pack beside it")
    try fixture.project.write("strict/a.tract", text + "\n")
    expectNew([fixture.rules], "one byte more")
    try fixture.project.write("strict/b.tract", #"policy acme.more "M" version "1""#)
    expectNew([folder], "a file more")
  }

  @Test("rules that do not compile are never kept, and say the same at every run")
  func errors() throws {
    let fixture = try CacheFixture()
    try fixture.project.write("strict/a.tract", "policy a \"A\" version \"1\"\nrule r {")
    let first = fixture.eval()
    #expect(first.status == 2 && !first.errors.isEmpty)
    let second = fixture.eval()
    #expect(second.output == first.output && second.errors == first.errors)
    #expect(fixture.entries.isEmpty)
  }

  @Test("old entries make room for new ones")
  func room() throws {
    let fixture = try CacheFixture()
    _ = fixture.eval()
    let settings = CacheSettings(
      folder: fixture.folder, secretFolder: fixture.home.path + "/.config/tractatus",
      guarded: [], build: CacheFixture.build)
    let cache = ProgramCache(settings)
    let program = try PolicySource.program(
      [fixture.rules], style: Style(usesColour: false), cache: nil, Console())
    // Files of others are left alone.
    let foreign = fixture.folder + "/notes.tbc"
    try fixture.home.write(".cache/tractatus/notes.tbc", "")
    for number in 0..<40 {
      cache.keep(program, for: Array(repeating: UInt8(number), count: 32))
    }
    #expect(fixture.entries.count == ProgramCache.entryLimit + 1)
    #expect(FileManager.default.fileExists(atPath: foreign))
    #expect(cache.program(for: Array(repeating: 39, count: 32)) != nil)
  }

  @Test("many processes at once give the same answer and leave one whole entry")
  func processes() throws {
    let fixture = try CacheFixture()
    let variables = ["HOME": fixture.home.path, "TRACTATUS_CACHE": ""]
    let command = ["eval", "--format", "json", "--rules", fixture.rules]
    for _ in 0..<3 {
      let running = try (0..<12).map { _ in
        try CommandProcess(command, folder: fixture.project.path, variables: variables)
      }
      for process in running {
        try process.input.fileHandleForWriting.write(contentsOf: Data(CacheFixture.action.utf8))
      }
      for process in running {
        let result = try process.finish()
        #expect(result.status == 1)
        #expect(result.output.hasPrefix(#"{"verdict":"deny","#) && result.errors.isEmpty)
      }
      #expect(fixture.entries.count == 1)
      #expect(try fixture.bytes(fixture.secretFile).count == CacheEntry.secretCount)
    }
  }
}

@Suite("build identities")
struct BuildIdentityTests {
  @Test("this process has one, and damaged executables have none or another")
  func damaged() throws {
    let id = try #require(BuildIdentity.ofProcess())
    #expect(id.count >= 8)
    let head = try FileReader.head(of: "/proc/self/exe", count: 16_384)
    #expect(BuildIdentity.find(in: head) == id)
    for count in stride(from: 0, to: head.count, by: 13) {
      let found = BuildIdentity.find(in: Array(head.prefix(count)))
      #expect(found == nil || found == id)
    }
    for offset in 0..<2_048 {
      for value: UInt8 in [0, 0x7F, 0xFF] {
        var changed = head
        changed[offset] = value
        _ = BuildIdentity.find(in: changed)
      }
    }
  }
}
