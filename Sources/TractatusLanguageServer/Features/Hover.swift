import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// `textDocument/hover`: what a name or a word means.
struct Hover {
  private let file: OpenFile
  private var names: NameTable { file.names }

  private init(_ file: OpenFile) { self.file = file }

  /// The meaning of what stands at an offset; null where nothing is known of it.
  static func show(_ file: OpenFile, at offset: Int, isMarkdown: Bool) -> JSONOutput {
    let hover = Hover(file)
    let text: String
    let span: SourceSpan
    if let use = file.names.use(at: offset, inFile: file.number) {
      text = hover.meaning(of: use)
      span = SourceSpan(source: file.tree.source.id, start: use.start, end: use.end)
    } else if let token = file.token(at: offset), let word = file.tree[token].word,
      let meaning = WordMeanings.meaning(of: word, file.nodes(around: token), file.tree)
    {
      text = "`\(word.rawValue)`: \(meaning)"
      span = file.tree.span(of: token)
    } else {
      return .null
    }
    let shown = isMarkdown ? text : String(text.filter { $0 != "`" && $0 != "*" })
    return .fields([
      "contents": .fields([
        "kind": .string(isMarkdown ? "markdown" : "plaintext"), "value": .string(shown),
      ]),
      "range": file.range(span),
    ])
  }

  /// What a name stands for, in paragraphs.
  func meaning(of use: NameUse) -> String {
    var parts: [String] = []
    for thing in use.things where parts.count < 8 { parts.append(meaning(of: thing, use)) }
    return parts.joined(separator: "\n\n---\n\n")
  }

  private func meaning(of thing: NamedThing, _ use: NameUse) -> String {
    switch thing {
    case .package(let name): return package(name)
    case .valueType(let name): return valueType(name)
    case .actionType(let name): return actionType(name)
    case .parameter(let owner, let name): return parameter(name, of: owner)
    case .constant(let name): return constant(name)
    case .policyRule(let name): return RuleHover.text(name, names)
    case .threshold(let name): return threshold(name)
    case .level(let owner, let name): return level(name, of: owner)
    case .factor(let owner, let name):
      let factor = names.thresholds[owner]?.factors.first { $0.name == name }
      let weight = factor.map { ", weight \($0.weight.description)" } ?? ""
      return "**\(name)**: factor of threshold `\(owner.text)`\(weight)"
    case .classification(let name):
      let inner = meaning(of: .metadataKey(name.name), use)
      return titled(name.text, "how instructions are classified", thing) + "\n\n" + inner
    case .reading(let name):
      return titled(name.text, "how the text of an instruction becomes clauses", thing)
    case .fact(let name): return fact(name)
    case .component(let name):
      let age = names.policy.components.first { $0.name == name }
      let stale = age.map { $0.stale.isEmpty ? "" : ", with a limit after which it is stale" } ?? ""
      return titled("\(name)", "component of which the last use is tracked\(stale)", thing)
    case .word(let owner, let name): return word(name, of: owner)
    case .element: return "element of the list, or what is taken from the text" + typed(use)
    case .program(let name):
      return program(name)
    case .builtIn(let name): return builtIn(name, use)
    case .metadataKey(let key):
      guard let entry = BuiltInNames.metadata.first(where: { $0.key == key })?.value else {
        return key == "urgency"
          ? "**urgency**: \(listed(BuiltInNames.urgency))" : "**\(key)**: metadata"
      }
      let words = entry.words.isEmpty ? "" : "\n\n" + listed(entry.words)
      return "**\(key)**: \(entry.meaning)\(words)"
    case .metadataWord(let key, let word):
      let words = BuiltInNames.metadata.first { $0.key == key }?.value.words ?? []
      return "**\(word)**: `\(key)`" + (words.isEmpty ? "" : ", one of \(listed(words))")
    case .field(let name): return "**\(name)**: field" + typed(use)
    }
  }

  // MARK: Pieces

  private func listed(_ words: [String]) -> String {
    words.prefix(16).map { "`\($0)`" }.joined(separator: ", ") + (words.count > 16 ? ", …" : "")
  }

  private func typed(_ use: NameUse) -> String {
    use.type.map { " (`\($0.spelt)`\(use.isOptional ? ", may be absent" : ""))" } ?? ""
  }

  /// A heading, a title, and the documentation of where it is declared.
  private func titled(_ name: String, _ text: String, _ thing: NamedThing) -> String {
    var parts = ["**\(name)**: \(text)"]
    if let site = names.sites[thing]?.first {
      let tree = names.files[site.file].tree
      if let documentation = tree.documentation(of: site.node) { parts.append(documentation) }
    }
    return parts.joined(separator: "\n\n")
  }

  private func title(_ view: (some SyntaxView)?, _ token: TokenID?) -> String {
    guard let view, let token else { return "" }
    let text = view.tree.string(of: token)
    return text.isEmpty ? "" : " “\(text)”"
  }

  private func package(_ name: String) -> String {
    guard let package = names.policy.packages.first(where: { $0.name == name }) else {
      return "**\(name)**: package that is not loaded"
    }
    let version = package.version.isEmpty ? "" : ", version \(package.version)"
    return titled(name, "package “\(package.title)”\(version)", .package(name))
  }

