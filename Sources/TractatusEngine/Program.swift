/// A compiled policy: what an evaluator runs. Immutable, flat and verified.
package struct Program: Sendable {
  /// Reads an image that `write(into:)` wrote; nil for any other bytes. Never traps.
  package init?(reading image: Span<UInt8>) {
    nil
  }

  /// Appends the program's image to `bytes`.
  package func write(into bytes: inout [UInt8]) {
  }
}
