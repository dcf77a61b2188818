/// Interpreters, wrappers and options that run commands.
extension SpellingRewrite {
  /// Class 6: the line as a text that something runs.
  static var interpreters: [SpellingRewrite] {
    [
      "sh -c @W", "bash -c @W", "/bin/sh -c @W", "dash -c @W", "zsh -c @W", "bash -ec @W",
      "bash -l -c @W", "bash --norc -c @W", "bash -o pipefail -c @W", "sh -c @W _ x", "bash -ce @W",
      "sh -c -e @W", "bash -cx -e @W", "bash +e -c @W",
      "bash +o posix -c @W", "eval @W",
      "bash <<< @W", "sh -s <<< @W", "bash -c -- @W", "builtin eval @W", "command eval @W",
      "env bash -c @W",
    ].map { text(6, $0) }
      + [
        "trap @W EXIT", "source /dev/stdin <<< @W", ". /dev/stdin <<< @W",
        "mapfile -c 1 -C @W x <<< a",
      ].map {
        text(6, $0, mayAsk: true)
      }
      + [
        document(6, "bash", isQuoted: true), document(6, "sh -s", isQuoted: true),
        document(6, "bash", isQuoted: false), document(6, "cat", isQuoted: true).piped(into: "sh"),
      ]
      + ["bash -c @D", "eval @D", "eval \"\" @S", "bash -c \"$(cat <<'@E'\n@R\n@E\n)\""].map {
        frame(6, $0, mayAsk: $0.contains("cat"))
      }
      + [
        "echo @S | sh", "printf %s @S | bash", "echo @B | base64 -d | sh", "printf '@O' | bash",
        "eval \"$(echo @S)\"", "bash <(echo @S)", ". <(echo @S)", "source <(printf %s @S)",
        "sh -c \"$(echo @B | base64 -d)\"",
        "echo @S | xargs -I{} sh -c {}", "echo @S | while read -r x; do eval \"$x\"; done",
        "bash -c 'eval \"$0\"' @S", "sh -c 'eval \"$1\"' _ @S", "cat <<'@E' | bash\n@R\n@E",
        "tee /dev/stderr <<'@E' | sh\n@R\n@E", "make -f - <<'@E'\nall:\n\t@R\n@E",
        "python3 - <<'@E'\nimport os\nos.system(\"@J\")\n@E",
      ].map { frame(6, $0, mayAsk: true) }
      + languages.map { program, code in
        SpellingRewrite(6, "\(program) \(code)") { line in
          let code = line.filled(code)
          let words = program.split(separator: " ").map { SpelledWord.plain(String($0)) }
          var command = SpelledCommand()
          command.words = words + [.single(code)]
          var result = line.replaced(by: [command])
          result.isHidden = true
          return result
        }
      }
  }

  /// Programs with the option that takes code, and code that runs a command line.
  private static let languages = [
    ("python3 -c", "import os; os.system(\"@J\")"),
    ("python3 -c", "import subprocess as s; s.run(\"@J\", shell=True)"),
    ("python -c", "__import__(\"os\").popen(\"@J\")"),
    ("perl -e", "system \"@J\""),
    ("perl -e", "exec(\"@J\")"),
    ("ruby -e", "system(\"@J\")"),
    ("node -e", "require(\"child_process\").execSync(\"@J\")"),
    ("php -r", "system(\"@J\");"),
    ("lua -e", "os.execute(\"@J\")"),
    ("awk", "BEGIN { system(\"@J\") }"),
    ("awk", "BEGIN { \"@J\" | getline }"),
    ("gawk", "BEGIN { print 1 | \"@J\" }"),
    ("osascript -e", "do shell script \"@J\""),
    ("tclsh -c", "exec sh -c \"@J\""),
  ]

  /// The same, and its output piped into a program.
  private func piped(into program: String) -> SpellingRewrite {
    SpellingRewrite(number, "\(name) | \(program)") { line in
      guard var result = apply(line) else { return nil }
      result.after += " | \(program)"
      result.isHidden = true
      return result
    }
  }

