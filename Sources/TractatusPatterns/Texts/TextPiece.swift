/// A piece of a text of which not all is known: bytes that are, or what stands for others.
package struct TextPiece: Sendable, Equatable {
  /// What a piece is.
  package enum Kind: UInt8, Sendable {
    /// Known bytes.
    case literal
    /// Any text at all.
    case any
    /// Nothing, or any text that ends with `/`.
    case directories
    /// Nothing, or any text that begins with `/`.
    case below
    /// Any text that does not begin with `/`, and is not empty.
    case names
    /// `*` of a shell's pattern: any run of scalars but `/`.
    case run
    /// `?` of a shell's pattern: any scalar but `/`.
    case one
    /// `[…]` of a shell's pattern, spelled by the bytes: one scalar, or those bytes themselves.
    case set
    /// A whole number: digits, perhaps after a minus sign.
    case number
  }

  /// What the piece is.
  package var kind: Kind
  /// Whether it begins a file name, so that it gives no `.` at first.
  package var beginsName = false
  /// Of a `set`: whether it gives one scalar or more of it.
  package var repeats = false
  /// Where its bytes begin in the text's `bytes`, or would.
  package var start: Int
  /// How many bytes it has.
  package var count: Int

  /// Makes a piece.
  package init(_ kind: Kind, start: Int, count: Int = 0, beginsName: Bool = false) {
    self.kind = kind
    self.start = start
    self.count = count
    self.beginsName = beginsName
  }

  /// Its bytes, as a range of the text's `bytes`.
  package var range: Range<Int> { start..<start + count }
}

/// What a piece that is no known text gives: one scalar of `first` and then, if it repeats, any
/// number of `rest`.
struct PieceShape {
  var first: ByteClass
  var rest: ByteClass
  var repeats: Bool
  var mayBeEmpty: Bool

  /// The shape of a piece other than `literal`, `directories` and `below`; of a number without its
  /// sign, of a bracket without its own spelling.
  init(_ piece: TextPiece, _ bytes: Span<UInt8>) {
    let first = piece.beginsName ? ByteClass.initials : ByteClass.names
    switch piece.kind {
    case .literal, .any, .directories, .below:
      self.init(first: .all, rest: .all, repeats: true, mayBeEmpty: true)
    case .names: self.init(first: .names, rest: .all, repeats: true, mayBeEmpty: false)
    case .run: self.init(first: first, rest: .names, repeats: true, mayBeEmpty: true)
    case .one: self.init(first: first, rest: .names, repeats: false, mayBeEmpty: false)
    case .set:
      let members = ByteClass.bracket(bytes.extracting(piece.range))
      self.init(
        first: piece.beginsName ? members.without(UInt8(ascii: ".")) : members,
        rest: piece.repeats ? members : .names, repeats: piece.repeats, mayBeEmpty: false)
    case .number:
      self.init(first: .digits, rest: .digits, repeats: true, mayBeEmpty: false)
    }
  }

  private init(first: ByteClass, rest: ByteClass, repeats: Bool, mayBeEmpty: Bool) {
    self.first = first
    self.rest = rest
    self.repeats = repeats
    self.mayBeEmpty = mayBeEmpty
  }
}
