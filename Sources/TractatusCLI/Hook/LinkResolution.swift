import Glibc

/// Follows the links in paths, as opening a file would.
enum LinkResolution {
  /// As many links as the system follows in one path.
  private static let linkLimit = 40
  /// The longest path that the system takes, in bytes.
  private static let byteLimit = 4_096

  /// The path without links, `.` and `..`; nil for one that is not absolute, is longer than the
  /// system takes, or whose links go round in a circle.
  ///
  /// What does not exist is taken as it stands, so that a file about to be made has a path too, and
  /// so has the missing file that a link leads to.
  static func resolve(_ path: String) -> String? {
    guard path.utf8.first == UInt8(ascii: "/"), isTaken(path) else { return nil }
    // What is still to be walked, the next part last.
    var pending = parts(path)
    var done: [[UInt8]] = []
    var linkCount = 0
    while let part = pending.popLast() {
      if part.elementsEqual(".".utf8) { continue }
      if part.elementsEqual("..".utf8) {
        _ = done.popLast()
        continue
      }
      done.append(part)
      guard let target = target(of: joined(done)) else { continue }
      linkCount += 1
      guard linkCount <= linkLimit, isTaken(target) else { return nil }
      if target.utf8.first == UInt8(ascii: "/") { done = [] } else { done.removeLast() }
      pending += parts(target)
    }
    return joined(done)
  }

  private static func isTaken(_ path: String) -> Bool {
    path.utf8.count < byteLimit && !path.utf8.contains(0)
  }

  /// The names in a path, last first.
  private static func parts(_ path: String) -> [[UInt8]] {
    Array(path.utf8).split(separator: UInt8(ascii: "/")).reversed().map { Array($0) }
  }

  private static func joined(_ parts: [[UInt8]]) -> String {
    if parts.isEmpty { return "/" }
    var bytes: [UInt8] = []
    for part in parts {
      bytes.append(UInt8(ascii: "/"))
      bytes += part
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What a link says; nil for what is none or is not there.
  private static func target(of path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: byteLimit)
    // SAFETY: the buffer has room for the count given and outlives the call.
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}
