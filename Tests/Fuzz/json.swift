import TractatusJSON

nonisolated(unsafe) var tape = JSONTape()

/// Reads any bytes as JSON, and every value of what is JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let document = Span(_unsafeElements: UnsafeBufferPointer(start: start, count: count))
  do { try tape.parse(document) } catch { return 0 }
  visit(.root)
  return 0
}

/// Reads a value and what is in it; the reader bounds the nesting.
func visit(_ node: JSONNode) {
  _ = tape.kind(node)
  _ = tape.decimal(node)
  _ = tape.bool(node)
  _ = tape.string(node)
  var child = tape.firstChild(node)
  while let this = child {
    visit(this)
    child = tape.next(this)
  }
}
