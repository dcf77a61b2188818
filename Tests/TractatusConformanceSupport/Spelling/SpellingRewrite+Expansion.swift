/// Expansion and substitution: words that the shell puts together, and commands inside words.
extension SpellingRewrite {
  /// Sets a variable to the program's name, and puts something in its place.
  private static func named(
    _ name: String, before: String, word: String, mayAsk: Bool = false
  ) -> SpellingRewrite {
    SpellingRewrite(4, name) { line in
      guard line.compound == nil, before.isEmpty || !line.isApart else { return nil }
      var line = line
      for index in line.commands.indices {
        let command = line.commands[index]
        guard command.program < command.words.count, let text = command.words[command.program].text
        else { continue }
        let isOfShell = word == "@V"
        if isOfShell, command.program > 0 || !command.assignments.isEmpty { continue }
        let variable = line.fresh("V")
        func filled(_ template: String) -> String {
          template.split(separator: "@V", omittingEmptySubsequences: false).joined(
            separator: variable
          )
          .split(separator: "@W", omittingEmptySubsequences: false)
          .joined(separator: SpelledWord.plain(text).source)
        }
        line.before += filled(before)
        line.hasVariables = true
        line.isConditional = line.isConditional || before.contains("&&")
        line.commands[index].words[command.program] = SpelledWord(source: filled(word), text: nil)
        line.commands[index].isOfShell = isOfShell
        line.hasAlias = line.hasAlias || before.contains("alias")
        line.isHidden = line.isHidden || mayAsk
      }
      return line
    }
  }

  /// Sets a variable to one of the other words, and puts the variable in its place.
  private static func worded(
    _ name: String, quote: String, _ isChosen: @escaping @Sendable (String) -> Bool
  ) -> SpellingRewrite {
    SpellingRewrite(4, name) { line in
      guard line.compound == nil, !line.isApart else { return nil }
      var line = line
      for index in line.commands.indices {
        let command = line.commands[index]
        for place in command.words.indices where place > command.program {
          guard let text = command.words[place].text, isChosen(text),
            !quote.isEmpty || text.allSatisfy({ !" \t\n*?[".contains($0) })
          else { continue }
          let variable = line.fresh("V")
          line.hasVariables = true
          line.before += "\(variable)=\(SpelledWord.plain(text).source); "
          line.commands[index].words[place] = SpelledWord(
            source: "\(quote)$\(variable)\(quote)", text: nil)
        }
      }
      return line
    }
  }

  /// Puts all words of a command into one template; `@A` are they, `@I` joined by a comma, and
  /// `@U` by an underscore.
  private static func whole(
    _ name: String, before: String, command template: String, isSplit: Bool, mayAsk: Bool = false
  ) -> SpellingRewrite {
    SpellingRewrite(4, name) { line in
      guard line.compound == nil, before.isEmpty || !line.isApart else { return nil }
      var line = line
      for index in line.commands.indices where !line.commands[index].words.isEmpty {
        let words = line.commands[index].words
        if isSplit {
          let isFit = words.allSatisfy {
            $0.text == $0.source && !$0.source.contains { " \t\n*?[,_{}'\"\\$`=".contains($0) }
          }
          if !isFit || words.count < 2 { continue }
        }
        let variable = line.fresh("V")
        let sources = words.map(\.source)
        func filled(_ template: String) -> String {
          var result = template
          for (place, text) in [
            ("@V", variable), ("@A", sources.joined(separator: " ")),
            ("@I", sources.joined(separator: ",")), ("@U", sources.joined(separator: "_")),
          ] {
            result = result.split(separator: place, omittingEmptySubsequences: false)
              .joined(separator: text)
          }
          return result
        }
        line.before += filled(before)
        line.hasVariables = true
        line.commands[index].words = [SpelledWord(source: filled(template), text: nil)]
        line.commands[index].program = 0
        line.commands[index].isOfShell = template == "@V @A"
        line.isHidden = line.isHidden || mayAsk
      }
      return line
    }
  }

