/// One instruction of an instruction history, as people gave it and as it was classified.
///
/// The words of the classification are those of the policy's enumerations, in lower case; nil is
/// what nobody stated and nothing inferred. The JSON record of a history spells them in upper case.
package struct InstructionRecord: Sendable, Hashable {
  /// A value that the text of the instruction gives for a parameter.
  package enum Value: Sendable, Hashable {
    case text(String)
    case number(Decimal)
    case bool(Bool)
  }

  /// A parameter that the text speaks of, and its value.
  package struct Parameter: Sendable, Hashable {
    package var name: String
    package var value: Value

    package init(name: String, value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// The name that reports use, such as `inst_042`; unique in a history.
  package var id: String
  /// What was said, word for word.
  package var text: String
  /// When it was said, an RFC 3339 time.
  package var timestamp: Instant?
  /// `strategic`, `operational`, `tactical`, `system` or `stochastic`.
  package var quadrant: String?
  /// `variable`, `low`, `medium`, `high` or `critical`.
  package var persistence: String?
  /// `task`, `session`, `phase`, `sprint`, `project` or `permanent`.
  package var scope: String?
  /// `none`, `optional`, `advisory`, `required` or `mandatory`.
  package var verification: String?
  /// How explicitly it was said, 0 to 1.
  package var explicitness: Decimal?
  /// Who said it: `user`, `system` or `inferred`.
  package var source: String
  /// Whether it still holds.
  package var isActive: Bool
  /// What its text says of parameters, in the order of the text.
  package var parameters: [Parameter]
  /// A remark of the classifier, such as `conflicts with training pattern 27017`.
  package var note: String?

  /// A record of `text` under `id` of which nothing else is known.
  package init(id: String, text: String, source: String = "user", isActive: Bool = true) {
    self.id = id
    self.text = text
    self.source = source
    self.isActive = isActive
    self.parameters = []
  }
}
