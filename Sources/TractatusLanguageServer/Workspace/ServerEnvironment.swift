import TractatusCompiler
import TractatusSource
import TractatusValues

/// Why the files of a folder are not known, as a sentence that starts in lower case.
package struct FolderProblem: Error {
  /// The sentence.
  package var message: String

  /// A problem.
  package init(message: String) { self.message = message }
}

/// All that the server reaches of the world, given by who runs it; paths are absolute.
package struct ServerEnvironment {
  /// What `--rules` names: folders, files, and built-in packages by name.
  package var rules: [String] = []
  /// The version that the server says it has.
  package var version: String
  /// The files of the built-in packages.
  package var builtIns: [BuiltInFile]
  /// Whether a path names a folder.
  package var isFolder: (String) -> Bool
  /// The rule files below a folder, ascending, or why they are not known.
  package var ruleFiles: (String) -> Result<[String], FolderProblem>
  /// The bytes of a file; nil where it cannot be read.
  package var read: (String) -> [UInt8]?
  /// The day on which dates are judged.
  package var today: () -> CalendarDate?
  /// What the examples of a compiled policy show to be wrong.
  package var examples: (CompilationResult) -> [Diagnostic]

  /// A world without files.
  package init(
    version: String, builtIns: [BuiltInFile] = [],
    isFolder: @escaping (String) -> Bool = { _ in false },
    ruleFiles: @escaping (String) -> Result<[String], FolderProblem> = { _ in .success([]) },
    read: @escaping (String) -> [UInt8]? = { _ in nil },
    today: @escaping () -> CalendarDate? = { nil },
    examples: @escaping (CompilationResult) -> [Diagnostic] = { _ in [] }
  ) {
    self.version = version
    self.builtIns = builtIns
    self.isFolder = isFolder
    self.ruleFiles = ruleFiles
    self.read = read
    self.today = today
    self.examples = examples
  }
}
