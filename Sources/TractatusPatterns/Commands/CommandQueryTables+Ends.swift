/// Ends of paths that may be their forms relative to the project, where that, or where the path
/// lies, is not known.
extension CommandQueryTables {
  /// Whether a test of a text may pass an end of a path which may be the form relative to the
  /// project: any end where the project is not known, else those whose beginning may be it.
  ///
  /// Each end costs a test and the length of the project; linear in the ends, which are bounded.
  func mayPassInProject(
    _ number: Int, _ group: Int, _ forms: borrowing PathForms, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> Bool {
    let path = forms.absolute
    if path.root == .relative { return false }
    scratch.target.form.removeAll()
    scratch.target.form.append(path.text)
    if mayBeProject(path.root, context, &scratch) {
      scratch.target.form.removeAll()
      scratch.target.form.append(UInt8(ascii: "."))
      if mayPass(number, group, &scratch) { return true }
    }
    var tries = 0
    for index in path.text.pieces.indices {
      let piece = path.text.pieces[index]
      switch piece.kind {
      case .literal:
        for offset in 1..<max(1, piece.count + 1)
        where path.text.bytes[piece.start + offset - 1] == UInt8(ascii: "/") {
          // With more ends than that, some may yet pass.
          if tries == Self.endLimit { return true }
          tries += 1
          readBeginning(of: path, index, upTo: offset, &scratch)
          guard mayBeProject(path.root, context, &scratch) else { continue }
          readEnd(of: path, index, from: offset, &scratch)
          if mayPass(number, group, &scratch) { return true }
        }
      case .any, .directories, .below, .names:
        if tries == Self.endLimit { return true }
        tries += 1
        readBeginning(of: path, index, upTo: 0, &scratch)
        scratch.target.form.append(.any)
        guard mayBeProject(path.root, context, &scratch) else { continue }
        readEnd(of: path, index, from: 0, &scratch)
        if mayPass(number, group, &scratch) { return true }
      case .run, .one, .set, .number: continue
      }
    }
    return false
  }

  /// The most ends of a path that are looked at.
  private static var endLimit: Int { 64 }

  /// Whether the form that is ready may be the directory of the project.
  private func mayBeProject(
    _ root: PathText.Root, _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) -> Bool {
    guard context.hasProject else { return true }
    guard root == .unknown || root == context.project.root else { return false }
    return scratch.target.form.mayBe(
      context.project.text.bytes.span, &scratch.target.places)
  }

  /// Makes the form that is ready what stands before an end: before the `/` that a known piece has
  /// there, or before another piece.
  private func readBeginning(
    of path: borrowing PathText, _ index: Int, upTo offset: Int,
    _ scratch: inout CommandQueryScratch
  ) {
    scratch.target.form.removeAll()
    let isRoot = index == 0 && offset == 1
    let start = path.text.pieces[index].start
    let end = start + (isRoot ? 1 : max(0, offset - 1))
    scratch.target.form.append(path.text, upTo: index)
    scratch.target.form.append(path.text.bytes.span.extracting(start..<end))
  }

  /// Makes the form that is ready an end of a path.
  private func readEnd(
    of path: borrowing PathText, _ index: Int, from offset: Int,
    _ scratch: inout CommandQueryScratch
  ) {
    scratch.target.form.removeAll()
    var (first, skipped) = (index, offset)
    let piece = path.text.pieces[index]
    if piece.kind == .below {
      // What lies below a directory ends in names, and these in names again.
      scratch.target.form.append(.names)
      first += 1
    } else if piece.kind == .literal, offset < piece.count {
      // A name that looks like a home directory is none.
      switch path.text.bytes[piece.start + offset] {
      case UInt8(ascii: "~"), UInt8(ascii: "$"):
        scratch.target.form.append(UInt8(ascii: "."))
        scratch.target.form.append(UInt8(ascii: "/"))
      default: break
      }
    } else if piece.kind == .literal {
      (first, skipped) = (index + 1, 0)
    }
    scratch.target.form.append(path.text, from: first, skipping: skipped)
  }

  /// Whether a test of a text may pass the form that is ready.
  private func mayPass(
    _ number: Int, _ group: Int, _ scratch: inout CommandQueryScratch
  ) -> Bool {
    if scratch.target.form.pieces.isEmpty { return false }
    return !targetTests[group].texts.truth(
      number, scratch.target.form, &scratch.texts[group]
    ).isFalse
  }
}
