import TractatusJSON
import TractatusValues

/// Whether a value is there.
enum ValueState: UInt8, Sendable {
  case absent, known, unknown
}

/// Why a value is not known, beside that nobody supplied it.
enum ValueCause: UInt8, Sendable {
  case notSupplied, conflictingExtractions, conflictingMappings, notYielded, unreadable
}

/// The value of a slot, an attribute or an element in the decision at hand.
struct Value: BitwiseCopyable, Sendable {
  /// The decision that it belongs to; one of another decision counts as not bound.
  var epoch: UInt32 = 0
  var state = ValueState.absent
  var cause = ValueCause.notSupplied
  /// The document of `node`: an `ActionDocument`, or `Value.constants`.
  var document: UInt8 = 0
  /// A value that stands for a list of which it is the only element.
  var isSingle = false
  /// Filled by an extraction.
  var isExtracted = false
  /// A text put together from several of the call.
  var isJoined = false
  /// What a slot took its value from; 0 (a document's root) for an extracted or built-in value.
  var node: UInt32 = 0
  /// Where a text lies in the evaluator's `texts`.
  var start: UInt32 = 0
  var count: UInt32 = 0
  /// The slot that the cause speaks of.
  var subject: UInt32 = noIndex
  /// The place of a scalar on its scale.
  var ordinal: Int128 = 0

  /// The document number of the program's constants.
  static let constants: UInt8 = 3

  /// Where a text lies.
  var range: Range<Int> { Int(start)..<(Int(start) + Int(count)) }
  /// The node.
  var place: JSONNode { JSONNode(index: node) }

  /// A value that nobody supplied.
  static func unknown(_ cause: ValueCause, of slot: UInt32) -> Value {
    var value = Value()
    value.state = .unknown
    value.cause = cause
    value.subject = slot
    return value
  }

  /// A known text.
  static func text(start: Int, count: Int) -> Value {
    var value = Value()
    value.state = .known
    value.start = UInt32(truncatingIfNeeded: start)
    value.count = UInt32(truncatingIfNeeded: count)
    return value
  }
}
