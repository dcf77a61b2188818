import TractatusValues

@testable import TractatusPatterns

extension PartialText {
  /// The text for people: what is not known in angle brackets.
  var shown: String {
    var result = ""
    for piece in pieces {
      let text = String(decoding: bytes[piece.range], as: UTF8.self)
      switch piece.kind {
      case .literal: result += text
      case .any: result += "<any>"
      case .directories: result += "<dirs>"
      case .below: result += "<below>"
      case .names: result += "<names>"
      case .run: result += "<*>"
      case .one: result += "<?>"
      case .set: result += "<\(text)>"
      case .number: result += "<n>"
      }
    }
    return result
  }
}

extension FormTruth {
  /// One word where all readings agree.
  var shown: String { all == any ? all.word : "\(all.word)..\(any.word)" }
}

/// A path with its surroundings, of which questions are asked.
struct PathSubject {
  var context = PathContext()
  var forms = TargetForms()
  private var builder = PathBuilder()
  private var scratch = PlaceScratch()

  mutating func set(_ name: String, _ value: String) {
    let bytes = Array(value.utf8)
    switch name {
    case "cwd": context.setCwd(bytes.span)
    case "project": context.setProject(bytes.span)
    default: context.clear()
    }
  }

  /// Reads a path of an action.
  mutating func begin(plain text: String) {
    let bytes = Array(text.utf8)
    forms.readPlain(bytes.span, context, &builder)
  }

  /// Reads a word of a command line; nothing when there is none.
  mutating func begin(word: String, isPattern: Bool = false) {
    var parser = ShellParser()
    var line = ShellLine()
    let bytes = Array("x \(word)".utf8)
    parser.parse(bytes.span, into: &line)
    var text = CommandText()
    if let command = line.commands.first, command.wordCount > 1 {
      let word = line.words[command.words.lowerBound + 1]
      text.firstPart = word.firstPart
      text.partCount = word.partCount
    }
    if isPattern { text.flags.insert(.isPattern) }
    var base = PathText()
    if context.hasCwd {
      base = context.cwd
    } else {
      builder.beginFloating(context)
      builder.finish(into: &base)
    }
    forms.read(text, of: line, below: base, context, &builder)
  }

  /// Answers `forms`, `within A B`, `outside A`, each perhaps after `recursive`.
  mutating func answer(_ question: String) -> String {
    var words = question.split(separator: " ").map(String.init)[...]
    if words.first == "forms" { return shownForms }
    let isRecursive = words.first == "recursive"
    if isRecursive { words.removeFirst() }
    let isOutside = words.popFirst() == "outside"
    let places = words.map { word -> PlaceQuery.Place in
      switch word {
      case "cwd": .cwd
      case "project": .project
      default: .directory(Array(word.utf8))
      }
    }
    return truth(PlaceQuery(isOutside: isOutside, places: places), isRecursive).shown
  }

  mutating func truth(_ query: PlaceQuery, _ isRecursive: Bool) -> FormTruth {
    forms.truth(0, of: PlaceSet([query]), isRecursive: isRecursive, context, &scratch)
  }

  private var shownForms: String {
    forms.readings.prefix(forms.count).map { reading in
      var texts = [reading.given.text.shown, reading.absolute.text.shown]
      if reading.isInProject { texts.append(reading.project.shown) }
      return texts.joined(separator: " | ")
    }.joined(separator: " or ")
  }
}
