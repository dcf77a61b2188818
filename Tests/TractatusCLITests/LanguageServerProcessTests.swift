import Foundation
import Testing
import TractatusCLI

@Suite("lsp as a process")
struct LanguageServerProcessTests {
  private func framed(_ message: String) -> Data {
    Data("Content-Length: \(message.utf8.count)\r\n\r\n\(message)".utf8)
  }

  @Test("an editor opens a shipped rule file, asks, and leaves")
  func session() throws {
    let run = try CommandProcess(["lsp", "--stdio"])
    let path = repository + "/rules/examples/platform.tract"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let quoted = String(
      decoding: try JSONSerialization.data(withJSONObject: text, options: [.fragmentsAllowed]),
      as: UTF8.self)
    let input = run.input.fileHandleForWriting
    input.write(
      framed(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{},"
          + "\"rootUri\":\"file://\(repository)\"}}"))
    input.write(
      framed(
        "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":"
          + "{\"uri\":\"file://\(path)\",\"languageId\":\"tractatus\",\"version\":7,"
          + "\"text\":\(quoted)}}}"))
    var output = Data()
    // The server says what it found once nothing more arrives.
    while !String(decoding: output, as: UTF8.self).contains("\"version\":7") {
      let more = run.output.fileHandleForReading.availableData
      if more.isEmpty { break }
      output += more
    }
    input.write(
      framed(
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"workspace/symbol\",\"params\":{\"query\":"
          + "\"inst_042\"}}"))
    input.write(framed(#"{"jsonrpc":"2.0","id":3,"method":"shutdown"}"#))
    input.write(framed(#"{"jsonrpc":"2.0","method":"exit"}"#))
    let (status, rest, errors) = try run.finish()
    #expect(status == 0)
    #expect(errors.isEmpty)
    #expect(String(decoding: output, as: UTF8.self).contains("\"diagnostics\":[]"))
    #expect(rest.contains("rules/examples/platform.tract"))
    #expect(rest.contains("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":null}"))
  }

  @Test("an editor that goes without a word ends it with 1")
  func gone() throws {
    let run = try CommandProcess(["lsp"])
    let (status, output, errors) = try run.finish()
    #expect(status == 1)
    #expect(output.isEmpty && errors.isEmpty)
  }
}