  /// Class 4: variables, braces, aliases, functions.
  static var expansions: [SpellingRewrite] {
    [
      named("a variable", before: "@V=@W; ", word: "$@V"),
      named("a variable in braces and quotes", before: "@V=@W\n", word: "\"${@V}\""),
      named("a variable after &&", before: "@V=@W && ", word: "$@V"),
      named("a variable put together", before: "@V=@W; @V=${@V}; ", word: "${@V}"),
      named("a variable that is appended to", before: "@V=; @V+=@W; ", word: "$@V"),
      named("a variable cut", before: "@V=@W.x; ", word: "${@V%.x}"),
      named("a default", before: "", word: "${@V:-@W}"),
      named("an assigned default", before: "", word: "${@V:=@W}"),
      named("an alternative", before: "@V=1; ", word: "${@V:+@W}"),
      named("a name of a name", before: "@V=@W; @Vx=@V; ", word: "${!@Vx}", mayAsk: true),
      named("a reference", before: "@V=@W; declare -n @Vx=@V; ", word: "$@Vx", mayAsk: true),
      named("an exported variable", before: "export @V=@W; ", word: "$@V"),
      named("a local array", before: "@V=(@W); ", word: "${@V[0]}"),
      named("a variable transformed", before: "@V=@W; ", word: "${@V@P}", mayAsk: true),
      named("a replaced part", before: "@V=Z@W; ", word: "${@V/Z/}", mayAsk: true),
      named("printf into a variable", before: "printf -v @V %s @W; ", word: "$@V", mayAsk: true),
      named("read into a variable", before: "read -r @V <<< @W; ", word: "$@V", mayAsk: true),
      named("a loop's variable", before: "for @V in @W; do :; done; ", word: "$@V", mayAsk: true),
      named("a substitution", before: "", word: "$(echo @W)", mayAsk: true),
      named("a substitution in backquotes", before: "", word: "`printf %s @W`", mayAsk: true),
      named("a pattern", before: "", word: "/bin/@W*", mayAsk: true),
      named("a parameter", before: "set -- @W; ", word: "$1", mayAsk: true),
      named("a hashed name", before: "hash -p /bin/@W @V; ", word: "@V", mayAsk: true),
      named(
        "an alias of the program", before: "shopt -s expand_aliases\nalias @V=@W\n", word: "@V"),
      named("a function of the program", before: "@V() { @W \"$@\"; }; ", word: "@V", mayAsk: true),
      worded("options in variables", quote: "") { $0.hasPrefix("-") },
      worded("options in quoted variables", quote: "\"") { $0.hasPrefix("-") },
      worded("other words in variables", quote: "") { !$0.hasPrefix("-") },
      worded("other words in quoted variables", quote: "\"") { !$0.hasPrefix("-") },
      whole("all words in braces", before: "", command: "{@I}", isSplit: true),
      whole("all words in a variable", before: "@V='@A'; ", command: "$@V", isSplit: true),
      whole(
        "words split otherwise", before: "IFS=_; @V=@U; ", command: "$@V", isSplit: true,
        mayAsk: true),
      whole("all words in an array", before: "@V=(@A); ", command: "\"${@V[@]}\"", isSplit: false),
      whole(
        "all parameters", before: "set -- @A; ", command: "\"$@\"", isSplit: false, mayAsk: true),
      whole(
        "a function that runs its words", before: "@V() { \"$@\"; }; ", command: "@V @A",
        isSplit: false, mayAsk: true),
      frame(4, "@F() { @L }; @F"),
      frame(4, "function @F { @L }; @F"),
      frame(4, "@F() ( @T ); @F x"),
      frame(4, "@F()\n{\n@L\n}\n@F > /dev/null"),
      frame(4, "shopt -s expand_aliases\nalias @F=@S\n@F"),
    ]
  }

  /// Class 5: commands inside the words of harmless ones.
  static var substitutions: [SpellingRewrite] {
    [
      "echo $(@T)", "echo \"$(@T)\"", "echo `@Q`", "echo \"a $(@T) b\"", ": $(@T)", "X=$(@T)",
      "X=`@Q`", "export X=\"$(@T)\"", "local X=$(@T)", "cat <(@T)", "ls > >(@T)",
      "echo $(echo $(@T))",
      "echo \"$(echo \"$(@T)\")\"", "[[ -n $(@T) ]]", "[ -n \"$(@T)\" ]", "(( $(@T) ))",
      "echo $(( 1 + $(@T) ))", "echo ${X:-$(@T)}", "X=1; echo \"${X:+$(@T)}\"",
      "X=a; echo ${X/a/$(@T)}",
      "for i in $(@T); do :; done", "case $(@T) in *) ;; esac", "a=( $(@T) )", "a[$(@T)]=1",
      "echo > \"/tmp/$(@T)\"", "cat <<< \"$(@T)\"", "cat <<@E\n$(@T)\n@E", "cat <<@E\n`@Q`\n@E",
      "git commit -m \"$(@T)\"", "ls -la | grep \"$(@T)\"", "echo a{b,$(@T)}",
      "while read x; do :; done < <(@T)",
      "test -f x || echo \"$(@T)\"", "diff <(ls) <(@T)", "tee >(@T) < /dev/null", "X=$(@T) ls",
    ].map { frame(5, $0) }
  }
}
