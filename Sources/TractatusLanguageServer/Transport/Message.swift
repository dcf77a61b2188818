import TractatusJSON

/// The id of a request, a number or a text.
enum RequestID: Hashable {
  case number(Int)
  case text(String)

  init?(_ json: JSONView) {
    if let number = json.integer {
      self = .number(number)
    } else if let text = json.string {
      self = .text(text)
    } else {
      return nil
    }
  }

  /// The id as it was given.
  var output: JSONOutput {
    switch self {
    case .number(let number): .integer(number)
    case .text(let text): .string(text)
    }
  }
}

/// A message of JSON-RPC 2.0 that arrived.
struct Message {
  var id: RequestID?
  /// The method; nil for an answer.
  var method: String?
  var params: JSONView
  /// Whether it answers a request of the server.
  var isAnswer: Bool

  /// Reads the content of a message.
  ///
  /// - Throws: that it is no JSON, or no message.
  init(reading bytes: [UInt8]) throws(ResponseError) {
    let tape = try Self.parse(bytes)
    let root = JSONView(tape)
    guard tape.kind(.root) == .object else {
      throw ResponseError(.invalidRequest, "a message is an object")
    }
    id = root["id"].flatMap(RequestID.init)
    method = root["method"]?.string
    params = root["params"] ?? JSONView(JSONTape())
    isAnswer = method == nil && (tape.member(.root, "result") != nil || root["error"] != nil)
  }

  private static func parse(_ bytes: [UInt8]) throws(ResponseError) -> JSONTape {
    var tape = JSONTape()
    do throws(JSONError) {
      do throws(JSONError) {
        try tape.parse(bytes.span)
      } catch  where error.kind == .loneSurrogate {
        try tape.parse(LoneSurrogates.replaced(in: bytes).span)
      }
    } catch {
      throw ResponseError(.parseError, "\(error.message) (byte \(error.byteOffset))")
    }
    return tape
  }
}
