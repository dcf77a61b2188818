/// Why a request has no result, by the codes of JSON-RPC 2.0 and of LSP 3.17 (*ErrorCodes*).
struct ResponseError: Error {
  /// A number of the protocol.
  enum Code: Int {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case serverNotInitialized = -32002
    case requestFailed = -32803
    case requestCancelled = -32800
  }

  var code: Code
  /// One sentence, starting in lower case.
  var message: String

  init(_ code: Code, _ message: String) {
    (self.code, self.message) = (code, message)
  }

  static let noDocument = ResponseError(.invalidParams, "the document is not open")
}
