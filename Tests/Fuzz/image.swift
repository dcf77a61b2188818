import TractatusEngine
import TractatusValues

nonisolated(unsafe) var input = ActionInput()

/// Takes the bytes as a program's image whose checksum and length are right: it is refused, or
/// decides an action without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzImage(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  guard count >= 32 else { return 0 }
  let length = UInt64(count - 32)
  let checksum = StableHash.hash(bytes.span.extracting(32..<count), seed: UInt64(bytes[8]))
  for index in 0..<8 {
    bytes[16 + index] = UInt8(truncatingIfNeeded: checksum >> UInt64(8 * index))
    bytes[24 + index] = UInt8(truncatingIfNeeded: length >> UInt64(8 * index))
  }
  guard let program = Program(reading: bytes.span) else { return 0 }
  var evaluator = Evaluator(program)
  for action in actions {
    let document = Array(action.utf8)
    guard (try? input.readNative(document.span)) != nil else { continue }
    _ = evaluator.decide(input)
  }
  return 0
}

let actions = [
  #"{"tool":"Bash","parameters":{"command":"git push --force"},"at":"2026-01-02T03:04:05Z"}"#,
  #"{"tool":"x","parameters":{"port":27017,"host":"db1.example"},"facts":{"a":1},"cwd":"/srv"}"#,
]
