/// Calls of Linux that the C library has and the module of its headers leaves out.
enum LinuxCalls {
  /// `RENAME_EXCHANGE`.
  private static let exchangeFlag: UInt32 = 2

  /// Has two files of a folder change names in one step; 0, or -1 with `errno`.
  static func exchange(_ name: String, _ other: String, in folder: Int32) -> Int32 {
    // SAFETY: both texts outlive the call.
    unsafe renameat2(folder, name, folder, other, exchangeFlag)
  }

  /// The system's number of this thread.
  static var threadNumber: Int32 { gettid() }
}

// SAFETY: these are the C functions' own parameters and results, numbers and pointers all of them,
// which both languages hand over in the same registers.
@_silgen_name("renameat2")
private func renameat2(
  _ folder: Int32, _ name: UnsafePointer<CChar>, _ otherFolder: Int32,
  _ otherName: UnsafePointer<CChar>, _ flags: UInt32
) -> Int32

@_silgen_name("gettid")
private func gettid() -> Int32
