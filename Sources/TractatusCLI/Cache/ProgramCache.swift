import TractatusEngine
import TractatusPatterns
import TractatusValues

/// Compiled policies of earlier runs, kept in the user's cache folder by the content of their
/// sources.
///
/// INVARIANT: nothing here can fail a command or change a decision. What is not there, is not the
/// user's own, or is not exactly what this build wrote for these sources counts as nothing, and the
/// sources are compiled.
struct ProgramCache {
  /// How many entries are kept.
  static let entryLimit = 32
  private static let suffix = ".tbc"

  private let settings: CacheSettings

  init(_ settings: CacheSettings) {
    self.settings = settings
  }

  /// The program that was kept under a key of 32 bytes; nil when there is none to be trusted.
  func program(for key: [UInt8]) -> Program? {
    guard let secret = secret(creating: false),
      let folder = PrivateFolder(settings.folder, outside: settings.guarded, creating: false),
      let entry = entry(Self.name(of: key), in: folder),
      CacheEntry.isSound(entry, key: key, secret: secret)
    else { return nil }
    return Program(trusting: entry, from: CacheEntry.headerCount)
  }

  private func entry(_ name: String, in folder: borrowing PrivateFolder) -> ImageBytes? {
    if settings.mapsEntries { return folder.map(name, limit: CacheEntry.limit) }
    return folder.read(name, limit: CacheEntry.limit).map(ImageBytes.init)
  }

  /// Keeps a program under a key of 32 bytes, if it can be kept.
  func keep(_ program: Program, for key: [UInt8]) {
    guard let secret = secret(creating: true),
      let folder = PrivateFolder(settings.folder, outside: settings.guarded, creating: true)
    else { return }
    var image: [UInt8] = []
    program.write(into: &image)
    let nonce = Self.random(CacheEntry.nonceCount)
    guard let entry = CacheEntry.seal(image, key: key, secret: secret, nonce: nonce),
      entry.count <= CacheEntry.limit
    else { return }
    folder.replace(Self.name(of: key), with: entry)
    folder.keepLatest(Self.entryLimit) { Self.isName($0[...]) }
    // What writers left behind that were stopped midway.
    folder.keepLatest(Self.entryLimit) { name in
      name.hasPrefix(".") && name.hasSuffix(".tmp") && Self.isName(name.dropFirst().prefix(68))
    }
  }

  /// The user's secret; nil when there is none, or not one that only the user can read.
  private func secret(creating: Bool) -> [UInt8]? {
    guard
      let folder = PrivateFolder(
        settings.secretFolder, outside: settings.guarded, creating: creating)
    else { return nil }
    let name = CacheSettings.secretName
    if let secret = folder.read(name, limit: CacheEntry.secretCount) {
      return secret.count == CacheEntry.secretCount ? secret : nil
    }
    guard creating else { return nil }
    folder.create(name, with: Self.random(CacheEntry.secretCount))
    // Somebody else may have been first.
    let secret = folder.read(name, limit: CacheEntry.secretCount)
    return secret?.count == CacheEntry.secretCount ? secret : nil
  }

  private static func name(of key: [UInt8]) -> String { SHA256.hexText(key) + suffix }

  /// Whether an entry may be called so: 64 hexadecimal digits and the suffix.
  private static func isName(_ name: Substring) -> Bool {
    name.utf8.count == 68 && name.hasSuffix(suffix)
      && name.utf8.prefix(64).allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  /// Bytes from the system's generator.
  private static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
  }
}
