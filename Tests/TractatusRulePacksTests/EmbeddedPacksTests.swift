import Foundation
import Testing
import TractatusValues

@testable import TractatusRulePacks

@Suite("built-in rule packs")
struct EmbeddedPacksTests {
  private let root: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  @Test(
    "the embedded packs are rules/tractatus and rules/industry, byte for byte; UPDATE_PACKS=1 rewrites them"
  )
  func fresh() throws {
    let generated = root.appendingPathComponent("Sources/TractatusRulePacks/EmbeddedPacks.swift")
    let wanted = try generate()
    let found = try? String(contentsOf: generated, encoding: .utf8)
    if found != wanted, ProcessInfo.processInfo.environment["UPDATE_PACKS"] == "1" {
      try wanted.write(to: generated, atomically: true, encoding: .utf8)
      Issue.record("EmbeddedPacks.swift was rewritten: build again")
      return
    }
    #expect(found == wanted, "run `UPDATE_PACKS=1 swift test --filter EmbeddedPacksTests`")
  }

  @Test("what is embedded is what the files hold, under the package that they declare")
  func embeddedBytes() throws {
    let paths = try packPaths()
    #expect(RulePacks.files.map(\.path) == paths)
    for file in RulePacks.files {
      let url = root.appendingPathComponent("rules/" + file.path)
      let bytes = [UInt8](try Data(contentsOf: url))
      let isSame = file.bytes == bytes
      #expect(isSame, "\(file.path)")
      #expect(file.equals(bytes))
      let digest = SHA256.digest(bytes.span)
      #expect(file.digest == digest, "\(file.path)")
      #expect(!file.equals(bytes + [0x0A]))
      for offset in [0, bytes.count / 2, bytes.count - 1] {
        var changed = bytes
        changed[offset] ^= 1
        #expect(!file.equals(changed))
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("\npolicy \(file.package) "), "\(file.path)")
    }
  }

  private func packPaths() throws -> [String] {
    try ["industry", "tractatus"].flatMap { folder in
      let url = root.appendingPathComponent("rules/" + folder)
      return try FileManager.default.contentsOfDirectory(atPath: url.path)
        .filter { $0.hasSuffix(".tract") }.map { folder + "/" + $0 }.sorted()
    }
  }

  private func generate() throws -> String {
    var text = """
      // Generated from rules/tractatus and rules/industry by `UPDATE_PACKS=1 swift test --filter EmbeddedPacksTests`.

      /// The files of the built-in packs.
      enum EmbeddedPacks {
        static let files: [PackFile] = [

      """
    for path in try packPaths() {
      let url = root.appendingPathComponent("rules/" + path)
      let content = try String(contentsOf: url, encoding: .utf8)
      var fence = "#"
      while content.contains("\"\"\"" + fence) || content.contains("\\" + fence) { fence += "#" }
      let stem = path.replacingOccurrences(of: ".tract", with: "")
      let parts = (stem.hasPrefix("tractatus/") ? "" : "tractatus/") + stem
      let package = parts.split(separator: "/").joined(separator: ".")
      let digest = SHA256.hexDigest(Array(content.utf8).span)
      text += "    PackFile(\n      \"\(path)\", package: \"\(package)\",\n"
      text += "      sha256: \"\(digest)\",\n"
      text += "      \(fence)\"\"\"\n"
      for line in content.split(separator: "\n", omittingEmptySubsequences: false) {
        text += line.isEmpty ? "\n" : "      \(line)\n"
      }
      text += "      \"\"\"\(fence)),\n"
    }
    return text + "  ]\n}\n"
  }
}
