import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource

/// The rules that a program image was made of, kept behind it in its file (`build --sources`): what
/// `diff` asks about two versions it asks of conditions, which a program does not hold.
///
/// Behind the image stand, for each file, four numbers (its root among the rules, its place among
/// stored instructions plus one or 0, whether it is built in, the length of its name), the name,
/// the length of its text and the text; then the length of all that and a mark. Numbers are of
/// eight bytes, little-endian.
struct ImageSources {
  private static let mark = Array("TRACTSRC".utf8)

  /// A file of rules.
  private struct File {
    var name: [UInt8]
    var text: [UInt8]
    var root: Int
    var stored: Int?
    var isBuiltIn: Bool
  }

  private var files: [File] = []

  /// The files of a policy that compiled.
  init(_ compilation: CompilationResult) {
    files = compilation.files.map { file in
      File(
        name: Array(file.source.name.utf8), text: file.source.bytes, root: file.rulesRoot,
        stored: file.storedPlace, isBuiltIn: file.isBuiltIn)
    }
  }

  // MARK: Bytes

  /// Writes the files behind an image.
  func append(to bytes: inout [UInt8]) {
    let start = bytes.count
    for file in files {
      Self.append(file.root, to: &bytes)
      Self.append(file.stored.map { $0 + 1 } ?? 0, to: &bytes)
      Self.append(file.isBuiltIn ? 1 : 0, to: &bytes)
      Self.append(file.name, to: &bytes)
      Self.append(file.text, to: &bytes)
    }
    Self.append(bytes.count - start, to: &bytes)
    bytes += Self.mark
  }

  /// Takes the files off the bytes of an image; nil where there are none, and the bytes stay.
  init?(takenOff bytes: inout [UInt8]) {
    let end = bytes.count - 16
    guard end >= 0, bytes[(end + 8)...].elementsEqual(Self.mark) else { return nil }
    var offset = end
    guard let length = Self.number(bytes, &offset, before: bytes.count), (0...end).contains(length)
    else { return nil }
    offset = end - length
    while offset < end {
      guard let root = Self.number(bytes, &offset, before: end),
        let stored = Self.number(bytes, &offset, before: end),
        let isBuiltIn = Self.number(bytes, &offset, before: end),
        let name = Self.text(bytes, &offset, before: end),
        let text = Self.text(bytes, &offset, before: end), text.count <= RuleReader.fileLimit
      else { return nil }
      files.append(
        File(
          name: Array(name), text: Array(text), root: root,
          stored: stored > 0 ? stored - 1 : nil, isBuiltIn: isBuiltIn != 0))
    }
    bytes.removeLast(bytes.count - end + length)
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
  }

  private static func append(_ text: [UInt8], to bytes: inout [UInt8]) {
    append(text.count, to: &bytes)
    bytes += text
  }

  private static func number(_ bytes: [UInt8], _ offset: inout Int, before end: Int) -> Int? {
    guard end - offset >= 8 else { return nil }
    var value: UInt64 = 0
    for place in 0..<8 { value |= UInt64(bytes[offset + place]) << UInt64(8 * place) }
    offset += 8
    return Int(truncatingIfNeeded: value)
  }

  private static func text(
    _ bytes: [UInt8], _ offset: inout Int, before end: Int
  ) -> ArraySlice<UInt8>? {
    guard let count = number(bytes, &offset, before: end), count >= 0, count <= end - offset else {
      return nil
    }
    offset += count
    return bytes[offset - count..<offset]
  }

  // MARK: Policy

  /// What the files compile to, if that is the program of an image, byte by byte; nil where it is
  /// another: then the image was built otherwise.
  func compilation(for program: Program) -> CompilationResult? {
    var sources = SourceSet()
    let parsed = files.map { file in
      let source = sources.add(
        name: String(decoding: file.name, as: UTF8.self), bytes: file.text)
      var result = ParsedFile(parsing: source, rulesRoot: file.root, isBuiltIn: file.isBuiltIn)
      result.storedPlace = file.stored
      return result
    }
    let compilation = Compilation.compile(files: parsed, sources: sources)
    guard let made = compilation.program else { return nil }
    var (image, other): ([UInt8], [UInt8]) = ([], [])
    program.write(into: &image)
    made.write(into: &other)
    return image == other ? compilation : nil
  }
}
