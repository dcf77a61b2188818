import TractatusSemantics

/// What an attribute is in an assignment.
package enum AttributeState: Hashable, Sendable {
  case absent
  case unknown
  case known(KnownValue)
}

/// A value of an attribute.
package enum KnownValue: Hashable, Sendable {
  /// A place on the scale of a scalar type.
  case ordinal(Ordinal)
  /// UTF-8.
  case text([UInt8])
  case list([KnownValue])
  /// Some value of the type: nothing that was asked depends on which, or free tests alone do.
  case any
}
