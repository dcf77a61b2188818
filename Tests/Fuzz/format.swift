import TractatusFormat
import TractatusSource
import TractatusSyntax

/// Formats any bytes as a rule file: the tokens stay, and nothing is left to do a second time.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFormat(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  let first = Formatter.format(Parser.parse(SourceText(name: "fuzz", bytes: bytes)))
  precondition(first.refusal != .tokensDiffer, "the tokens would differ")
  let second = Formatter.format(Parser.parse(SourceText(name: "fuzz", bytes: first.bytes)))
  precondition(second.bytes == first.bytes, "formatting twice gives something else")
  return 0
}