  private func valueType(_ name: QualifiedName) -> String {
    if name.package.isEmpty {
      return "**\(name.name)**: \(BuiltInNames.types[name.name] ?? "built-in type")"
    }
    var text = titled(name.text, "type", .valueType(name))
    if let site = names.valueTypes[name], let shape = site.view.tree.children(of: site.view.id).last
    {
      let tree = site.view.tree
      text += "\n\n`\(Self.clipped(tree.normalisedText(of: shape)))`"
    }
    return text
  }

  private func actionType(_ name: QualifiedName) -> String {
    if name.package.isEmpty {
      return
        "**unmapped**: the action type of a call that nothing maps; it asks unless a rule allows"
    }
    let type = names.actionTypes[name]
    var text = titled(
      name.text, "action type" + (type.map { " “\($0.title)”" } ?? ""), .actionType(name))
    for parameter in (type?.parameters ?? []).prefix(24) {
      text +=
        "\n- `\(parameter.name): \(parameter.type.spelt)"
        + (parameter.isOptional ? " optional`" : "`")
    }
    if let otherwise = type?.otherwise { text += "\n\notherwise \(otherwise.verdict)" }
    return text
  }

  private func parameter(_ name: String, of owner: QualifiedName) -> String {
    let parameter = names.actionTypes[owner]?.parameters.first { $0.name == name }
    let type = parameter.map { " `\($0.type.spelt)`" + ($0.isOptional ? ", may be absent" : "") }
    let text = titled(
      name, "parameter of `\(owner.text)`,\(type ?? " of a type that is not known")",
      .parameter(owner, name))
    if case .enumeration(let words)? = parameter?.type, !words.name.isEmpty {
      return text + "\n\n" + listed(words.values)
    }
    return text
  }

  private func constant(_ name: QualifiedName) -> String {
    var text = titled(name.text, "`let`", .constant(name))
    if let site = names.sites[.constant(name)]?.first {
      let tree = names.files[site.file].tree
      text += "\n\n`\(Self.clipped(tree.normalisedText(of: site.node)))`"
    }
    return text
  }

  private func program(_ name: String) -> String {
    var text = "**\(name)**: program"
    for site in (names.sites[.program(name)] ?? []).prefix(4) {
      let tree = names.files[site.file].tree
      text += "\n\n`\(Self.clipped(tree.normalisedText(of: site.node)))`"
    }
    return text
  }

  private func threshold(_ name: QualifiedName) -> String {
    let threshold = names.thresholds[name]
    var text = titled(
      name.text, "threshold" + (threshold.map { " “\($0.title)”" } ?? ""), .threshold(name))
    for level in threshold?.levels ?? [] {
      text +=
        "\n- `\(level.name)` from \(level.from.description)"
        + (level.verdict.map { ": \($0)" } ?? "")
    }
    if let unmeasured = threshold?.unmeasured { text += "\n\nunmeasured \(unmeasured.verdict)" }
    return text
  }

  private func level(_ name: String, of owner: QualifiedName) -> String {
    let levels = names.thresholds[owner]?.levels ?? []
    guard let place = levels.firstIndex(where: { $0.name == name }) else {
      return "**\(name)**: level of threshold `\(owner.text)`"
    }
    let upper = place + 1 < levels.count ? " up to \(levels[place + 1].from.description)" : ""
    let verdict = levels[place].verdict.map { ", \($0)" } ?? ""
    return "**\(name)**: level of threshold `\(owner.text)`, from "
      + "\(levels[place].from.description)\(upper)\(verdict)"
  }

  private func fact(_ name: String) -> String {
    guard let fact = names.facts[name] else {
      return titled(name, "fact", .fact(name))
    }
    let optional = fact.isOptional ? ", may be absent" : ""
    let missing =
      fact.fallback == nil
      ? "Unknown when nobody supplies it." : "Has a value when nobody supplies it."
    return titled(name, "fact `\(fact.type.spelt)`\(optional). \(missing)", .fact(name))
  }

  private func word(_ name: String, of owner: String) -> String {
    for type in names.policy.actionTypes {
      for parameter in type.parameters {
        if case .enumeration(let words) = parameter.type, words.name == owner {
          return "**\(name)**: word of `\(owner)`, in the order \(listed(words.values))"
        }
      }
    }
    return "**\(name)**: word of `\(owner)`"
  }

  private func builtIn(_ name: String, _ use: NameUse) -> String {
    switch name {
    case "classified.text": return "**text**: the text of the instruction"
    case "classified.departs":
      return "**departs**: whether a parameter has another value than its usual one"
    case "threshold.score": return "**score**: the threshold's number, from 0 to 1"
    case "url.scheme": return "**scheme**: the URL's scheme in lower case"
    case "url.host": return "**host**: the URL's host, normalised"
    case "url.port": return "**port**: the URL's port, or that of its scheme; may be absent"
    default: break
    }
    if let attribute = BuiltInNames.attributes[name] {
      let optional = attribute.isOptional ? ", may be absent" : ""
      return "**\(name)** `\(attribute.type.spelt)`\(optional): \(attribute.meaning)"
    }
    return "**\(name)**: \(BuiltInNames.roots[name] ?? "built in")"
  }

  /// A text of at most 200 characters.
  static func clipped(_ text: String) -> String {
    text.count > 200 ? String(text.prefix(199)) + "…" : text
  }
}
