import TractatusCompiler
import TractatusLanguageServer
import TractatusRulePacks
import TractatusTestRunner

extension Command {
  /// `tractatus lsp`.
  static let lsp = Command(
    "lsp", group: .author, summary: "serve editors over standard input and output",
    options: [
      Option(
        "rules", value: "PATH", repeats: true,
        "a rule file, folder or built-in pack (default: each workspace folder's rules, or itself)"),
      Option(flag: "stdio", "what is done anyway, for editors that say it"),
    ],
    details: """
      Speaks the Language Server Protocol 3.17: diagnostics of the compiler and the
      linter while people type, formatting, hover, completion, definitions,
      references, renaming, symbols, tokens, code actions and folding.

      The rules of --rules are one policy, else those of each workspace folder are
      (its folder `rules`, or all of it); a document elsewhere is one of its own. The
      `initializationOptions` may hold `rules`, a list as --rules takes it, and
      `pages`, the address of the lint rules' pages, for links.

      Exit status: 0 after `shutdown` and `exit`, else 1.
      """,
    example: "tractatus lsp --rules rules"
  ) { arguments, console throws(UsageError) in
    LanguageServerRun.serve(arguments.values("rules"), console)
  }
}

/// One run of `tractatus lsp`: all input and output of the server.
enum LanguageServerRun {
  /// The most files and folders that are looked at below a folder of the workspace: an editor may
  /// name a home folder.
  static let folderEntryLimit = 100_000

  /// Serves until the editor says `exit`, or its end of the pipe is closed.
  static func serve(_ rules: [String], _ console: Console) -> ExitStatus {
    var environment = environment
    let folder = console.currentFolder ?? ""
    environment.rules = rules.map { path in
      RulePacks.isPackage(path) || path.hasPrefix("/") ? path : folder + "/" + path
    }
    let server = LanguageServer(environment)
    do throws(SystemError) {
      while server.exitStatus == nil {
        // What has arrived goes first: it may change what there is to do, or cancel it.
        guard let bytes = try console.input.nextBytes(waits: !server.hasWork) else { break }
        if bytes.isEmpty { server.step() } else { server.receive(bytes) }
        let output = server.takeOutput()
        if output.isEmpty { continue }
        console.output.write(output)
        console.output.flush()
        if console.output.failure != nil { return .fail }
      }
      while server.hasWork { server.step() }
    } catch {
      console.errors.line("tractatus: standard input \(error.explanation)")
      return .fail
    }
    console.output.write(server.takeOutput())
    return server.exitStatus == 0 ? .pass : .fail
  }

  /// The files of this machine.
  private static var environment: ServerEnvironment {
    ServerEnvironment(
      version: CLI.version,
      builtIns: RulePacks.files.map { pack in
        BuiltInFile(
          package: pack.package, name: "<\(pack.path)>", bytes: pack.bytes, digest: pack.digest)
      },
      isFolder: { path in
        do throws(SystemError) {
          return try DirectoryWalk.kind(of: path) == .directory
        } catch {
          return false
        }
      },
      ruleFiles: { path in
        do throws(DirectoryWalk.WalkError) {
          return .success(
            try DirectoryWalk.files(
              under: path, suffix: RuleReader.suffix, entryLimit: folderEntryLimit))
        } catch {
          return .failure(FolderProblem(message: "`\(error.path)` \(error.error.explanation)"))
        }
      },
      read: { path in
        do throws(SystemError) {
          return try FileReader.read(path, limit: RuleReader.fileLimit)
        } catch {
          return nil
        }
      },
      today: { WallClock.today() },
      examples: { compilation in
        TestRunner.diagnostics(TestRunner.run(compilation, kinds: [.example]))
      })
  }
}
