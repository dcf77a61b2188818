import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `broad-place`.
  static let broadPlace = LintRule(
    210, "broad-place", .warning,
    "A place that holds everything: the root, or a whole top-level domain.",
    why: """
      Every path lies within `/`, so a test of it decides nothing; a whole top-level domain is nobody's own. What \
      loosens by such a place is open.
      """,
    avoid: """
      rule inside "Deployments stay inside" {
          on deploy
          deny when host? outside "com" because "{host} is not ours."
      }
      """,
    prefer: """
      rule inside "Deployments stay inside" {
          on deploy
          deny when host? outside "acme.example" because "{host} is not ours."
      }
      """
  ) { run in
    for file in run.files {
      for test in file.views(.placeTest, PlaceTestView.self) {
        guard let places = test.places else { continue }
        for token in file.tree.terms(of: places) where file.tree[token].isString {
          let place = file.tree.string(of: token)
          if !place.isEmpty, place.utf8.allSatisfy({ $0 == UInt8(ascii: "/") }) {
            run.report("every path lies within `/`", at: file.tree.span(of: token))
          } else if topLevel.contains(place) {
            run.report("`\(place)` is a whole top-level domain", at: file.tree.span(of: token))
          }
        }
      }
    }
  }

  /// Top-level domains that are not likely the name of a folder.
  private static let topLevel: Set<String> = [
    "com", "org", "net", "edu", "gov", "mil", "int", "eu", "de", "uk", "co.uk", "fr", "io", "info",
    "cloud", "online", "site", "xyz", "github.io", "amazonaws.com",
  ]
}
