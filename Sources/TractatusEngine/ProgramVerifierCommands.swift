import TractatusPatterns

/// Checks what tests of paths, hosts, URLs and commands need.
extension ProgramVerifier {
  /// What structure a type's texts have; nil for a type of other values.
  func form(of type: UInt32) -> TextForm? {
    guard holds(type, image.valueTypes.count) else { return nil }
    let record = image.valueTypes[at: type]
    return record.kind == ValueKind.text.rawValue ? TextForm(rawValue: record.a) : nil
  }

  /// Whether a part of a URL can have a type.
  func isPart(_ part: UInt32, of type: UInt32) -> Bool {
    switch URLPart(rawValue: part) {
    case .whole: true
    case .scheme, .host: form(of: type) != nil
    case .port:
      holds(type, image.valueTypes.count)
        && image.valueTypes[at: type].kind == ValueKind.int.rawValue
    case nil: false
    }
  }

  /// Whether there are the tests of a command, or none.
  func areCommands(_ commands: UInt32, _ type: UInt32) -> Bool {
    commands == noIndex
      || (holds(commands, image.commandSets.count) && form(of: type) == .command)
  }

  /// Whether a test of places is there and fits the type that it asks.
  func isPlaceTest(_ test: UInt32, _ type: UInt32) -> Bool {
    guard holds(test, image.placeTests.count) else { return false }
    switch form(of: type) {
    case .path, .url, .host: return true
    case .plain, .command, nil: return false
    }
  }

  /// Whether a test of a command is there and is among those of that command.
  func isCommandTest(_ test: UInt32, of commands: UInt32, _ type: UInt32) -> Bool {
    holds(test, image.commandTests.count) && holds(commands, image.commandSets.count)
      && form(of: type) == .command
      && Int(image.commandTests[at: test].query) < image.commandSets[at: commands].count
  }

  /// Whether the forms of an attribute have a place of their own: attributes have them in order.
  var formsAreSound: Bool {
    var next: UInt32 = 0
    for attribute in image.attributes where attribute.forms != noIndex {
      guard attribute.forms == next, mayHold(attribute.places, image.placeSets.count) else {
        return false
      }
      switch form(of: attribute.valueType) {
      case .path, .host, .url: next += 1
      case .plain, .command, nil: return false
      }
    }
    return true
  }

  /// Whether what the tests of places and commands refer to is there.
  var placesAndCommandsAreSound: Bool {
    image.placeTests.allSatisfy {
      holds($0.set, image.placeSets.count) && isText($0.text)
        && Int($0.query) < image.placeSets[at: $0.set].count
    }
      && image.commandTests.allSatisfy {
        isText($0.text)
          && mayHold($0.package, image.packages.count)
      }
      && formsAreSound
      && image.actionTypes.allSatisfy { areWords($0.opacities, below: image.tests.count) }
  }
}
