import TractatusSemantics

/// A test of a command line or of one simple command, with all that its truth depends on.
package struct LoweredCommandTest: Hashable, Sendable {
  /// What is asked.
  package let test: CommandTest
  /// What the test says where the forms of one path disagree.
  package let ambiguityHolds: Bool
  /// Of `CheckedPolicy.packages`: programs that neither this one nor what it uses declares count as
  /// not declared, besides. Nil: every declaration counts.
  package let package: Int?
  /// The test as a rule file would write it: two tests that look the same are only the same when
  /// their bytes are.
  private let bytes: [UInt8]

  /// Makes a test.
  package init(_ test: CommandTest, ambiguityHolds: Bool, package: Int?) {
    self.test = test
    self.ambiguityHolds = ambiguityHolds
    self.package = package
    bytes = Array(CommandTestText.text(test).utf8)
  }
}

/// `within …` and `outside …` of one path, host or URL.
package struct LoweredPlaceTest: Hashable, Sendable {
  /// What is asked.
  package let test: PlaceTest
  /// What the test says where the forms of one path disagree.
  package let ambiguityHolds: Bool
  private let bytes: [UInt8]

  /// Makes a test.
  package init(_ test: PlaceTest, ambiguityHolds: Bool) {
    self.test = test
    self.ambiguityHolds = ambiguityHolds
    bytes = Array(CommandTestText.text(test).utf8)
  }
}
