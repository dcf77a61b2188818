import Glibc

/// Why a file or a stream could not be read or written.
package enum SystemError: Error, Equatable, Sendable {
  case notFound
  case isDirectory
  /// Larger than the limit in bytes.
  case tooLarge(limit: Int)
  /// The reader of a pipe is gone.
  case closedPipe
  /// Anything else, in the system's words.
  case failed(String)

  /// What happened, as the end of a sentence that begins with the path.
  package var explanation: String {
    switch self {
    case .notFound: "does not exist"
    case .isDirectory: "is a directory"
    case .tooLarge(let limit): "is larger than \(limit >> 20) MiB"
    case .closedPipe: "is a pipe that nobody reads"
    case .failed(let words): "cannot be used: \(words)"
    }
  }

  /// Why a file could not be written.
  package var writingFailure: String {
    switch self {
    case .notFound: "there is no such folder"
    case .isDirectory: "it is a directory"
    case .tooLarge(let limit): "it would be larger than \(limit >> 20) MiB"
    case .closedPipe: "nobody reads it"
    case .failed(let words): words
    }
  }

  /// The error that an `errno` value stands for.
  static func last(_ number: Int32) -> SystemError {
    switch number {
    case ENOENT, ENOTDIR: return .notFound
    case EISDIR: return .isDirectory
    case EPIPE: return .closedPipe
    default:
      // SAFETY: `strerror` returns a terminated text, copied before the next call.
      guard let words = unsafe strerror(number) else { return .failed("error \(number)") }
      return .failed(unsafe String(cString: words).lowercased())
    }
  }
}
