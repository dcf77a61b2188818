import Testing

@testable import TractatusCLI

@Suite("slices of the processor")
struct SchedulerSliceTests {
  @Test("who asks for short slices keeps its policy, its nice value and its flags")
  func nothingElseChanges() throws {
    let before = try #require(SchedulerSlice.attributes())
    SchedulerSlice.askForShort()
    var after = try #require(SchedulerSlice.attributes())
    // A kernel that knows no slices says zero of them.
    let slice = SchedulerSlice.sliceWord
    #expect(after[slice] == (before[slice] == 0 ? 0 : SchedulerSlice.short))
    after[slice] = before[slice]
    #expect(after == before)
  }
}
