import Foundation
import Testing

@testable import TractatusCLI

@Suite("the command bench")
struct BenchTests {
  @Test("generated policies are measured beside the floors, as JSON")
  func generated() throws {
    let result = run(
      "bench", "--sizes", "1,40", "--actions", "20", "--rounds", "1", "--format", "json")
    #expect(result.status == 0 && result.errors.isEmpty)
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let report = try #require(json as? [String: Any])
    for name in ["actions", "rounds", "seed", "clock_ns", "copy_ns", "scan_ns", "json_ns"] {
      #expect(report[name] is Int, "\(name)")
    }
    #expect(report["automaton_ns"] is Int)
    let sizes = try #require(report["sizes"] as? [[String: Any]])
    #expect(sizes.map { $0["rules"] as? Int } == [1, 40])
    for name in [
      "source_bytes", "compile_us", "image_bytes", "action_bytes", "median_ns", "p90_ns", "p99_ns",
      "decisions_per_second", "reports_per_second", "hits_per_ten_thousand", "peak_kib",
      "memory_growth_kib",
    ] {
      #expect(sizes.allSatisfy { $0[name] is Int }, "\(name)")
    }
    #expect(sizes[0]["action_bytes"] as? Int == BenchWorkload.actionByteCount)
  }

  @Test("what is written can be measured again as given rules and a given stream")
  func given() throws {
    let folder = try TemporaryFolder()
    let write = ["--sizes", "40", "--actions", "20"]
    #expect(run(["bench", "--write", folder.path] + write).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["actions.jsonl", "generated-0.tract"])
    let stream = folder.path + "/actions.jsonl"
    let result = run(
      "bench", "--rules", folder.path, "--stream", stream, "--rounds", "1", "--format", "json")
    #expect(result.errors.isEmpty)
    #expect(result.output.contains(#""actions":20,"#))
    #expect(result.output.contains(#"[{"rules":40,"#))
    let text = run("bench", "--rules", folder.path, "--stream", stream, "--rounds", "1").output
    #expect(text.contains("floors of an action: clock "))
  }

  @Test("documents of every client are measured, and bad ones too")
  func anyClient() throws {
    let folder = try TemporaryFolder()
    let stream = try folder.write(
      "stream.jsonl",
      """
      {"tool":"Bash","parameters":{"command":"ls"}}
      {"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"}}
      [{"name":"Bash","args":{}},{"name":"Bash","args":{"command":"ls"}}]
      {"hook_event_name":"Stop"}
      {
      """)
    let result = run(
      "bench", "--rules", "tractatus.core", "--stream", stream, "--rounds", "1", "--format", "json")
    #expect(result.status == 0)
    #expect(result.output.contains(#""actions":5,"#))
  }

  @Test("what cannot be measured is said")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write("empty.jsonl", "")
    for (words, reason) in [
      (["--rules", "rules"], "`bench` takes no `--rules`, which is for `--cold`, `--stream`"),
      (["--hook", "--rounds", "9"], "`bench --hook` takes no `--rounds`, which is for `--comm"),
      (["--cold", "--hook"], "`bench --cold` takes no `--hook`"),
      (["--write", folder.path, "--rounds", "1"], "`bench --write` takes no `--rounds`"),
      (["action.json"], "`bench` takes no action"),
      (["--sizes", "0"], "`--sizes` takes numbers"),
      (["--write", folder.path], "takes one size"),
      (["--write", folder.path + "/none", "--sizes", "1"], "cannot be written"),
      (["--rules", "tractatus.core", "--stream", empty], "holds no action"),
      (["--rules", "tractatus.core", "--stream", empty + "x"], "does not exist"),
      (["--rules", "tractatus.non", "--stream", empty], "does not exist"),
    ] {
      let result = run(["bench"] + words)
      #expect(result.status == 2 && result.errors.contains(reason), "\(words)")
    }
  }

  @Test("a policy of any size lies in files below their limit")
  func files() {
    let files = BenchWorkload(ruleCount: 80_000, seed: 1).files
    #expect(files.count > 1)
    #expect(files.allSatisfy { $0.count < RuleReader.fileLimit })
  }
}
