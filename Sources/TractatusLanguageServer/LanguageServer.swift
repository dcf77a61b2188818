import TractatusJSON
import TractatusSource

/// A server of the Language Server Protocol 3.17 for rule files: bytes in, bytes out.
///
/// Who runs it feeds what arrives, calls `step` as long as there is work, looks in between whether
/// more has arrived, and hands on the output. So what people type last is seen before anything is
/// worked out anew, and a request can be cancelled that still waits.
package final class LanguageServer {
  /// Where the server is in its life.
  enum State {
    case uninitialised, running, shutDown, exited
  }

  let environment: ServerEnvironment
  let workspace: Workspace
  var state = State.uninitialised
  /// What the editor can do.
  var client = ClientCapabilities()
  /// The tokens that were sent last, by document.
  var sentTokens: [String: SentTokens] = [:]
  var publisher = DiagnosticPublisher()
  /// What people were told of files that cannot be read, each once.
  var toldProblems: Set<String> = []
  private var reader = MessageReader()
  /// The messages that arrived; those before `nextWaiting` are answered.
  private var arrived: [Message] = []
  private var nextWaiting = 0
  /// The requests that wait, and those of them that are cancelled.
  private var waitingRequests: Set<RequestID> = []
  private var cancelled: Set<RequestID> = []
  private var output: [UInt8] = []
  private var nextRequest = 1
  /// The status to exit with, once the editor has said so: 0 after `shutdown`, else 1.
  package private(set) var exitStatus: Int?

  /// A server that has not heard of anyone.
  package init(_ environment: ServerEnvironment) {
    self.environment = environment
    workspace = Workspace(environment)
  }

  // MARK: Bytes

  /// Takes bytes that arrived.
  package func receive(_ bytes: some Sequence<UInt8>) {
    reader.feed(bytes)
    while let frame = reader.next() { take(frame) }
  }

  /// What is to be sent, once.
  package func takeOutput() -> [UInt8] {
    defer { output = [] }
    return output
  }

  /// Whether there is something to do without further input.
  package var hasWork: Bool {
    isWaiting || exitStatus == nil && state == .running && !workspace.changed.isEmpty
  }

  /// Whether a message waits.
  package var isWaiting: Bool { exitStatus == nil && nextWaiting < arrived.count }

  /// The text of an open document, as the server has it.
  package func text(of uri: String) -> [UInt8]? { workspace.document(uri)?.text.bytes }

  /// Does one thing: answers a message, or goes on working out diagnostics.
  package func step() {
    guard exitStatus == nil else { return }
    guard nextWaiting < arrived.count else {
      if state == .running { workOutDiagnostics() }
      return
    }
    let message = arrived[nextWaiting]
    nextWaiting += 1
    if nextWaiting == arrived.count {
      arrived.removeAll()
      nextWaiting = 0
    }
    if let id = message.id, message.method != nil {
      waitingRequests.remove(id)
      if cancelled.remove(id) != nil {
        fail(id, ResponseError(.requestCancelled, "the request was cancelled"))
        return
      }
    }
    handle(message)
  }

  private func take(_ frame: MessageReader.Frame) {
    switch frame {
    case .badHeader:
      fail(nil, ResponseError(.parseError, "a header gives no `Content-Length`"))
    case .tooLarge:
      fail(nil, ResponseError(.parseError, "a message has more than 16 MiB"))
    case .message(let bytes):
      do throws(ResponseError) {
        let message = try Message(reading: bytes)
        if message.method == "$/cancelRequest" { cancel(message) } else { wait(message) }
      } catch {
        fail(nil, error)
      }
    }
  }

  private func wait(_ message: Message) {
    arrived.append(message)
    if let id = message.id, message.method != nil { waitingRequests.insert(id) }
  }

  /// Notes that a request that still waits is cancelled.
  private func cancel(_ message: Message) {
    guard let id = message.params["id"].flatMap(RequestID.init), waitingRequests.contains(id) else {
      return
    }
    cancelled.insert(id)
  }

  // MARK: Messages

  private func handle(_ message: Message) {
    guard let method = message.method else {
      // An answer to what the server asked needs nothing; anything else is no message.
      if !message.isAnswer {
        fail(message.id, ResponseError(.invalidRequest, "a message has a `method`"))
      }
      return
    }
    guard let id = message.id else {
      notice(method, message.params)
      return
    }
    do throws(ResponseError) {
      succeed(id, try answer(method, message.params))
    } catch {
      fail(id, error)
    }
  }

  private func answer(_ method: String, _ params: JSONView) throws(ResponseError) -> JSONOutput {
    switch (state, method) {
    case (.uninitialised, "initialize"): return initialise(params)
    case (.uninitialised, _):
      throw ResponseError(.serverNotInitialized, "the first request is `initialize`")
    case (.running, "initialize"):
      throw ResponseError(.invalidRequest, "the server is initialised already")
    case (.running, "shutdown"):
      state = .shutDown
      return .null
    case (.running, _): return try answerFeature(method, params)
    case (.shutDown, _), (.exited, _):
      throw ResponseError(.invalidRequest, "the server is shut down")
    }
  }

  private func notice(_ method: String, _ params: JSONView) {
    if method == "exit" {
      exitStatus = state == .shutDown ? 0 : 1
      state = .exited
      return
    }
    guard state == .running else { return }
    noticeFeature(method, params)
  }

  // MARK: Sending

  private func succeed(_ id: RequestID, _ result: JSONOutput) {
    send(.fields(["jsonrpc": "2.0", "id": id.output, "result": result]))
  }

  private func fail(_ id: RequestID?, _ error: ResponseError) {
    let body = JSONOutput.fields([
      "code": .integer(error.code.rawValue), "message": .string(error.message),
    ])
    send(.fields(["jsonrpc": "2.0", "id": id?.output ?? .null, "error": body]))
  }

  /// Sends a notification.
  func notify(_ method: String, _ params: JSONOutput) {
    send(.fields(["jsonrpc": "2.0", "method": .string(method), "params": params]))
  }

  /// Sends a request of which the answer is of no interest.
  func ask(_ method: String, _ params: JSONOutput) {
    let id = nextRequest
    nextRequest += 1
    send(
      .fields([
        "jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": params,
      ]))
  }

  private func send(_ message: JSONOutput) {
    let content = message.bytes
    output += Array("Content-Length: \(content.count)\r\n\r\n".utf8)
    output += content
  }
}
