import TractatusSource
import TractatusSyntax

/// `textDocument/prepareRename` and `textDocument/rename`.
enum Rename {
  /// What would be renamed.
  ///
  /// - Throws: why it cannot be.
  static func prepare(_ file: OpenFile, at offset: Int) throws(ResponseError) -> JSONOutput {
    let use = try renamed(file, at: offset)
    return .fields([
      "range": file.range(use.start, use.end),
      "placeholder": .string(file.tree.source.string(from: use.start, to: use.end)),
    ])
  }

  /// The edits that give something another name, everywhere.
  ///
  /// - Throws: why it cannot have that name.
  static func edit(
    _ file: OpenFile, at offset: Int, to name: String, hasDocumentChanges: Bool
  ) throws(ResponseError) -> JSONOutput {
    let use = try renamed(file, at: offset)
    let plain = try spelling(name)
    for thing in use.things { try checkFree(plain, thing, file) }
    var edits: [SourceEdit] = []
    for (number, use) in References.uses(of: use.things, file) {
      let source = file.analysis.files[number].source.id
      edits.append(
        SourceEdit(
          SourceSpan(source: source, start: use.start, end: use.end), replacement: plain))
    }
    guard
      let edit = WorkspaceEdit.output(
        edits, file.analysis, file.workspace, hasDocumentChanges: hasDocumentChanges)
    else { throw ResponseError(.requestFailed, "it is named in a built-in package") }
    return edit
  }

  /// The use of something that may be renamed.
  private static func renamed(
    _ file: OpenFile, at offset: Int
  ) throws(ResponseError) -> NameUse {
    guard let use = file.names.use(at: offset, inFile: file.number), let thing = use.things.first
    else { throw ResponseError(.requestFailed, "there is no name here") }
    switch thing {
    case .builtIn, .metadataKey, .metadataWord, .classification:
      throw ResponseError(.requestFailed, "this is built in, and keeps its name")
    case .package:
      throw ResponseError(
        .requestFailed, "a package is named in reports, tests and by others; rename it by hand")
    case .program: throw ResponseError(.requestFailed, "a program is called by this name")
    case .element: return use
    default: break
    }
    if thing.isSpokenByCallers {
      throw ResponseError(
        .requestFailed,
        "a \(thing.noun) has its name in what callers send, so that another one would no longer "
          + "be read")
    }
    for thing in use.things {
      guard let sites = file.names.sites[thing], !sites.isEmpty else {
        throw ResponseError(.requestFailed, "this is built in, and keeps its name")
      }
      for site in sites where file.analysis.files[site.file].isBuiltIn {
        throw ResponseError(
          .requestFailed, "this belongs to a built-in package, and keeps its name")
      }
    }
    return use
  }

  /// A name as it is written: in backticks where it is spelt like a reserved word.
  private static func spelling(_ name: String) throws(ResponseError) -> String {
    var bytes = Array(name.utf8)
    if bytes.count > 2, bytes.first == UInt8(ascii: "`"), bytes.last == UInt8(ascii: "`") {
      bytes = Array(bytes.dropFirst().dropLast())
    }
    let isName = bytes.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
        || byte >= 0x30 && byte <= 0x39
    }
    guard let first = bytes.first, isName, first > 0x39 else {
      throw ResponseError(
        .invalidParams, "`\(name)` is no name; it is of letters, digits and `_`")
    }
    let plain = String(decoding: bytes, as: UTF8.self)
    return Word(rawValue: plain)?.isReserved ?? false ? "`\(plain)`" : plain
  }

  /// Whether nothing else is seen under a name where something is declared.
  private static func checkFree(
    _ name: String, _ thing: NamedThing, _ file: OpenFile
  ) throws(ResponseError) {
    let spaces: [NameTable.Space]
    let package: String
    switch thing {
    case .valueType(let full): (spaces, package) = ([.types], full.package)
    case .actionType(let full): (spaces, package) = ([.actions], full.package)
    case .policyRule(let full): (spaces, package) = ([.rules], full.package)
    case .constant(let full): (spaces, package) = ([.values], full.package)
    case .threshold(let full): (spaces, package) = ([.rules, .values], full.package)
    case .level(let owner, _):
      if file.names.sites[.level(owner, name)] != nil {
        throw ResponseError(.requestFailed, "`\(owner.name)` has a level `\(name)` already")
      }
      return
    default: return
    }
    for space in spaces where file.names.visible(name, space, from: package) != nil {
      throw ResponseError(
        .requestFailed, "`\(name)` is something else already that is seen from `\(package)`")
    }
    if spaces.contains(.values), BuiltInNames.roots[name] != nil {
      throw ResponseError(.requestFailed, "`\(name)` is built in")
    }
  }
}
