import TractatusJSON
import TractatusSource
import TractatusValues

/// The files of a decision log, in the order in which they were written.
struct AuditLog {
  /// The largest file that is read: what a log has when it is put aside, and one record.
  private static let fileLimit = 64 << 20

  /// One file of the log.
  struct File {
    var path: String
    var bytes: [UInt8]
  }

  private(set) var files: [File] = []
  /// The head that stands beside the last file; nil without one.
  private(set) var head: (number: Int, digest: String, size: Int)?

  /// Reads a log: a file, or a folder with `decisions.jsonl` and those that were put aside.
  ///
  /// - Throws: what cannot be read.
  init(_ path: String) throws(RuleProblem) {
    var paths = [path]
    do throws(SystemError) {
      if try DirectoryWalk.kind(of: path) == .directory { paths = try Self.files(in: path) }
      for path in paths {
        files.append(File(path: path, bytes: try FileReader.read(path, limit: Self.fileLimit)))
      }
    } catch {
      throw RuleProblem(message: "`\(path)` \(error.explanation)")
    }
    guard let last = paths.last else {
      throw RuleProblem(message: "`\(path)` holds no decision log (`\(DecisionLog.fileName)`)")
    }
    let head = try? FileReader.read(last + DecisionLog.headSuffix, limit: 4_096)
    self.head = head.flatMap { DecisionLog.parseHead($0) }
  }

  private static func files(in folder: String) throws(SystemError) -> [String] {
    let stem = folder + "/decisions"
    var found: [String] = []
    do throws(DirectoryWalk.WalkError) {
      found = try DirectoryWalk.files(under: folder, suffix: ".jsonl")
    } catch {
      throw error.error
    }
    // Numbers of one length sort as texts do; the log itself comes last.
    let aside = found.filter { $0.hasPrefix(stem + "-") }.sorted()
    return aside + found.filter { $0 == folder + "/" + DecisionLog.fileName }
  }

  /// Calls `body` with each line and where it stands, in order.
  func forEachLine(_ body: (_ line: ArraySlice<UInt8>, _ file: String, _ number: Int) -> Void) {
    for file in files {
      var number = 0
      var start = 0
      while start < file.bytes.count {
        let end = LineCursor.newline(in: file.bytes, from: start) ?? file.bytes.count
        number += 1
        body(file.bytes[start..<end], file.path, number)
        start = end + 1
      }
    }
  }
}
