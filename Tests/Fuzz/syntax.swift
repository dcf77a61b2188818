import TractatusSource
import TractatusSyntax

/// Parses any bytes as a rule file: the tree prints them back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSyntax(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  let tree = Parser.parse(SourceText(name: "fuzz", bytes: bytes))
  precondition(tree.printed == bytes, "printing gives back other bytes")
  return 0
}
