import TractatusJSON
import TractatusValues

/// Makes random documents, with white space and escapes where they may be, from a seed.
struct DocumentGenerator {
  private var random: SplitMix64
  private var bytes: [UInt8] = []

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  /// A document of a few dozen values at most.
  mutating func make() -> [UInt8] {
    bytes = []
    value(depth: 0)
    return bytes
  }

  /// A document of a few dozen values at most.
  func document() -> [UInt8] {
    var copy = self
    return copy.make()
  }

  private mutating func value(depth: Int) {
    space()
    switch random.below(depth > 4 ? 5 : 8) {
    case 0: put("null")
    case 1: put(random.chance(1, in: 2) ? "true" : "false")
    case 2, 3: number()
    case 4: string(prefix: "")
    case 5: list(depth: depth)
    default: object(depth: depth)
    }
    space()
  }

  private mutating func list(depth: Int) {
    put("[")
    let count = random.below(5)
    for index in 0..<count {
      if index > 0 { put(",") }
      value(depth: depth + 1)
    }
    if count == 0 { space() }
    put("]")
  }

  private mutating func object(depth: Int) {
    put("{")
    let count = random.below(6)
    for index in 0..<count {
      if index > 0 { put(",") }
      space()
      // The index keeps keys apart.
      string(prefix: "\(index)")
      space()
      put(":")
      value(depth: depth + 1)
    }
    put("}")
  }

  private mutating func number() {
    if random.chance(1, in: 3) { put("-") }
    put(String(random.next() >> UInt64(5 + random.below(59))))
    if random.chance(1, in: 3) { put("." + String(random.next() >> UInt64(8 + random.below(55)))) }
    if random.chance(1, in: 8) { put("e-0") }
  }

  private mutating func string(prefix: String) {
    put("\"" + prefix)
    let pieces = [
      "a", "word", "/tmp/file.txt", " ", "é", "€", "😀", #"\n"#, #"\""#, #"\\"#, #"\/"#,
      #"\u0000"#, #"\u00e9"#, #"\ud83d\ude00"#, "\u{7F}", "a much longer piece of plain text",
    ]
    for _ in 0..<random.below(6) { put(pieces[random.below(pieces.count)]) }
    put("\"")
  }

  private mutating func space() {
    while random.chance(1, in: 5) { put([" ", "\n", "\t", "\r", "          "][random.below(5)]) }
  }

  private mutating func put(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }
}

/// Documents of the shapes that agents' clients send, of our own making.
let clientSamples = [
  #"""
  {"session_id":"5f0c","transcript_path":"/home/dev/.agent/5f0c.jsonl","cwd":"/home/dev/shop",
   "permission_mode":"default","hook_event_name":"PreToolUse","tool_name":"Bash",
   "tool_input":{"command":"git status && echo \"done\"","description":"Show the state"},
   "tool_use_id":"call_01"}
  """#,
  #"""
  {"hook_event_name":"PreToolUse","tool_name":"Write","cwd":"/srv/app","tool_input":
   {"file_path":"/srv/app/résumé.md","content":"# Titre\n\n\u20ac 5, \ud83d\ude00\ttab"}}
  """#,
  #"""
  {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_file","arguments":
   {"path":"notes/to do.txt","limit":2.5,"lines":[1,-20,3e1],"raw":false,"head":null}}}
  """#,
  #"""
  {"id":"msg_1","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":
   [{"id":"c1","type":"function","function":{"name":"query","arguments":
   "{\"sql\":\"select 1\",\"limit\":10}"}}]},"finish_reason":"tool_calls"}]}
  """#,
]
