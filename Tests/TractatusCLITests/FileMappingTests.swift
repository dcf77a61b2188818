import Foundation
import Testing
import TractatusPatterns

@testable import TractatusCLI

@Suite("files as memory")
struct FileMappingTests {
  private let folder: TemporaryFolder
  private let path: String
  private let content = (0..<9_000).map { UInt8(truncatingIfNeeded: $0 * 7) }

  init() throws {
    // Who asks for a file that this process maps interrupts it.
    _ = signal(SIGIO, SIG_IGN)
    folder = try TemporaryFolder()
    path = folder.path + "/entry"
    try Data(content).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
  }

  private func opened(_ flags: Int32) -> Int32 { unsafe open(path, flags | O_NONBLOCK | O_CLOEXEC) }

  private func bytes(of image: ImageBytes) -> [UInt8] { (0..<image.count).map { image[$0] } }

  /// Whether temporary files are where there are leases at all.
  private static let hasLeases: Bool = {
    guard let folder = try? TemporaryFolder(), let path = try? folder.write("f", "x") else {
      return false
    }
    let file = unsafe open(path, O_RDONLY)
    defer { close(file) }
    return fcntl(file, 1_024, Int32(F_RDLCK)) == 0
  }()

  @Test(
    "what is mapped is the file, and nobody can open it for writing meanwhile",
    .enabled(if: hasLeases))
  func lease() throws {
    let reader = opened(O_RDONLY)
    var image = FileMapping.bytes(of: reader, count: content.count)
    close(reader)
    #expect(image.map(bytes) == content)
    for flags in [O_WRONLY, O_RDWR, O_WRONLY | O_TRUNC] {
      #expect(opened(flags) == -1)
      #expect(errno == EWOULDBLOCK)
    }
    #expect(image.map(bytes) == content)
    image = nil
    let writer = opened(O_WRONLY)
    #expect(writer >= 0)
    close(writer)
  }

  @Test("a file that somebody may write, or that is shorter, is not mapped but read")
  func written() throws {
    let writer = opened(O_RDWR)
    let reader = opened(O_RDONLY)
    #expect(FileMapping.bytes(of: reader, count: content.count) == nil)
    let own = PrivateFolder(folder.path, outside: [], creating: false)
    #expect(own?.map("entry", limit: 9_000).map(bytes) == content)
    close(writer)
    #expect(FileMapping.bytes(of: reader, count: content.count + 1) == nil)
    #expect(FileMapping.bytes(of: reader, count: 0) == nil)
    close(reader)
    #expect(own?.map("entry", limit: 9_000).map(bytes) == content)
    #expect(own?.map("entry", limit: 8_999) == nil)
    #expect(own?.map("other", limit: 9_000) == nil)
  }
}