  /// Class 7: programs that run the words that they are given.
  static var wrappers: [SpellingRewrite] {
    [
      "env", "env A=1", "env -i", "env -u X", "env A=1 B=2 -u C", "/usr/bin/env", "sudo",
      "sudo -u root",
      "sudo -n", "sudo -E --", "sudo A=1", "doas", "doas -u root", "command", "command -p", "exec",
      "exec -a x", "nohup", "timeout 5", "timeout -s KILL 5s", "timeout --signal=KILL 5",
      "timeout -k 1 5", "nice", "nice -n 5", "nice -5", "ionice -c3", "ionice -c 2 -n 0",
      "stdbuf -oL",
      "stdbuf -o L", "setsid", "setsid -w", "unshare -r", "chroot /", "busybox", "flock /tmp/l",
      "strace -f", "ltrace -f", "valgrind -q", "chrt -r 1", "taskset 1", "/usr/bin/time -v",
      "/usr/bin/time -o /tmp/t", "systemd-run --scope", "runuser -u root --", "pkexec", "fakeroot",
      "caffeinate -i", "xvfb-run", "setarch x86_64", "nsenter -t 1 -m", "sudo env", "nohup nice",
      "sudo timeout 5 env A=1", "exec sudo", "command sudo command", "script -q /dev/null",
      "watch -n 1", "watch", "parallel --", "ssh localhost", "npx",
    ].map { words in
      wrapper(
        7, words,
        mayAsk: [
          "chroot", "unshare", "nsenter", "script", "parallel", "ssh", "npx",
          "busybox", "fakeroot", "watch",
        ].contains { words.hasPrefix($0) })
    }
      + [
        "su -c @W", "su root -c @W", "su - root -c @W", "sudo su -c @W", "sudo sh -c @W",
        "sudo bash -c @W", "env sh -c @W", "watch @W", "watch -n1 @W",
        "flock /tmp/l -c @W", "script -qc @W /dev/null", "sg wheel -c @W", "nohup sh -c @W",
        "timeout 5 sh -c @W", "runuser -c @W", "xargs -I{} sh -c @W < /tmp/list",
        "find . -maxdepth 0 -exec sh -c @W ';'", "ssh localhost @W", "ssh -t root@localhost @W",
        "busybox sh -c @W", "npx -c @W", "setsid bash -c @W", "parallel ::: @W",
        "unshare -r sh -c @W",
        "nsenter -t 1 -m sh -c @W", "chroot / sh -c @W",
      ].map { template in
        text(
          7, template,
          mayAsk: ["ssh", "npx", "parallel", "nsenter", "chroot", "unshare", "find"].contains {
            template.hasPrefix($0)
          })
      }
      + around + programNames
      + ["env -S", "env --split-string", "sudo env -S"].map { words in
        SpellingRewrite(7, words) { line in
          // The text is split into words, and nothing else is made of it.
          guard line.compound == nil, line.before.isEmpty, line.commands.count == 1,
            line.commands[0].mayBeWrapped, line.commands[0].assignments.isEmpty,
            line.commands[0].redirections.isEmpty,
            line.commands[0].words.allSatisfy({ $0.source == $0.text })
          else { return nil }
          var line = line
          let text = line.commands[0].words.map(\.source).joined(separator: " ")
          line.commands[0].words =
            words.split(separator: " ").map { SpelledWord(String($0)) } + [.single(text)]
          line.commands[0].program = 0
          return line
        }
      }
  }

  /// Words around those of one command.
  private static var around: [SpellingRewrite] {
    [
      ("find . -maxdepth 0 -exec", ["';'"]), ("find . -maxdepth 0 -exec", ["{}", "+"]),
      ("find . -maxdepth 0 -execdir", ["\\;"]), ("find /tmp -ok", ["\\;"]),
      ("xargs", ["<", "/dev/null"]), ("xargs -n 1", ["<", "/dev/null"]),
      ("xargs -0 -r", ["<", "/tmp/list"]), ("xargs -I{}", ["{}", "<", "/tmp/list"]),
      ("xargs -a /dev/null", []), ("fd . -x", []),
    ].map { words, rest in
      SpellingRewrite(7, ([words] + rest).joined(separator: " ")) { line in
        guard line.compound == nil, line.commands.count == 1, line.commands[0].mayBeWrapped,
          !line.after.contains("<<"),
          !line.commands[0].redirections.contains(where: { $0.sign.hasPrefix("<") })
        else { return nil }
        var line = line
        let prefix = words.split(separator: " ").map { SpelledWord(String($0)) }
        line.commands[0].words.insert(contentsOf: prefix, at: 0)
        line.commands[0].program += prefix.count
        let suffix = SpelledCommand(rest)
        line.commands[0].words += suffix.words
        line.commands[0].redirections += suffix.redirections
        return line
      }
    }
  }

