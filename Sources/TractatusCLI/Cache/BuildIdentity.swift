/// What tells one build of this program from every other: the linker's build id, which is a digest
/// of the executable.
enum BuildIdentity {
  /// How much of the executable is looked at: notes stand near its beginning.
  private static let headCount = 16_384

  /// The id of the running executable; nil where it has none, or cannot be read.
  static func ofProcess() -> [UInt8]? {
    guard let head = try? FileReader.head(of: "/proc/self/exe", count: headCount) else {
      return nil
    }
    return find(in: head)
  }

  /// Whether a 64-bit little-endian ELF file that begins with these bytes asks for no dynamic
  /// linker.
  static func isStatic(_ file: [UInt8]) -> Bool {
    guard let headers = number(file, 32, 8), let size = number(file, 54, 2),
      let count = number(file, 56, 2)
    else { return false }
    // PT_INTERP
    return !(0..<count).contains { number(file, headers + $0 * size, 4) == 3 }
  }

  /// The build id among the notes of a 64-bit little-endian ELF file (System V ABI, chapters 4
  /// and 5) that begins with these bytes; nil when there is none among them.
  static func find(in file: [UInt8]) -> [UInt8]? {
    let mark: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1]
    guard file.starts(with: mark), let headers = number(file, 32, 8),
      let size = number(file, 54, 2), let count = number(file, 56, 2), size >= 56
    else { return nil }
    for index in 0..<count {
      let (place, overflows) = headers.addingReportingOverflow(index * size)
      guard !overflows, let kind = number(file, place, 4) else { return nil }
      // PT_NOTE
      guard kind == 4, let start = number(file, place + 8, 8),
        let length = number(file, place + 32, 8)
      else { continue }
      if let found = find(in: file, from: start, count: length) { return found }
    }
    return nil
  }

  /// The build id in one segment of notes.
  private static func find(in file: [UInt8], from start: Int, count: Int) -> [UInt8]? {
    guard start <= file.count else { return nil }
    let end = count <= file.count - start ? start + count : file.count
    var place = start
    while end - place >= 12 {
      guard let nameCount = number(file, place, 4), let count = number(file, place + 4, 4),
        let kind = number(file, place + 8, 4)
      else { return nil }
      let name = place + 12
      let content = name + (nameCount + 3) & ~3
      guard content <= end, count <= end - content else { return nil }
      // NT_GNU_BUILD_ID
      if kind == 3, nameCount == 4, file[name..<name + 4].elementsEqual("GNU\0".utf8), count >= 8 {
        return Array(file[content..<content + count])
      }
      place = content + (count + 3) & ~3
    }
    return nil
  }

  /// The little-endian number of `count` bytes at an offset; nil when it is not there, or larger
  /// than any file.
  private static func number(_ file: [UInt8], _ offset: Int, _ count: Int) -> Int? {
    guard offset >= 0, offset <= file.count - count else { return nil }
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(file[offset + index]) << UInt64(8 * index) }
    guard let number = Int(exactly: value), number <= 1 << 48 else { return nil }
    return number
  }
}
