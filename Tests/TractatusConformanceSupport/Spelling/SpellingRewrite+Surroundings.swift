/// The environment, redirections, and other spellings of paths.
extension SpellingRewrite {
  /// Class 9: variables that are set for the command or before it.
  static var environments: [SpellingRewrite] {
    [
      "A=1", "A=1 B='x y'", "LD_PRELOAD=./x.so", "PATH=/tmp:$PATH", "PATH=.:/bin", "IFS=",
      "LC_ALL=C", "GIT_DIR=/tmp/x", "A=$HOME", "A+=x", "A=$(true)", "BASH_ENV=./x", "PAGER=cat",
    ].map { text in
      each(9, text) { command in
        if !command.words.isEmpty { command.assignments.append(text) }
      }
    }
      + [
        "export A=1; ", "export PATH=/tmp:$PATH\n", "declare -x A=1; ", "unset A && ", "A=1; ",
        "readonly A=1; ", "set -e; ", "set +o noclobber; ", "shopt -s extglob\n", "umask 000; ",
        "typeset A=1 && ", "PS4=x; ", "export LD_PRELOAD=./x.so; ",
      ].map { text in
        SpellingRewrite(9, "before: \(text)") { line in
          var line = line
          line.before = text + line.before
          line.isConditional = line.isConditional || text.contains("&&")
          return line
        }
      }
      + [
        "PAGER=@W git log", "GIT_PAGER=@W git log", "GIT_SSH_COMMAND=@W git fetch",
        "EDITOR=@W git commit",
        "GIT_EDITOR=@W git commit", "GIT_EXTERNAL_DIFF=@W git diff",
        "GIT_PROXY_COMMAND=@W git fetch",
        "MANPAGER=@W man ls", "LESSOPEN=|@W less x", "RSYNC_RSH=@W rsync a h:b",
        "PROMPT_COMMAND=@W bash",
        "FCEDIT=@W fc", "VISUAL=@W crontab -e", "TAR_OPTIONS=--to-command=@W tar xf x",
        "MAKEFLAGS=--eval=@W make",
      ].map { template in
        SpellingRewrite(9, template) { line in
          let parts = template.split(separator: " ").map(String.init)
          let assignment = parts[0].split(separator: "=", maxSplits: 1).map(String.init)
          let value = assignment[1].dropLast(2) + line.text
          var command = SpelledCommand(Array(parts.dropFirst()))
          command.assignments = ["\(assignment[0])=\(SpelledWord.single(String(value)).source)"]
          var result = line.replaced(by: [command])
          result.isHidden = true
          return result
        }
      }
      + [
        "export PROMPT_COMMAND=@S", "PROMPT_COMMAND=@S", "BASH_ENV=<(echo @S) bash -c :",
        "export BASH_ENV=<(echo @S)", "PS1='$('@S')'; bash -i", "PS4='$('@S')' bash -xc :",
      ].map {
        frame(9, $0, mayAsk: true)
      }
  }

