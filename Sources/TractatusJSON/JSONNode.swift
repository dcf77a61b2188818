/// A value of a document, as an index into its tape.
///
/// It means something only together with the tape that gave it, and only until that tape reads
/// the next document.
package struct JSONNode: Sendable, Hashable {
  /// The index into the tape: values are numbered in document order, from 0.
  package let index: UInt32

  /// The value that is the whole document.
  package static let root = JSONNode(index: 0)

  /// The value with this number.
  @inlinable
  package init(index: UInt32) {
    self.index = index
  }
}

/// What a value is.
@usableFromInline
package enum JSONKind: UInt8, Sendable, Hashable {
  case null = 0
  case `false` = 1
  case `true` = 2
  case number = 3
  case string = 4
  case array = 5
  case object = 6

  /// The kind in words for a message, such as `a number`.
  package var phrase: String {
    switch self {
    case .null: "null"
    case .false, .true: "a boolean"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// What the tape keeps of one value: 32 bytes.
@usableFromInline
struct JSONEntry: Sendable {
  /// Where the value lies in the tape's bytes: a text's content without its quotes, a number's or
  /// literal's spelling, a list or an object with its brackets.
  @usableFromInline var offset: UInt32 = 0
  @usableFromInline var length: UInt32 = 0
  /// The next value of the same list or object, or 0 after the last: 0 is the root, which is no
  /// sibling.
  @usableFromInline var next: UInt32 = 0
  /// The members or elements; if any, the first is the next entry.
  @usableFromInline var childCount: UInt32 = 0
  /// Where the key lies in the tape's bytes, and its hash; 0 where there is none.
  @usableFromInline var keyOffset: UInt32 = 0
  @usableFromInline var keyLength: UInt32 = 0
  @usableFromInline var keyHash: UInt32 = 0
  @usableFromInline var kind = JSONKind.null

  /// An entry of nothing yet.
  init() {}
}
