import TractatusPatterns
import TractatusValues

/// The bytes of a program: a header, then every section with its length, 16 bytes aligned.
///
/// Header: eight bytes of mark, four of version, four of reserve, eight of checksum over all that
/// follows, eight of length of all that follows.
enum ProgramImage {
  /// `TRACTBL` and a zero.
  static let mark: [UInt8] = Array("TRACTBL\0".utf8)
  /// Raised whenever a section changes.
  static let version: UInt32 = 9
  static let headerCount = 32

  static func write(_ sections: ProgramSections, into bytes: inout [UInt8]) {
    var writer = SectionWriter()
    var sections = sections
    sections.visit(&writer)
    let checksum = StableHash.hash(writer.bytes.span, seed: UInt64(version))
    bytes.append(contentsOf: mark)
    append(version, to: &bytes)
    append(UInt32(0), to: &bytes)
    append(checksum, to: &bytes)
    append(UInt64(writer.bytes.count), to: &bytes)
    bytes.append(contentsOf: writer.bytes)
  }

  /// The sections of the image from an offset on, a multiple of 16, to the end.
  ///
  /// Of a trusted image neither the checksum nor any number is checked, but for lengths.
  static func read(
    _ bytes: ImageBytes, from start: Int, isTrusted: Bool
  ) -> ProgramSections? {
    guard start >= 0, start % 16 == 0, bytes.count - start >= headerCount else { return nil }
    for index in 0..<8 where bytes[start + index] != mark[index] { return nil }
    guard load(bytes, start + 8, 4) == UInt64(version), load(bytes, start + 12, 4) == 0,
      load(bytes, start + 24, 8) == UInt64(bytes.count - start - headerCount)
    else { return nil }
    if !isTrusted {
      let hash = bytes.withSpan(start + headerCount..<bytes.count) { body in
        StableHash.hash(body, seed: UInt64(version))
      }
      guard hash == load(bytes, start + 16, 8) else { return nil }
    }
    var reader = SectionReader(
      bytes: bytes, from: start + headerCount, isTrusted: isTrusted)
    var sections = ProgramSections()
    sections.visit(&reader)
    guard reader.isSound && reader.offset == bytes.count else { return nil }
    return sections
  }

  /// A little-endian number of `count` bytes.
  static func load(_ bytes: ImageBytes, _ offset: Int, _ count: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    return value
  }

  static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
    for index in 0..<(Number.bitWidth / 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> Number(8 * index)))
    }
  }
}

/// Something that goes through the sections of a program in their order: arrays of records, and
/// parts that say themselves how they are written.
protocol SectionVisitor {
  mutating func section<Record: BitwiseCopyable & Sendable>(_ records: inout Packed<Record>)
  mutating func parts<Part: ImagePart>(_ parts: inout [Part])
}

/// Writes sections: a 64-bit count of entries, padding, the entries.
struct SectionWriter: SectionVisitor {
  private(set) var bytes: [UInt8] = []

  mutating func section<Record: BitwiseCopyable & Sendable>(_ records: inout Packed<Record>) {
    ProgramImage.append(UInt64(records.count), to: &bytes)
    pad()
    unsafe records.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    pad()
  }

  mutating func parts<Part: ImagePart>(_ parts: inout [Part]) {
    ProgramImage.append(UInt64(parts.count), to: &bytes)
    var blobs: [[UInt8]: Int] = [:]
    for (number, part) in parts.enumerated() {
      var blob: [UInt8] = []
      part.write(into: &blob)
      // Attributes that are tested alike have equal sets, of which one is kept: zero and the part,
      // or the number of an earlier one plus 1.
      let known = blobs[blob]
      ProgramImage.append(UInt64(known.map { $0 + 1 } ?? 0), to: &bytes)
      if known == nil {
        blobs[blob] = number
        var bytes = Packed(blob)
        section(&bytes)
      }
    }
  }

  private mutating func pad() {
    while bytes.count % 16 != 0 { bytes.append(0) }
  }
}

/// Reads what `SectionWriter` wrote.
struct SectionReader: SectionVisitor {
  let bytes: ImageBytes
  private let isTrusted: Bool
  private(set) var offset: Int
  private(set) var isSound = true

  /// Reads from an offset on, a multiple of 16.
  init(bytes: ImageBytes, from offset: Int, isTrusted: Bool) {
    self.bytes = bytes
    self.offset = offset
    self.isTrusted = isTrusted
  }

  mutating func section<Record: BitwiseCopyable & Sendable>(_ records: inout Packed<Record>) {
    guard let count = count(), skipPadding() else { return }
    let (size, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Record>.stride)
    guard !overflows && size <= bytes.count - offset else {
      isSound = false
      return
    }
    records = Packed(bytes, from: offset, count: count)
    offset += size
    _ = skipPadding()
  }

