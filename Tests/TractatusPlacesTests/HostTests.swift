import Foundation
import Testing

@testable import TractatusPatterns

@Suite("hosts and URLs")
struct HostTests {
  @Test("every spelling of a host gives its normal form", arguments: LineFile.all(in: "hosts"))
  func spellings(_ url: URL) throws {
    var url = url
    url.standardize()
    var host = HostName()
    var parts = URLParts()
    var scratch = PlaceScratch()
    let file = LineFile(
      url: url, set: { _, _ in },
      begin: { mark, text in
        let bytes = Array(text.utf8)
        parts.read(bytes.span)
        if mark == "=" {
          host.read(bytes.span)
        } else {
          var memory = URLParts()
          host.read(target: bytes.span, &memory)
        }
      },
      answer: { question in
        let words = question.split(separator: " ").map(String.init)
        switch words[0] {
        case "host": return Self.shown(host)
        case "url":
          return "\(String(decoding: parts.scheme, as: UTF8.self)) "
            + "\(Self.shown(parts.host)) \(Self.shown(parts.port))"
        default:
          let query = PlaceQuery(
            isOutside: words[0] == "outside",
            places: words.dropFirst().map { .domain(Array($0.utf8)) })
          let set = PlaceSet([query])
          let truth = set.truth(0, host)
          set.candidates(host, &scratch)
          if !truth.isFalse, scratch.found != [0] { return "missed by the index" }
          return truth.word
        }
      })
    for difference in try file.run() { Issue.record("\(difference)") }
  }

  private static func shown(_ host: HostName) -> String {
    switch host.state {
    case .absent: "absent"
    case .unknown: "unknown"
    case .name: String(decoding: host.bytes, as: UTF8.self)
    case .address: "[\(String(decoding: host.bytes, as: UTF8.self))]"
    }
  }

  private static func shown(_ port: URLParts.Port) -> String {
    switch port {
    case .absent: "absent"
    case .unknown: "unknown"
    case .number(let number): "\(number)"
    }
  }
}
