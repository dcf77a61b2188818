extension PathBuilder {
  /// Follows `/proc/self/root`, `/proc/self/cwd` and their like of other processes and tasks.
  mutating func followProcess() {
    guard text.pieces.count == 1 else { return followPattern() }
    guard name(0, is: "proc"), components.count == 3 || components.count == 5 else { return }
    let isOwn = name(1, is: "self") || name(1, is: "thread-self")
    guard isOwn || isNumber(1) else { return }
    if components.count == 5 {
      guard name(2, is: "task"), isNumber(3) || name(3, is: "self") else { return }
    }
    let last = components.count - 1
    if name(last, is: "root") {
      restart(.absolute)
    } else if name(last, is: "cwd") {
      if isOwn { enterWorkingDirectory() } else { float(.absolute) }
    }
  }

  /// The bytes of a component that is not the open one.
  private func nameRange(_ index: Int) -> Range<Int> {
    let start = components[index].bytes + (index == 0 ? 0 : 1)
    let end = index + 1 < components.count ? components[index + 1].bytes : text.bytes.count
    return start..<max(start, end)
  }

  private func name(_ index: Int, is name: StaticString) -> Bool {
    let range = nameRange(index)
    guard range.count == name.utf8CodeUnitCount else { return false }
    return Self.begins(text.bytes.span.extracting(range), name)
  }

  private func isNumber(_ index: Int) -> Bool {
    let range = nameRange(index)
    return range.count > 0 && text.bytes[range].allSatisfy { ByteClass.digits.contains($0) }
  }

  /// Makes the path any where patterns may give `/proc/self/root` or the like.
  mutating func followPattern() {
    if manyNames > 0 {
      if mayBe(0, "proc") { float(.absolute) }
      return
    }
    let last = components.count - 1
    guard last == 2 || last == 4, mayBe(0, "proc"), mayBe(last, "root") || mayBe(last, "cwd")
    else { return }
    if last == 4, !mayBe(2, "task") { return }
    if mayBeTask(1), mayBeTask(last - 1) { float(.absolute) }
  }

  private func mayBeTask(_ index: Int) -> Bool {
    mayBe(index, "self") || mayBe(index, "thread-self") || mayBeNumber(index)
  }

  /// What is known that a component begins with, and whether that is all of it.
  private func prefix(_ index: Int) -> (range: Range<Int>, isAll: Bool) {
    let range = nameRange(index)
    var end = range.upperBound
    var isAll = true
    for piece in text.pieces
    where piece.kind != .literal && piece.start >= range.lowerBound && piece.start <= end {
      // A piece without bytes at the end of a name may belong to the next one.
      end = piece.start
      isAll = false
    }
    return (range.lowerBound..<end, isAll)
  }

  private func mayBe(_ index: Int, _ name: StaticString) -> Bool {
    let (range, isAll) = prefix(index)
    if isAll { return self.name(index, is: name) }
    guard range.count <= name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { buffer in
      for place in 0..<range.count
      where unsafe buffer[place] != text.bytes[range.lowerBound + place] {
        return false
      }
      return true
    }
  }

  private func mayBeNumber(_ index: Int) -> Bool {
    text.bytes[prefix(index).range].allSatisfy { ByteClass.digits.contains($0) }
  }
}
