/// Separators, spacing and quoting: the letters around and in the words.
extension SpellingRewrite {
  /// Class 1: what stands before and after the line.
  static var separators: [SpellingRewrite] {
    let before = [
      "ls;", "ls\n", "ls&", "true&&", "false||", "ls|", "ls|&", "ls ; ls ;\t", "ls\r\n",
      "# a note\n",
      "ls # a note\n", "echo 'a\nb';", ": \\\n\n", "cd /tmp && ls -la | head ; ",
      "cat <<'Z' > /dev/null\nls\nZ\n", "{ ls; } ; ", "(ls)& ", "if true; then ls; fi\n",
      String(repeating: "true;", count: 50), String(repeating: "ls\n", count: 50),
    ]
    let after = [
      ";", " &", "&& ls", " || true", ";ls", "\nls", "&ls", " |& cat", "\n\n", " # a note",
    ]
    return before.map { text in
      SpellingRewrite(1, "before: \(text.prefix(20))") { line in
        if line.isRelative, text.contains("cd ") { return nil }
        // `&` and `|` would be read together with what begins the line.
        let start = line.line.prefix(1)
        if [">", "<", "&"].contains(start), !text.hasSuffix(" "), !text.hasSuffix("\n") {
          return nil
        }
        if !line.before.isEmpty, text.hasPrefix("ls|") { return nil }
        var line = line
        line.before = text + line.before
        line.isConditional = line.isConditional || text.contains("&&") || text.contains("||")
        return line
      }
    }
      + after.map { text in
        SpellingRewrite(1, "after: \(text)") { line in
          if line.endsInComment || line.line.hasSuffix("&") { return nil }
          if text.contains("\n"), !line.documents.isEmpty { return nil }
          if line.line.hasSuffix("\n") { return nil }
          if line.line.hasSuffix(";"), !text.hasPrefix("\n"), !text.hasPrefix(" #") { return nil }
          var line = line
          line.after += text
          line.endsInComment = text.contains("#")
          return line
        }
      }
      + [
        "{ @L }", "( @T )", "if true; then @L fi", "if false; then :; else @L fi",
        "while @L do break; done", "until @L do :; done", "for i in 1; do @L done",
        "for ((i = 0; i < 1; i++)) { @L }", "case x in x) @L esac", "case x in (y) ;; *) @L esac",
        "if @L then :; fi", "{ @L } 2>/dev/null", "( @T ) > /tmp/log 2>&1", "{ @L } | tail -5",
        "select x in y; do @L break; done <<< 1",
      ].map { frame(1, $0) }
      + ["! ", "time ", "time -p ", "coproc ", "[[ -n x ]] && ", "((1)) && "].map { text in
        SpellingRewrite(1, "before: \(text)") { line in
          guard line.before.isEmpty, line.compound == nil || text.hasSuffix("&& ") else {
            return nil
          }
          var line = line
          line.before = text
          line.isConditional = line.isConditional || text.contains("&&")
          return line
        }
      }
  }

  /// Class 2: blanks, and how flags are put.
  static var spacings: [SpellingRewrite] {
    [
      SpellingRewrite(2, "blanks doubled") { line in
        var line = line
        line.blank = "  "
        return line
      },
      SpellingRewrite(2, "tabs") { line in
        var line = line
        line.blank = "\t"
        return line
      },
      SpellingRewrite(2, "line continuations") { line in
        var line = line
        line.blank = " \\\n  "
        return line
      },
      SpellingRewrite(2, "blanks before") { line in
        var line = line
        line.before = " \t " + line.before
        return line
      },
      SpellingRewrite(2, "pipes without blanks") { line in
        var line = line
        line.pipe = "|"
        return line
      },
      SpellingRewrite(2, "pipes of both outputs") { line in
        var line = line
        line.pipe = " |& "
        return line
      },
      SpellingRewrite(2, "pipes over lines") { line in
        var line = line
        line.pipe = " |\n"
        return line
      },
      SpellingRewrite(2, "redirections without blanks") { line in
        var line = line
        line.isTight = true
        return line
      },
    ] + flags
  }

  /// The flags that may be bundled, and their long forms with a prefix that names no other.
  private static let letters: [String: [Character: (long: String, prefix: String)]] = [
    "rm": [
      "r": ("--recursive", "--recurs"), "f": ("--force", "--forc"), "v": ("--verbose", "--verb"),
    ],
    "chmod": ["R": ("--recursive", "--recurs"), "v": ("--verbose", "--verb")],
    "chown": ["R": ("--recursive", "--recurs"), "v": ("--verbose", "--verb")],
    "shred": [
      "u": ("--remove", "--remov"), "f": ("--force", "--forc"), "v": ("--verbose", "--verb"),
    ],
    "truncate": [:], "cat": [:], "tee": [:], "touch": [:], "mkdir": [:],
  ]

