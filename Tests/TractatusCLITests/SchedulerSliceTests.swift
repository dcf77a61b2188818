import Testing

@testable import TractatusCLI

@Suite("slices of the processor")
struct SchedulerSliceTests {
  @Test("who asks for short slices keeps its policy, its nice value and its flags")
  func nothingElseChanges() throws {
    let before = try #require(SchedulerSlice.attributes())
    SchedulerSlice.askForShort()
    var after = try #require(SchedulerSlice.attributes())
    let slice = SchedulerSlice.sliceWord
    // A kernel that knows no slices says zero of them; under `chrt` nothing is asked for.
    let isAsked = before[slice] != 0 && before[0] >> 32 == 0
    #expect(after[slice] == (isAsked ? SchedulerSlice.short : before[slice]))
    after[slice] = before[slice]
    #expect(after == before)
  }
}
