import TractatusPatterns

/// Takes the bytes as a pattern, a zero, and a text: the set is built or refused, comes back from
/// its image the same, and the text is matched in linear time.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPatterns(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  guard count > 2, let end = bytes.firstIndex(of: 0), end > 1 else { return 0 }
  let kind = Pattern.Kind.allCases[Int(bytes[0]) % Pattern.Kind.allCases.count]
  let pattern = Pattern(
    kind, Array(bytes[1..<end]), ignoringCase: bytes[0] & 64 != 0,
    dotMatchesNewline: bytes[0] & 128 != 0)
  guard let set = try? PatternSet([pattern]) else {
    precondition(pattern.problem() != nil, "refused without a problem")
    return 0
  }
  var image: [UInt8] = []
  set.write(into: &image)
  precondition(PatternSet(reading: image.span) == set, "another set comes back")
  let text = Array(bytes[(end + 1)...])
  var scratch = PatternScratch()
  set.match(text.span, scratch: &scratch)
  let isFound = !scratch.matches.isEmpty
  precondition(set.matches(0, text.span, scratch: &scratch) == isFound, "one and all differ")
  return 0
}