  /// The program under another name.
  private static var programNames: [SpellingRewrite] {
    ["/bin/", "/usr/bin/", "/usr/local/../bin/", "//usr/bin/", "../../../../bin/", "./"].map {
      folder in
      each(7, "\(folder)program") { command in
        guard command.program < command.words.count, !command.isOfShell,
          let text = command.words[command.program].text, !text.contains("/"), !isBuiltin(text)
        else { return }
        command.words[command.program] = .plain(folder + text)
      }
    }
      + [
        each(7, "program.exe") { command in
          guard command.program < command.words.count, !command.isOfShell,
            let text = command.words[command.program].text, !isBuiltin(text)
          else { return }
          command.words[command.program] = .plain(text + ".exe")
        }
      ]
  }

  private static func isBuiltin(_ name: String) -> Bool {
    ["eval", "exec", "command", "builtin", "source", ".", "trap", "mapfile", "echo", "kill"]
      .contains(name)
  }

  /// Class 8: options of harmless programs that run the line.
  static var optionsThatRun: [SpellingRewrite] {
    [
      "git -c alias.x=!@W x", "git -c core.pager=@W log", "git -c core.sshCommand=@W fetch",
      "git -c core.editor=@W commit", "git -c core.fsmonitor=@W status",
      "git fetch --upload-pack=@W x",
      "git clone --upload-pack @W h:x", "git push --receive-pack=@W x", "git rebase --exec @W main",
      "git rebase -x @W main", "git bisect run sh -c @W", "git submodule foreach @W",
      "git filter-branch --tree-filter @W", "git config alias.x !@W", "git grep -O@W x",
      "git difftool -x @W", "git archive --exec=@W x", "tar -I @W -cf x.tar .",
      "tar --use-compress-program=@W -xf x.tar", "tar --to-command=@W -xf x.tar",
      "tar --checkpoint=1 --checkpoint-action=exec=@W -cf x.tar .", "sort --compress-program=@W x",
      "sort --compress-program @W x", "split --filter=@W x", "rsync -e @W a h:b",
      "rsync --rsh=@W a h:b",
      "rsync --rsync-path=@W a h:b", "ssh -o ProxyCommand=@W h", "ssh -oProxyCommand=@W h",
      "scp -S @W a h:b", "scp -o ProxyCommand=@W a h:b", "rg --pre @W x", "rg --pre=@W x",
      "man -P @W ls",
      "man --pager=@W ls", "vim -c !@W", "vim +!@W", "nvim --cmd !@W", "ex -c !@W", "less +!@W x",
      "zip -TT @W x.zip x", "gdb -ex !@W", "gdb --eval-command=!@W",
      "make SHELL=@W", "find . -exec sh -c @W ';'", "fd . -x sh -c @W",
      "npm exec -c @W", "npm exec --call=@W", "tmux new-session -d @W", "screen -dmS x sh -c @W",
      "entr -s @W", "watchexec @W", "nodemon --exec @W", "crontab <<< @W", "at now <<< @W",
      "batch <<< @W",
      "ed <<< !@W", "systemd-run sh -c @W", "docker run -v /:/host alpine sh -c @W",
      "cmake -E env sh -c @W",
      "sed -n 1e@W x", "capsh -- -c @W", "xterm -e @W", "rlwrap sh -c @W", "socat - EXEC:@W",
      "nc -c @W h 1", "ncat --sh-exec @W h 1",
    ].map { template in
      text(8, template, mayAsk: true)
    }
  }
}
