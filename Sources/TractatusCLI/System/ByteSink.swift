/// Where results or diagnostics go: a descriptor, or memory for tests.
package final class ByteSink {
  private let descriptor: Int32?
  private var pending: [UInt8] = []

  /// Everything written so far, of a sink in memory.
  package private(set) var captured: [UInt8] = []

  /// Why bytes were lost; once set nothing more is written.
  package private(set) var failure: SystemError?

  /// A sink that writes to an open descriptor, or keeps everything in memory without one.
  package init(descriptor: Int32? = nil) {
    self.descriptor = descriptor
  }

  /// Adds a text.
  package func write(_ text: String) {
    pending.append(contentsOf: text.utf8)
    flushIfLarge()
  }

  /// Adds bytes.
  package func write(_ bytes: [UInt8]) {
    pending.append(contentsOf: bytes)
    flushIfLarge()
  }

  /// Adds a text and a newline.
  package func line(_ text: String = "") {
    write(text)
    write("\n")
  }

  /// Hands everything to the system.
  package func flush() {
    defer { pending.removeAll(keepingCapacity: true) }
    guard let descriptor else {
      captured += pending
      return
    }
    guard failure == nil else { return }
    do throws(SystemError) {
      try FileWriter.write(pending, to: descriptor)
    } catch {
      failure = error
    }
  }

  /// What a sink in memory holds, as a text.
  package var text: String {
    flush()
    return String(decoding: captured, as: UTF8.self)
  }

  private func flushIfLarge() {
    if pending.count >= 65_536 { flush() }
  }
}
