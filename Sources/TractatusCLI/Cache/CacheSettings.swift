/// Where compiled policies are kept, as the command line and the environment say.
struct CacheSettings: Sendable {
  /// The folder of entries, absolute.
  var folder: String
  /// The folder of the secret, absolute.
  var secretFolder: String
  /// What an agent may write: neither folder may be one of these or lie below one.
  var guarded: [String]
  /// Which build of the compiler asks.
  var build: [UInt8]
  /// Whether entries are mapped under a lease (`FileMapping`) instead of copied: only by a process
  /// that lives for one decision.
  var mapsEntries = false

  /// The name of the secret's file.
  static let secretName = "cache.key"
  /// The environment variable that turns the cache off or names its folder.
  static let variable = "TRACTATUS_CACHE"

  init(folder: String, secretFolder: String, guarded: [String], build: [UInt8]) {
    self.folder = folder
    self.secretFolder = secretFolder
    self.guarded = guarded
    self.build = build
  }

  /// The settings of a command; nil when nothing is to be kept.
  ///
  /// Without a home, a current folder or a build id there is no cache, nor where a variable holds
  /// anything but an absolute path.
  init?(_ arguments: Arguments, _ console: Console) {
    guard !arguments.has("no-cache"), let home = console.environment("HOME"),
      home.hasPrefix("/"), let current = console.currentFolder
    else { return nil }
    let own = console.environment(Self.variable)
    let caches = console.environment("XDG_CACHE_HOME") ?? home + "/.cache"
    let configuration = console.environment("XDG_CONFIG_HOME") ?? home + "/.config"
    let folder = own ?? caches + "/tractatus"
    // `off` is no absolute path either.
    guard folder.hasPrefix("/"), configuration.hasPrefix("/"), let build = console.buildIdentity
    else { return nil }
    self.folder = folder
    secretFolder = configuration + "/tractatus"
    guarded = [current]
    guarded += [arguments.value("project"), console.environment("CLAUDE_PROJECT_DIR")]
      .compactMap { $0 }
    self.build = build
  }
}

extension Option {
  /// `--no-cache`.
  static let noCache = Option(flag: "no-cache", "compile the rules anew and keep nothing")
}
