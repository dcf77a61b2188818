import TractatusPatterns
import TractatusSource

/// What one check leaves for the next of nearly the same files, as an editor makes them: the
/// programs, which are most of what packs declare and which hardly anyone edits, the rules of
/// packs, and the patterns.
///
/// No program is taken over unless every file that it could depend on is the same, under the same
/// number, and there was nothing to say of it; so a check says the same with it and without.
package final class CheckMemory {
  /// What the programs of a policy depend on.
  struct Key: Equatable {
    /// A file, as far as its programs can depend on it.
    struct File: Equatable {
      var id: SourceID
      var bytes: [UInt8]
    }
    var packages: [String]
    var uses: [[Int]]
    /// The files of packages that declare programs, and of those that they use.
    var files: [File]
  }

  /// The programs as they were checked last.
  var programs: (key: Key, declarations: [ProgramDeclaration], numbers: [String: [Int]])?

  /// The rules of built-in packages as they were checked last.
  var rules = RuleMemory()

  /// The patterns that were right, which say the same wherever they stand.
  package var patterns = ParsedPatterns()

  /// A memory of nothing.
  package init() {}
}

extension Checker {
  /// Checks every `program`, unless the memory has the same programs.
  func checkPrograms(_ memory: CheckMemory) {
    let key = programKey
    if let known = memory.programs, known.key == key {
      policy.programs = known.declarations
      programNumbers = known.numbers
      return
    }
    let count = diagnostics.count
    checkPrograms()
    memory.programs =
      diagnostics.count == count ? (key, policy.programs, programNumbers) : nil
  }

  /// What the programs depend on: names in them are looked for in their own package and in those
  /// that it uses, and whether declarations contradict each other, also on who uses whom.
  private var programKey: CheckMemory.Key {
    var seen = Set(programs.map(\.package))
    for package in seen { seen.formUnion(packages[package].uses) }
    var key = CheckMemory.Key(packages: packages.map(\.name), uses: packages.map(\.uses), files: [])
    for package in seen.sorted() {
      for number in packages[package].files {
        let source = files[number].source
        key.files.append(CheckMemory.Key.File(id: source.id, bytes: source.bytes))
      }
    }
    return key
  }
}
