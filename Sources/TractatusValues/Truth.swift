/// One of Kleene's three truth values, ordered `false < unknown < true`.
///
/// With that order `and` is the minimum, `or` the maximum and `not` the reflection (Kleene 1952,
/// §64), so the order of operands never matters.
///
/// PERF: `public`, for the compiler makes a call of each use of what is `package` and belongs to
/// another target, `@inlinable` or not; a decision would make some 400 such calls.
public enum Truth: UInt8, Sendable, Hashable, Comparable, CaseIterable {
  case `false` = 0
  case unknown = 1
  case `true` = 2

  /// The definite truth value of a `Bool`.
  @inlinable
  public init(_ value: Bool) {
    self = value ? .true : .false
  }

  /// Whether the value is `true`.
  @inlinable public var isTrue: Bool { self == .true }

  /// Whether the value is `false`.
  @inlinable public var isFalse: Bool { self == .false }

  /// Whether the value is `unknown`.
  @inlinable public var isUnknown: Bool { self == .unknown }

  /// The word for reports: `true`, `false` or `unknown`.
  public var word: String {
    switch self {
    case .false: "false"
    case .unknown: "unknown"
    case .true: "true"
    }
  }

  /// Whether `left` comes before `right` in the order `false < unknown < true`.
  @inlinable
  public static func < (left: Truth, right: Truth) -> Bool {
    left.rawValue < right.rawValue
  }

  /// Kleene's `and`: the lesser of the two.
  @inlinable
  public static func & (left: Truth, right: Truth) -> Truth {
    left.rawValue < right.rawValue ? left : right
  }

  /// Kleene's `or`: the greater of the two.
  @inlinable
  public static func | (left: Truth, right: Truth) -> Truth {
    left.rawValue > right.rawValue ? left : right
  }

  /// Kleene's `not`: swaps `true` and `false`, and keeps `unknown`.
  @inlinable
  public static prefix func ! (value: Truth) -> Truth {
    switch value {
    case .false: .true
    case .unknown: .unknown
    case .true: .false
    }
  }
}