  /// Class 10: redirections in other forms, and others beside.
  static var redirects: [SpellingRewrite] {
    [">>", ">|", "&>", "&>>", ">&", "1>", "1>>", "2>", "<>", "1<>", "7>"].map { sign in
      each(10, "> as \(sign)") { command in
        for index in command.redirections.indices where command.redirections[index].sign == ">" {
          command.redirections[index].sign = sign
        }
      }
    }
      + [
        each(10, "redirections first") { command in
          for index in command.redirections.indices { command.redirections[index].isFirst = true }
        },
        added("2>", "/dev/null"), added(">", "/dev/null"), added("&>", "/dev/null"),
        added("2>&", "1"),
        added("2>&", "-"), added("9<", "/dev/null"), added("2>>", "/tmp/log"),
        added("<>", "/dev/null"),
        added("2>", "/dev/null", isFirst: true), added("9>", "/tmp/x", isFirst: true),
      ]
      + [
        ("tee", "| tee /f"), ("tee -a", "| tee -a /f"), ("dd", "| dd of=/f"),
        ("cp", "| cp /dev/stdin /f"), ("sponge", "| sponge /f"), ("sudo tee", "| sudo tee /f"),
      ].map { name, template in
        SpellingRewrite(10, "> through \(name)") { line in
          guard line.compound == nil, let last = line.commands.last, !last.words.isEmpty,
            let index = last.redirections.firstIndex(where: { $0.sign == ">" })
          else { return nil }
          var line = line
          let target = last.redirections[index].target
          line.commands[line.commands.count - 1].redirections.remove(at: index)
          let words = template.split(separator: " ").dropFirst().map { word in
            guard word.hasSuffix("/f") else { return SpelledWord(String(word)) }
            let prefix = String(word.dropLast(2))
            return SpelledWord(
              source: prefix + target.source, text: target.text.map { prefix + $0 })
          }
          var command = SpelledCommand()
          command.words = words
          line.commands.append(command)
          return line
        }
      }
  }

  private static func added(
    _ sign: String, _ target: String, isFirst: Bool = false
  ) -> SpellingRewrite {
    SpellingRewrite(10, "\(sign) \(target)\(isFirst ? " first" : "")") { line in
      guard line.compound == nil, let last = line.commands.indices.last,
        !line.commands[last].redirections.contains(where: { $0.sign.hasSuffix(">") })
          || sign.first != ">" && sign.first != "&"
      else { return nil }
      var line = line
      var redirection = SpelledCommand.Redirection(sign, .plain(target))
      if sign.hasSuffix("&") {
        redirection = .init(sign + target, SpelledWord(source: "", text: ""))
      }
      redirection.isFirst = isFirst
      line.commands[last].redirections.append(redirection)
      return line
    }
  }

  /// Class 11: other spellings of absolute paths, and of those below the home.
  static var paths: [SpellingRewrite] {
    let changes: [(String, @Sendable (String) -> String)] = [
      ("/./", { $0.hasSuffix("/") ? $0 + "." : $0 + "/." }),
      ("//", { "/" + $0 }),
      ("/usr/..", { "/usr/.." + $0 }),
      ("/tmp/../", { "/tmp/.." + $0 }),
      ("/proc/self/root", { "/proc/self/root" + $0 }),
      ("enough ..", { "../../../../../../../../.." + $0 }),
      (
        "a directory and back",
        { $0 == "/" ? "/etc/.." : $0 + "/../" + ($0.split(separator: "/").last ?? "") }
      ),
    ]
    return changes.map { name, change in
      each(11, name) { command in
        func changed(_ word: SpelledWord) -> SpelledWord {
          guard let text = word.text, text.hasPrefix("/"), !text.contains(" ") else { return word }
          return .plain(change(text))
        }
        for index in command.words.indices where index > command.program {
          command.words[index] = changed(command.words[index])
        }
        for index in command.redirections.indices {
          guard command.redirections[index].target.text?.hasPrefix("/dev/") == false else {
            continue
          }
          command.redirections[index].target = changed(command.redirections[index].target)
        }
      }
    }
      + [
        ("$HOME", "$HOME"), ("\"$HOME\"", "\"$HOME\""), ("${HOME}", "${HOME}"), ("~root", "~root"),
      ].map {
        name, home in
        each(11, "~ as \(name)") { command in
          for index in command.words.indices where command.words[index].source.hasPrefix("~") {
            let rest = command.words[index].source.dropFirst()
            guard rest.isEmpty || rest.hasPrefix("/") else { continue }
            command.words[index] = SpelledWord(source: home + rest, text: nil)
          }
        }
      }
      + [
        each(11, "~ as a slash more") { command in
          for index in command.words.indices where command.words[index].source.hasPrefix("~/") {
            command.words[index] = SpelledWord(
              source: "~//./" + command.words[index].source.dropFirst(2), text: nil)
          }
        }
      ]
  }
}
