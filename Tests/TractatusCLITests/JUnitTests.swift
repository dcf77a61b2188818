import Foundation
import Testing

@testable import TractatusCLI

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("JUnit reports")
struct JUnitTests {
  private let policy = "policy acme \"Acme\" version \"1.0.0\"\n\naction a { x: text }\n\n"

  @Test("every character that XML cannot hold is replaced, and signs are escaped")
  func escaping() {
    #expect(JUnitReport.escaped("a<b>&\"c\"\n\u{1}") == "a&lt;b&gt;&amp;&quot;c&quot;&#10;\u{FFFD}")
    #expect(JUnitReport.escaped("\"\n", isAttribute: false) == "\"\n")
  }

  @Test("the document is well-formed, and counts what passed and failed")
  func wellFormed() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a.tract",
      policy + """
        rule r "R" {
            on a
            deny when x == "<&>"
            example deny { x: "<&>" }
            example allow { x: "<&>" }
        }
        test "<one> & \\"two\\"" {
            action a { x: "y" }
            expect deny
        }

        """)
    for words in [["test"], ["check"]] {
      let result = run(words + [folder.path, "--format", "junit"])
      #expect(result.status == 1)
      let document = try XMLDocument(xmlString: result.output)
      let suites = try #require(document.rootElement())
      #expect(suites.name == "testsuites")
      let suite = try #require(suites.elements(forName: "testsuite").first)
      let cases = suite.elements(forName: "testcase")
      let failed = cases.filter { !$0.elements(forName: "failure").isEmpty }
      #expect(suite.attribute(forName: "tests")?.stringValue == "\(cases.count)")
      #expect(suite.attribute(forName: "failures")?.stringValue == "\(failed.count)")
      #expect(cases.count == (words == ["test"] ? 3 : 1))
      #expect(failed.count == (words == ["test"] ? 2 : 1))
    }
    let names = try XMLDocument(xmlString: run("test", folder.path, "--format", "junit").output)
      .nodes(forXPath: "//testcase/@name").compactMap(\.stringValue)
    #expect(names.contains("test <one> & \"two\""))
  }
}
