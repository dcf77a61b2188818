import TractatusLanguageServer

/// Whatever bytes arrive, as they stand and as messages of an editor that has a document open, the
/// server answers or passes over and goes on; its text is never anything but UTF-8.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLanguageServer(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  let server = LanguageServer(ServerEnvironment(version: "fuzz"))
  send(server, #"{"id":1,"method":"initialize","params":{"capabilities":{}}}"#)
  send(
    server,
    #"{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///a.tract","version":1,"#
      + #""text":"policy a.b \"é\" version \"1\"\nrule r { on any deny when description == x }\n"}}}"#
  )
  // Of the bytes each line is an edit and a question at a place, then all are a stream.
  for line in bytes.split(separator: 0x0A).prefix(16) {
    let (row, column) = (line.first.map { Int($0) % 8 } ?? 0, line.dropFirst().first ?? 0)
    let place = "{\"line\":\(row),\"character\":\(column)}"
    let text = line.dropFirst(2).map { String($0 % 16, radix: 16) }.joined()
    let method = ["hover", "completion", "definition", "rename", "prepareRename"][Int(column) % 5]
    send(
      server,
      "{\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":"
        + "\"file:///a.tract\",\"version\":2},\"contentChanges\":[{\"range\":{\"start\":\(place),"
        + "\"end\":\(place)},\"text\":\"\\u00\(text.prefix(2).count == 2 ? text.prefix(2) : "41")\"}]}}"
    )
    send(
      server,
      "{\"id\":2,\"method\":\"textDocument/\(method)\",\"params\":{\"textDocument\":{\"uri\":"
        + "\"file:///a.tract\"},\"newName\":\"a\(text)\",\"position\":\(place)}}")
  }
  server.receive(bytes)
  server.receive(Array("Content-Length: \(bytes.count)\r\n\r\n".utf8) + bytes)
  while server.hasWork { server.step() }
  if let text = server.text(of: "file:///a.tract") {
    precondition(String(validating: text, as: UTF8.self) != nil, "the text is no UTF-8")
  }
  _ = server.takeOutput()
  return 0
}

private func send(_ server: LanguageServer, _ message: String) {
  server.receive(Array("Content-Length: \(message.utf8.count)\r\n\r\n\(message)".utf8))
  while server.hasWork { server.step() }
}
