/// One file of a built-in rule pack.
package struct PackFile: Sendable {
  /// The path below the repository's `rules`, such as `tractatus/core.tract`.
  package let path: String
  /// The package that the file belongs to, such as `tractatus.core`, `tractatus.industry.sox`.
  package let package: String
  /// The SHA-256 of the content in hexadecimal.
  private let hexDigest: StaticString
  private let text: StaticString

  init(_ path: String, package: String, sha256 hexDigest: StaticString, _ text: StaticString) {
    self.path = path
    self.package = package
    self.hexDigest = hexDigest
    self.text = text
  }

  /// The file's content.
  package var bytes: [UInt8] {
    // SAFETY: a static text's bytes live as long as the process, and are copied here.
    text.withUTF8Buffer { unsafe Array($0) }
  }

  /// The SHA-256 of the file's content, 32 bytes, worked out when the packs were generated.
  package var digest: [UInt8] {
    // SAFETY: a static text's bytes live as long as the process.
    hexDigest.withUTF8Buffer { digits in
      stride(from: 0, to: digits.count - 1, by: 2).map { index in
        unsafe Self.value(digits[index]) << 4 | Self.value(digits[index + 1])
      }
    }
  }

  /// Whether the file holds exactly these bytes.
  package func equals(_ other: [UInt8]) -> Bool {
    // SAFETY: a static text's bytes live as long as the process, and every load lies within both
    // buffers, which are equally long.
    text.withUTF8Buffer { own in
      guard own.count == other.count else { return false }
      return unsafe other.withUnsafeBytes { other in
        let own = UnsafeRawBufferPointer(own)
        var offset = 0
        while own.count - offset >= 8 {
          let left = unsafe own.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
          let right = unsafe other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
          if left != right { return false }
          offset += 8
        }
        while offset < own.count {
          if unsafe own[offset] != other[offset] { return false }
          offset += 1
        }
        return true
      }
    }
  }

  /// What a hexadecimal digit in lower case stands for.
  private static func value(_ digit: UInt8) -> UInt8 {
    digit < UInt8(ascii: "a") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
  }
}

/// The rule packs that are part of the program.
package enum RulePacks {
  /// The prefix of every built-in package's name, which nobody else's has.
  package static let prefix = "tractatus."

  /// All files, ascending by path.
  package static var files: [PackFile] { EmbeddedPacks.files }

  /// The names of the packages, ascending.
  package static var names: [String] {
    var names: [String] = []
    for file in files where !names.contains(file.package) { names.append(file.package) }
    return names.sorted()
  }

  /// Whether a package is built in.
  package static func isPackage(_ name: String) -> Bool {
    files.contains { $0.package == name }
  }

  /// The files of one package, ascending by path; none when it is not built in.
  package static func files(of package: String) -> [PackFile] {
    files.filter { $0.package == package }
  }
}
