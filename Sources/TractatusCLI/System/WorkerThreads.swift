/// Does independent work on several threads.
enum WorkerThreads {
  /// Fewer pieces than this are not worth a thread's start.
  private static let pieceLimit = 4
  private static let threadLimit = 64

  /// What one thread works on: every so many-th piece.
  ///
  /// SAFETY: each is touched by one thread, and read by another after that one was joined.
  private final class Share<Piece: Sendable, Outcome: Sendable>: @unchecked Sendable {
    let pieces: [Piece]
    let first: Int
    let stride: Int
    let work: @Sendable (Piece) -> Outcome
    var outcomes: [Outcome] = []

    init(
      _ pieces: [Piece], first: Int, stride: Int, work: @escaping @Sendable (Piece) -> Outcome
    ) {
      self.pieces = pieces
      self.first = first
      self.stride = stride
      self.work = work
    }

    func perform() {
      var place = first
      while place < pieces.count {
        outcomes.append(work(pieces[place]))
        place += stride
      }
    }
  }

  /// What the work gives for each piece, in their order; the work shares nothing.
  ///
  /// - Parameter threadCount: how many threads there are, where it is not one for each processor.
  static func map<Piece: Sendable, Outcome: Sendable>(
    _ pieces: [Piece], threadCount: Int? = nil, _ work: @escaping @Sendable (Piece) -> Outcome
  ) -> [Outcome] {
    let count = min(threadCount ?? WorkThread.processorCount, threadLimit, pieces.count)
    guard count > 1, pieces.count >= pieceLimit else { return pieces.map(work) }
    let shares = (0..<count).map { Share(pieces, first: $0, stride: count, work: work) }
    perform(shares[...])
    return pieces.indices.map { shares[$0 % count].outcomes[$0 / count] }
  }

  /// Performs shares, all but the last on threads of their own while the system has any.
  private static func perform<Piece, Outcome>(_ shares: ArraySlice<Share<Piece, Outcome>>) {
    guard let share = shares.first else { return }
    guard shares.count > 1, let thread = WorkThread({ share.perform() }) else {
      share.perform()
      return perform(shares.dropFirst())
    }
    perform(shares.dropFirst())
    thread.join()
  }
}
