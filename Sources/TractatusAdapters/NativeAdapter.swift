import TractatusEngine
import TractatusJSON

extension Adapter {
  /// Tractatus' own action document.
  static let native = Adapter(
    "native", "a native action",
    fits: { tape in
      tape.member(.root, "action") != nil || tape.member(.root, "tool") != nil
    },
    read: { tape throws(DecisionError) in
      guard tape.kind(.root) == .object else {
        throw DecisionError(
          code: "T0702",
          reason: "an action is a JSON object, and this document is \(tape.kind(.root).phrase)")
      }
      var call = ClientCall()
      call.fields = ActionFields(native: tape, in: .call)
      return .calls([call])
    })
}