  /// Rewrites each word that is a bundle of flags which are known.
  private static func bundles(
    _ name: String,
    _ spell:
      @escaping @Sendable ([Character: (long: String, prefix: String)], String)
      -> [String]?
  ) -> SpellingRewrite {
    each(2, name) { command in
      guard let known = command.name.flatMap({ letters[$0] }) else { return }
      for index in command.words.indices.reversed() where index > command.program {
        guard let text = command.words[index].text, text.hasPrefix("-"), text.count > 1,
          text.dropFirst().allSatisfy({ known[$0] != nil }), let words = spell(known, text)
        else { continue }
        command.words.replaceSubrange(index...index, with: words.map { .plain($0) })
      }
    }
  }

  private static var flags: [SpellingRewrite] {
    [
      bundles("flags split") { _, text in text.dropFirst().map { "-\($0)" } },
      bundles("flags reversed") { _, text in ["-" + String(text.dropFirst().reversed())] },
      bundles("another flag") { _, text in [text + "v"] },
      bundles("long flags") { known, text in text.dropFirst().compactMap { known[$0]?.long } },
      bundles("flags abbreviated") { known, text in
        text.dropFirst().compactMap { known[$0]?.prefix }
      },
      each(2, "two dashes") { command in
        guard let name = command.name, letters[name] != nil else { return }
        let end = command.words.dropFirst(command.program + 1)
          .firstIndex { $0.text?.hasPrefix("-") != true }
        if let end, !command.words.contains(where: { $0.text == "--" }) {
          command.words.insert(.plain("--"), at: end)
        }
      },
      each(2, "flags last") { command in
        guard let name = command.name, letters[name] != nil,
          !command.words.contains(where: { $0.text == "--" })
        else { return }
        let rest = command.words[(command.program + 1)...]
        let flags = rest.filter { $0.text?.hasPrefix("-") == true }
        let others = rest.filter { $0.text?.hasPrefix("-") != true }
        command.words.replaceSubrange((command.program + 1)..., with: others + flags)
      },
    ]
  }

  /// Class 3: the same text between other quotes.
  static var quotings: [SpellingRewrite] {
    quotes.flatMap { name, quote in
      [
        each(3, "\(name): the program") { command in
          guard command.program < command.words.count else { return }
          requote(&command.words[command.program], quote)
        },
        each(3, "\(name): what wraps it") { command in
          guard command.program > 0, !command.words.isEmpty else { return }
          requote(&command.words[0], quote)
        },
        each(3, "\(name): the options") { command in
          for index in command.words.indices.dropFirst()
          where command.words[index].text?.hasPrefix("-") == true {
            requote(&command.words[index], quote)
          }
        },
        each(3, "\(name): the other words") { command in
          for index in command.words.indices.dropFirst()
          where index != command.program && command.words[index].text?.hasPrefix("-") == false {
            requote(&command.words[index], quote)
          }
        },
        each(3, "\(name): the redirections") { command in
          for index in command.redirections.indices {
            requote(&command.redirections[index].target, quote)
          }
        },
      ]
    }
  }

  private static func requote(_ word: inout SpelledWord, _ quote: (String) -> String?) {
    if let text = word.text, !text.isEmpty, let source = quote(text) {
      word = SpelledWord(source: source, text: text)
    }
  }

  private static func plainHalves(_ text: String) -> (first: String, second: String)? {
    guard text.count > 1 else { return nil }
    let middle = text.index(text.startIndex, offsetBy: text.count / 2)
    return (String(text[..<middle]), String(text[middle...]))
  }

  /// Ways to quote a text: a name and what they make of it.
  private static let quotes: [(String, @Sendable (String) -> String?)] = [
    ("single quotes", { SpelledWord.single($0).source }),
    ("double quotes", { SpelledWord.double($0).source }),
    ("quotes of a locale", { "$" + SpelledWord.double($0).source }),
    ("empty quotes before", { "''" + SpelledWord.plain($0).source }),
    ("empty quotes after", { SpelledWord.plain($0).source + "\"\"" }),
    ("hexadecimal", { "$'" + $0.utf8.map { "\\x" + hex($0, 2) }.joined() + "'" }),
    ("octal", { "$'" + $0.utf8.map { "\\" + SpelledLine.octal($0) }.joined() + "'" }),
    ("code points", { "$'" + $0.unicodeScalars.map { "\\u" + hex($0.value, 4) }.joined() + "'" }),
    (
      "half in double quotes",
      { text in
        plainHalves(text).map {
          SpelledWord.plain($0.first).source + SpelledWord.double($0.second).source
        }
      }
    ),
    (
      "half in single quotes",
      { text in
        plainHalves(text).map {
          SpelledWord.single($0.first).source + SpelledWord.plain($0.second).source
        }
      }
    ),
    (
      "half in octal",
      { text in
        plainHalves(text).map {
          SpelledWord.plain($0.first).source
            + "$'" + $0.second.utf8.map { "\\" + SpelledLine.octal($0) }.joined() + "'"
        }
      }
    ),
    (
      "backslashes",
      { $0.contains("\n") ? nil : $0.map { "\\\($0)" }.joined() }
    ),
    (
      "a line continued inside",
      { text in
        plainHalves(text).map {
          SpelledWord.double($0.first).source + "\\\n" + SpelledWord.double($0.second).source
        }
      }
    ),
  ]

  private static func hex(_ value: some BinaryInteger, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
