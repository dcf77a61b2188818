import TractatusJSON
import TractatusPatterns

/// A compiled policy: what an evaluator runs. Immutable, flat and verified.
///
/// INVARIANT: every index in the sections is in range, every expression leaves one value, and
/// nothing nests deeper than `ProgramVerifier.depthLimit`; so no evaluation traps.
package struct Program: Sendable {
  /// The sections, for the evaluator and for what shows a program.
  package let sections: ProgramSections

  /// A program of these sections; nil when they are not sound.
  package init?(_ sections: ProgramSections) {
    guard ProgramVerifier(sections).isSound else { return nil }
    self.sections = sections
  }

  /// Reads an image that `write(into:)` wrote; nil for any other bytes. Never traps.
  ///
  /// Linear in the image.
  package init?(reading image: Span<UInt8>) {
    self.init(reading: ImageBytes(copying: image), from: 0)
  }

  /// Reads the image that begins at an offset of `bytes` and ends with them; nil for anything that
  /// is none. Never traps, and reads each section where it lies in `bytes`.
  package init?(reading bytes: ImageBytes, from offset: Int) {
    guard let sections = ProgramImage.read(bytes, from: offset, isTrusted: false) else {
      return nil
    }
    self.init(sections)
  }

  /// Reads the image that begins at an offset of `bytes` and ends with them, of which a seal has
  /// shown that this very build wrote it; nil where it ends too early or is of another version.
  ///
  /// INVARIANT: what is written is a program, and all programs are verified when they are made. So
  /// no number is checked again; one that is wrong all the same ends the process by a bounds check.
  package init?(trusting bytes: ImageBytes, from offset: Int) {
    guard let sections = ProgramImage.read(bytes, from: offset, isTrusted: true) else {
      return nil
    }
    self.sections = sections
  }

  /// The version of images; raised whenever a section changes.
  package static var imageVersion: UInt32 { ProgramImage.version }

  /// Appends the program's image to `bytes`.
  package func write(into bytes: inout [UInt8]) {
    ProgramImage.write(sections, into: &bytes)
  }

  /// `sha256:…` over the sorted digests of the sources.
  package var digest: String { sections.string(sections.header.digest) }

  /// What a report says of the policy that decided.
  package var identity: PolicyIdentity {
    var identity = PolicyIdentity()
    identity.digest = digest
    identity.packages = sections.packages.map {
      NamedValue(name: sections.string($0.name), value: .text(sections.string($0.version)))
    }
    return identity
  }

  /// The constants' document: a list; nil when it is none.
  static func readConstants(_ bytes: Packed<UInt8>) -> JSONTape? {
    var tape = JSONTape()
    let isParsed = bytes.withSpan(0..<bytes.count) { (try? tape.parse($0)) != nil }
    return isParsed && tape.kind(.root) == .array ? tape : nil
  }
}
