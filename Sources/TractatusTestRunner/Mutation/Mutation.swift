import TractatusSource
import TractatusSyntax

/// One small change of a rule file: what a test should notice.
package struct Mutation: Sendable {
  /// What is changed.
  package enum Kind: String, Sendable, CaseIterable {
    /// Another comparison, or `all` for `any`.
    case flip
    /// A condition without one part of it.
    case part
    /// A test that holds when it should not.
    case negation
    /// A number or date that is one unit off.
    case bound
    /// A list without one member.
    case member
    /// The next verdict on the scale.
    case verdict
    /// A rule or clause without its `when` or `unless`.
    case `guard`
    /// A rule without one clause.
    case clause

    /// What it does, in words.
    package var summary: String {
      switch self {
      case .flip: "another operator"
      case .part: "a part of the condition dropped"
      case .negation: "the opposite"
      case .bound: "one unit off"
      case .member: "a member dropped"
      case .verdict: "another verdict"
      case .guard: "a guard dropped"
      case .clause: "a clause dropped"
      }
    }
  }

  package var kind: Kind
  package var source: SourceID
  /// The qualified name of the declaration that is changed; the package of one without a name.
  package var owner: String
  /// Whether nothing but the rule `owner` can change by it.
  package var isLocal: Bool
  /// The bytes that are replaced, and by what.
  package var bytes: Range<Int>
  package var replacement: [UInt8]
  /// The clause or declaration around it on one line, before and after; empty when it is dropped.
  package var original: String
  package var mutated: String

  /// The place of the change.
  package var span: SourceSpan {
    SourceSpan(
      source: source, start: UInt32(clamping: bytes.lowerBound),
      end: UInt32(clamping: bytes.upperBound))
  }

  /// The content of the file with the change.
  package func apply(to content: [UInt8]) -> [UInt8] {
    let start = min(bytes.lowerBound, content.count)
    let end = min(max(start, bytes.upperBound), content.count)
    return Array(content[..<start]) + replacement + Array(content[end...])
  }
}
