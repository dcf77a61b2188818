/// A text of which not all need be known: pieces over one array of bytes.
///
/// It stands for every text that its pieces can give, one after the other.
package struct PartialText: Sendable, Equatable {
  /// The bytes of all pieces.
  package internal(set) var bytes: [UInt8] = []
  /// The pieces in order; literal ones never stand side by side, and none is empty.
  package internal(set) var pieces: [TextPiece] = []

  /// The empty text.
  package init() {}

  /// A text of which all is known.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if !bytes.isEmpty { pieces = [TextPiece(.literal, start: 0, count: bytes.count)] }
  }

  /// Whether it stands for one text alone, which is `bytes`.
  package var isKnown: Bool {
    pieces.isEmpty || (pieces.count == 1 && pieces[0].kind == .literal)
  }

  /// Empties it and keeps its storage.
  package mutating func removeAll() {
    // PERF: to empty what is empty costs a hundred instructions.
    if !bytes.isEmpty { bytes.clear() }
    if !pieces.isEmpty { pieces.clear() }
  }

  /// Becomes a known text, which is not empty. Linear in it.
  mutating func take(_ text: Span<UInt8>) {
    bytes.clear()
    // SAFETY: the buffer is read only inside the closure.
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    let piece = TextPiece(.literal, start: 0, count: bytes.count)
    if pieces.count == 1 {
      pieces[0] = piece
    } else {
      pieces.clear()
      pieces.append(piece)
    }
  }

  /// Adds one known byte. Constant time.
  @inline(__always)
  package mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    extend(1)
  }

  /// Adds known bytes. Linear in their number.
  package mutating func append(_ text: Span<UInt8>) {
    if text.isEmpty { return }
    // SAFETY: the buffer is read only inside the closure.
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    extend(text.count)
  }

  private mutating func extend(_ count: Int) {
    let last = pieces.count - 1
    if last >= 0, pieces[last].kind == .literal {
      pieces[last].count += count
    } else {
      pieces.append(TextPiece(.literal, start: bytes.count - count, count: count))
    }
  }

  /// Adds a piece that is no known text and has no spelling.
  package mutating func append(_ kind: TextPiece.Kind, beginsName: Bool = false) {
    pieces.append(TextPiece(kind, start: bytes.count, beginsName: beginsName))
  }

  /// Adds a bracket of a shell's pattern, which must not be empty.
  package mutating func append(
    set spelling: Span<UInt8>, beginsName: Bool, repeats: Bool = false
  ) {
    pieces.append(
      TextPiece(.set, start: bytes.count, count: spelling.count, beginsName: beginsName))
    pieces[pieces.count - 1].repeats = repeats
    // SAFETY: the buffer is read only inside the closure.
    unsafe spelling.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds another text, or its pieces from one on, before another, the first of them without its
  /// first `skipped` bytes. Linear in what is added.
  package mutating func append(
    _ other: borrowing PartialText, from first: Int = 0, upTo end: Int = .max,
    skipping skipped: Int = 0
  ) {
    var skipped = skipped
    for index in first..<max(first, min(end, other.pieces.count)) {
      let piece = other.pieces[index]
      let range = piece.range
      switch piece.kind {
      case .literal:
        let start = min(range.lowerBound + skipped, range.upperBound)
        append(other.bytes.span.extracting(start..<range.upperBound))
      case .set:
        append(
          set: other.bytes.span.extracting(range), beginsName: piece.beginsName,
          repeats: piece.repeats)
      case .any, .directories, .below, .names, .run, .one, .number:
        append(piece.kind, beginsName: piece.beginsName)
      }
      skipped = 0
    }
  }

  // MARK: What it may be

  // What is known of a place in a text while pieces are followed.
  private static let before: UInt8 = 1
  private static let after: UInt8 = 2
  private static let inside: UInt8 = 4

  /// Whether it may be a text. Time linear in the text, for each piece.
  func mayBe(_ text: Span<UInt8>, _ places: inout [UInt8]) -> Bool {
    mayBe(pieces.indices, skipping: 0, text, &places)
  }

  /// Whether some of its pieces, one after the other, may be a text: the first, which is known
  /// text when `skipped` is not 0, without so many bytes.
  func mayBe(
    _ range: Range<Int>, skipping skipped: Int, _ text: Span<UInt8>, _ places: inout [UInt8]
  ) -> Bool {
    _ = follow(range, skipping: skipped, text, &places)
    return places[text.count] != 0
  }

  /// Marks in `places` where in a text the pieces may end; says whether they may also go on behind
  /// it, as far as known bytes do.
  func follow(
    _ range: Range<Int>, skipping skipped: Int, _ text: Span<UInt8>, _ places: inout [UInt8]
  ) -> Bool {
    let count = text.count
    var goesOn = false
    places.clear()
    for index in 0...count { places.append(index == 0 ? Self.before : 0) }
    for index in range {
      var piece = pieces[index]
      if index == range.lowerBound, piece.kind == .literal {
        let left = min(skipped, piece.count)
        piece.start += left
        piece.count -= left
      }
      // A piece that begins behind the text, or before its end and then leaves it.
      if places[count] & Self.before != 0 { goesOn = true }
      if piece.kind == .literal, leaves(piece.range, text, places) { goesOn = true }
      advance(piece, text, &places)
      for place in 0...count { places[place] = places[place] & Self.after != 0 ? Self.before : 0 }
    }
    return goesOn
  }

  /// Whether known bytes begin inside a text, and are what it ends with, and go on.
  private func leaves(_ range: Range<Int>, _ text: Span<UInt8>, _ places: [UInt8]) -> Bool {
    if range.isEmpty { return false }
    for place in max(0, text.count + 1 - range.count)..<max(text.count, 1)
    where places[place] & Self.before != 0 {
      var index = 0
      while place + index < text.count, bytes[range.lowerBound + index] == text[place + index] {
        index += 1
      }
      if place + index == text.count { return true }
    }
    return false
  }

  /// Marks the places that are reached after a piece.
  private func advance(_ piece: TextPiece, _ text: Span<UInt8>, _ places: inout [UInt8]) {
    switch piece.kind {
    case .literal: step(piece.range, text, &places)
    case .any, .directories:
      var isReached = false
      for place in 0...text.count {
        let isOpen =
          piece.kind == .any || (place > 0 && text[place - 1] == UInt8(ascii: "/"))
        if places[place] & Self.before != 0 {
          isReached = true
          places[place] |= Self.after
        } else if isReached, isOpen {
          places[place] |= Self.after
        }
      }
    case .below:
      for place in 0...text.count where places[place] & Self.before != 0 {
        places[place] |= Self.after
        guard place < text.count, text[place] == UInt8(ascii: "/") else { continue }
        for later in (place + 1)...text.count { places[later] |= Self.after }
        break
      }
    case .run, .one, .number, .names: advance(PieceShape(piece, bytes.span), piece, text, &places)
    case .set:
      step(piece.range, text, &places)
      advance(PieceShape(piece, bytes.span), piece, text, &places)
    }
  }

  private func step(_ range: Range<Int>, _ text: Span<UInt8>, _ places: inout [UInt8]) {
    let last = text.count - range.count
    guard last >= 0 else { return }
    for place in 0...last where places[place] & Self.before != 0 {
      var index = 0
      while index < range.count, bytes[range.lowerBound + index] == text[place + index] {
        index += 1
      }
      if index == range.count { places[place + index] |= Self.after }
    }
  }

  private func advance(
    _ shape: PieceShape, _ piece: TextPiece, _ text: Span<UInt8>, _ places: inout [UInt8]
  ) {
    for place in 0...text.count {
      let state = places[place]
      if state & Self.before != 0, shape.mayBeEmpty { places[place] |= Self.after }
      if state & Self.inside != 0 { places[place] |= Self.after }
      guard place < text.count else { break }
      let byte = text[place]
      if state & Self.before != 0 {
        if shape.first.contains(byte) {
          mark(text, place, shape.repeats ? Self.inside : Self.after, &places)
        }
        let next = place + 1
        if piece.kind == .number, byte == UInt8(ascii: "-"), next < text.count,
          ByteClass.digits.contains(text[next])
        {
          places[next + 1] |= Self.inside
        }
      }
      if state & Self.inside != 0, shape.rest.contains(byte) {
        mark(text, place, Self.inside, &places)
      }
    }
  }

  /// Marks the place after the scalar at a place.
  private func mark(
    _ text: Span<UInt8>, _ place: Int, _ mark: UInt8, _ places: inout [UInt8]
  ) {
    places[place + ScalarCoding.scalar(in: text, at: place).length] |= mark
  }
}
