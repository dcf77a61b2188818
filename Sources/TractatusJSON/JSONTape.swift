import TractatusValues

/// A JSON document (RFC 8259) read into a flat array of values.
///
/// The tape is for reuse: it keeps its storage, so that reading allocates nothing once it has read
/// a document as large. It holds its own copy of the document, in which the escapes of strings are
/// decoded in place (the decoded form is never longer), so that every text and every key is simply
/// a range of `bytes`. Reading is strict and linear: one value and nothing else, no key twice in
/// one object (compared as decoded), valid UTF-8, whole surrogate pairs, numbers that `Decimal`
/// holds exactly, at most 16 MiB and 128 levels.
package struct JSONTape: Sendable {
  /// The document with its strings decoded in place, and padding after it. Ranges that the tape
  /// gives are ranges of this; nothing else in it has a meaning.
  package internal(set) var bytes: [UInt8] = []
  /// The values in document order: the first `nodeCount` of them; never empty.
  @usableFromInline var entries: [JSONEntry] = [JSONEntry()]
  /// Where the open lists and objects wait while an inner one is read.
  var frames: [JSONFrame] = []
  /// The hash table that looks for a key given twice in a large object.
  var slots: [UInt32] = []
  /// The length of the document without the padding.
  var byteCount = 0
  /// The number of values; nodes are numbered from 0 up to it.
  package internal(set) var nodeCount = 1

  /// The most bytes a document may have: 16 MiB.
  package static let byteLimit = 16 << 20
  /// The most lists and objects that may lie in one another.
  package static let depthLimit = 128
  /// Bytes of 0 after the document, so that eight bytes can be read at each offset in it. They
  /// also end every string, for 0 is a control character.
  static let padding = 16
  /// The padding.
  static let zeros = [UInt8](repeating: 0, count: padding)

  /// A tape that holds the document `null`.
  package init() {}

  /// Reads a document, in the place of the one read before.
  ///
  /// Linear in the document's length. After an error the tape holds the document `null`.
  /// - Throws: the first error, by its offset, save that a key given twice in an object of more
  ///   than 32 members is found at the object's end.
  package mutating func parse(_ document: Span<UInt8>) throws(JSONError) {
    do {
      try read(document)
    } catch {
      entries[0] = JSONEntry()
      nodeCount = 1
      throw error
    }
  }

  /// What a value is.
  @inlinable
  package func kind(_ node: JSONNode) -> JSONKind { entries[Int(node.index)].kind }

  /// The members of an object or the elements of a list; 0 for any other value.
  @inlinable
  package func childCount(_ node: JSONNode) -> Int { Int(entries[Int(node.index)].childCount) }

  /// The first member or element, or nil when there is none.
  @inlinable
  package func firstChild(_ node: JSONNode) -> JSONNode? {
    entries[Int(node.index)].childCount == 0 ? nil : JSONNode(index: node.index + 1)
  }

  /// The value after this one in the same list or object, or nil after the last.
  @inlinable
  package func next(_ node: JSONNode) -> JSONNode? {
    let next = entries[Int(node.index)].next
    return next == 0 ? nil : JSONNode(index: next)
  }

  /// The members or elements in document order.
  package func children(_ node: JSONNode) -> JSONChildren {
    JSONChildren(tape: self, next: firstChild(node))
  }

  /// Where a member's key lies in `bytes`, decoded; empty for what is no member.
  @inlinable
  package func key(_ node: JSONNode) -> Range<Int> {
    let entry = entries[Int(node.index)]
    return Int(entry.keyOffset)..<(Int(entry.keyOffset) + Int(entry.keyLength))
  }

  /// The hash of a member's key: what `JSONTape.keyHash` gives for it.
  @inlinable
  package func keyHash(_ node: JSONNode) -> UInt32 { entries[Int(node.index)].keyHash }

  /// Where a value lies in `bytes`: a string's content, decoded and without quotes; a number as
  /// spelled.
  ///
  /// For a list or an object it is the range in the original document, brackets included; in
  /// `bytes` the strings inside are no longer what they were.
  @inlinable
  package func content(_ node: JSONNode) -> Range<Int> {
    let entry = entries[Int(node.index)]
    return Int(entry.offset)..<(Int(entry.offset) + Int(entry.length))
  }

  /// The number that a node is; nil for any other value.
  package func decimal(_ node: JSONNode) -> Decimal? {
    guard kind(node) == .number else { return nil }
    // INVARIANT: reading has checked that the number can be held.
    return try? Decimal(json: bytes.span.extracting(content(node)))
  }

  /// The boolean that a node is; nil for any other value.
  @inlinable
  package func bool(_ node: JSONNode) -> Bool? {
    switch kind(node) {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// The text that a node is, as a `String`; nil for any other value. It allocates.
  package func string(_ node: JSONNode) -> String? {
    guard kind(node) == .string else { return nil }
    return String(decoding: bytes[content(node)], as: UTF8.self)
  }

  /// A member's key as a `String`; empty for what is no member. It allocates.
  package func keyString(_ node: JSONNode) -> String {
    String(decoding: bytes[key(node)], as: UTF8.self)
  }

  /// The member of an object with this key, or nil. Linear in the number of members.
  package func member(_ node: JSONNode, _ name: StaticString) -> JSONNode? {
    // SAFETY: a static string's bytes live as long as the process.
    name.withUTF8Buffer { buffer in
      let wanted = unsafe Span(_unsafeElements: buffer)
      return member(node, named: wanted)
    }
  }

  /// The member of an object with this key, or nil. Linear in the number of members.
  package func member(_ node: JSONNode, named name: Span<UInt8>) -> JSONNode? {
    guard kind(node) == .object else { return nil }
    let hash = Self.keyHash(name)
    var child = firstChild(node)
    while let current = child {
      if keyHash(current) == hash && equal(key(current), name) { return current }
      child = next(current)
    }
    return nil
  }

  /// Whether these bytes of the tape are `other`.
  package func equal(_ range: Range<Int>, _ other: Span<UInt8>) -> Bool {
    guard range.count == other.count else { return false }
    let own = bytes.span
    for index in 0..<other.count where own[range.lowerBound + index] != other[index] {
      return false
    }
    return true
  }
}

/// The members of an object or the elements of a list, in document order.
package struct JSONChildren: Sequence, IteratorProtocol {
  private let tape: JSONTape
  private var upcoming: JSONNode?

  init(tape: JSONTape, next: JSONNode?) {
    self.tape = tape
    upcoming = next
  }

  /// The next member or element, or nil after the last.
  package mutating func next() -> JSONNode? {
    guard let node = upcoming else { return nil }
    upcoming = tape.next(node)
    return node
  }
}