  mutating func parts<Part: ImagePart>(_ parts: inout [Part]) {
    guard let count = count() else { return }
    var read: [Part] = []
    for _ in 0..<count where isSound {
      guard let known = number(), known <= read.count else {
        isSound = false
        return
      }
      if known > 0 {
        read.append(read[known - 1])
        continue
      }
      guard let blob = blob(), let part = Part(reading: bytes, blob, isTrusted: isTrusted) else {
        isSound = false
        return
      }
      read.append(part)
    }
    parts = read
  }

  /// Where a section of bytes lies that is read where it lies.
  private mutating func blob() -> Range<Int>? {
    guard let count = count(), skipPadding() else { return nil }
    guard count <= bytes.count - offset else {
      isSound = false
      return nil
    }
    let range = offset..<offset + count
    offset += count
    return skipPadding() ? range : nil
  }

  /// A count of entries, each of which takes at least a byte of what is left.
  private mutating func count() -> Int? {
    guard let count = number(), count <= bytes.count - offset else {
      isSound = false
      return nil
    }
    return count
  }

  /// A number of 64 bits, which need not count anything.
  private mutating func number() -> Int? {
    guard isSound, bytes.count - offset >= 8 else {
      isSound = false
      return nil
    }
    defer { offset += 8 }
    return Int(exactly: ProgramImage.load(bytes, offset, 8))
  }

  private mutating func skipPadding() -> Bool {
    while offset % 16 != 0 {
      guard offset < bytes.count && bytes[offset] == 0 else {
        isSound = false
        return false
      }
      offset += 1
    }
    return true
  }
}

extension ProgramSections {
  /// Goes through every section in the order of the image.
  mutating func visit<Visitor: SectionVisitor>(_ visitor: inout Visitor) {
    var headers: Packed = [header]
    visitor.section(&headers)
    if let first = headers.first, headers.count == 1 { header = first }
    visitor.section(&bytes)
    visitor.section(&texts)
    visitor.section(&words)
    visitor.section(&numbers)
    visitor.section(&constants)
    visitTypes(&visitor)
    visitTests(&visitor)
    visitClauses(&visitor)
    visitor.parts(&patternSets)
    visitor.parts(&extractors)
    var tables = [programs]
    visitor.parts(&tables)
    if let first = tables.first, tables.count == 1 { programs = first }
    visitor.parts(&commandSets)
    visitor.parts(&placeSets)
  }

  private mutating func visitTypes<Visitor: SectionVisitor>(_ visitor: inout Visitor) {
    visitor.section(&packages)
    visitor.section(&otherwises)
    visitor.section(&actionTypes)
    visitor.section(&typeOrder)
    visitor.section(&slots)
    visitor.section(&valueTypes)
    visitor.section(&recordFields)
    visitor.section(&attributes)
    visitor.section(&fieldAttributes)
    visitor.section(&bindingTargets)
    visitor.section(&toolMappings)
    visitor.section(&toolWildcards)
    visitor.section(&actionMappings)
    visitor.section(&extractions)
    visitor.section(&floors)
  }

  private mutating func visitTests<Visitor: SectionVisitor>(_ visitor: inout Visitor) {
    visitor.section(&tests)
    visitor.section(&rangeLower)
    visitor.section(&rangeUpper)
    visitor.section(&windows)
    visitor.section(&code)
    visitor.section(&elementOperands)
    visitor.section(&quantifiers)
    visitor.section(&placeTests)
    visitor.section(&commandTests)
    visitor.section(&histories)
    visitor.section(&historyTests)
    visitor.section(&attributeIndexes)
    visitor.section(&keyTables)
    visitor.section(&numberTables)
    visitor.section(&hashSlots)
    visitor.section(&keyEntries)
    visitor.section(&numberEntries)
    visitor.section(&intervalLower)
    visitor.section(&intervalUpper)
    visitor.section(&intervalReach)
    visitor.section(&intervalTests)
  }

  private mutating func visitClauses<Visitor: SectionVisitor>(_ visitor: inout Visitor) {
    visitor.section(&rows)
    visitor.section(&formulas)
    visitor.section(&tables)
    visitor.section(&probes)
    visitor.section(&clauses)
    visitor.section(&expectations)
    visitor.section(&rules)
    visitor.section(&waivers)
    visitor.section(&waiverFormulas)
    visitor.section(&templates)
    visitor.section(&segments)
    visitor.section(&thresholds)
    visitor.section(&factors)
    visitor.section(&arithmetic)
    visitor.section(&points)
    visitor.section(&levels)
  }
}
