import TractatusEngine
import TractatusJSON
import TractatusValues

/// What it costs to decide command lines of a million bytes, which nobody writes but who means to
/// wear out what decides them.
struct LongCommands {
  /// One kind of line and what it costs.
  struct Figure {
    var name: String
    var byteCount: Int
    /// Nanoseconds from the bytes of the action to the verdict: the median of the runs.
    var time: UInt64
    var verdict: Verdict
  }

  private(set) var figures: [Figure] = []

  /// The least and the greatest are left out of five runs, and half of the rest.
  private static let runCount = 5

  /// Decides each kind of line by a program.
  mutating func measure(_ program: Program, byteCount: Int) {
    var evaluator = Evaluator(program)
    var input = ActionInput()
    for (name, text) in Self.kinds(byteCount) {
      let action = CommandBench.action(text)
      var times: [UInt64] = []
      var verdict = Verdict.deny
      for _ in 0..<Self.runCount {
        let start = MonotonicClock.nanoseconds()
        if (try? input.readNative(action.span)) != nil {
          verdict = evaluator.evaluate(input).verdict
        }
        times.append(MonotonicClock.nanoseconds() - start)
      }
      times.sort()
      figures.append(
        Figure(
          name: name, byteCount: text.utf8.count, time: times[Self.runCount / 2],
          verdict: verdict))
    }
  }

  /// The lines: of each kind what it is made of, as often as it fits.
  static func kinds(_ byteCount: Int) -> [(name: String, text: String)] {
    func filled(_ unit: String) -> String {
      String(repeating: unit, count: byteCount / unit.utf8.count)
    }
    func half(_ unit: String) -> String {
      String(repeating: unit, count: byteCount / 2 / unit.utf8.count)
    }
    return [
      ("one word", "echo " + filled("a")),
      ("commands", filled("ls -l abc;")),
      ("one-letter commands", filled("a;")),
      ("nested substitutions", String(repeating: "echo $(", count: byteCount / 100)),
      ("substitutions", "echo " + filled("$(ls abc) ")),
      ("words", "echo" + filled(" word-abcd")),
      ("operands of rm", "rm -f" + filled(" dir/abcde")),
      ("removals", filled("rm -f abc;")),
      ("options", "rm" + filled(" --force -v")),
      ("here-document", "cat <<E\n" + filled("some text and $X\n") + "E\n"),
      ("braces", "echo" + filled(" {a,b,c,d}")),
      ("multiplied braces", "echo " + filled("{a,b}")),
      ("pipeline", filled("cat abc | ") + "cat"),
      ("redirections", "ls" + filled(" >abcdefgh")),
      ("directories", String(repeating: "cd a;", count: byteCount / 50) + "rm -f x"),
      ("one long directory", "cd /" + half("b/") + half(" && cat x")),
      ("names of a path", "cat /" + filled("b/")),
      ("assignments", filled("A=${A}b; ")),
      ("doubled values", "A=ab;" + filled("A=$A$A;") + "rm -f $A"),
      ("unknown words", "rm -f" + filled(" $X/abcdef")),
      ("unknown options", "git push" + filled(" $X")),
      ("wrappers", filled("sudo ")),
      ("texts that are run", filled("sh -c 'rm a';")),
      ("paths", "cat /" + filled("../a/./b/")),
      ("downloads", "curl" + filled(" https://a.example/b")),
    ]
  }

  /// A line for each kind.
  var text: String {
    var text = "\nLong lines, by all of these rules:\n\n"
    for figure in figures {
      let name = figure.name + String(repeating: " ", count: max(0, 22 - figure.name.count))
      let tenths = Int(clamping: figure.time / 100_000)
      text += "  \(name) \(tenths / 10).\(tenths % 10) ms, \(figure.byteCount) bytes, "
      text += "\(figure.verdict)\n"
    }
    return text
  }

  /// Adds the figures to an object.
  func write(into json: inout JSONWriter) {
    json.key("long_lines")
    json.beginArray()
    for figure in figures {
      json.beginObject()
      json.key("kind")
      json.string(figure.name)
      json.key("bytes")
      json.number(figure.byteCount)
      json.key("decision_ns")
      json.number(Int(clamping: figure.time))
      json.key("verdict")
      json.string("\(figure.verdict)")
      json.endObject()
    }
    json.endArray()
  }
}
