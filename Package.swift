// swift-tools-version: 6.2
import PackageDescription

/// Every target is compiled in Swift 6 mode, with strict memory safety, and no warning passes.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  // PERF: a release build asks for the metadata of generic types by calling for it. By default it
  // writes the type's mangled name, which the runtime takes apart at first use, and for a
  // dictionary's key looks through every conformance: a third of a cold `eval`.
  .unsafeFlags(
    ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
    .when(configuration: .release)),
  // PERF: each function in a section of its own, for the linker to order.
  .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
]

/// The functions that every start runs lie side by side in a release build.
///
/// PERF: the first touch of a page of code costs 3 µs, with all around it that the system maps. A
/// decision runs two thousand functions; scattered over 13 MB they are on 135 such pages.
/// `.ci/order` writes the list; one that is out of date costs time alone.
let ordered: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-use-ld=lld", "-Xlinker", "--symbol-ordering-file=\(Context.packageDirectory)/.ci/order.txt",
      "-Xlinker", "--no-warn-symbol-ordering",
    ], .when(configuration: .release))
]

/// A library target: folder = target, and `may` lists all that it may import.
func room(_ name: String, may imports: [String] = []) -> Target {
  .target(
    name: name,
    dependencies: imports.map { .target(name: $0) },
    swiftSettings: strict)
}

/// A test target: `Tests/<name>`.
func tests(_ name: String, of imports: [String], data: [String] = []) -> Target {
  .testTarget(
    name: name,
    dependencies: imports.map { .target(name: $0) },
    exclude: data,
    swiftSettings: strict)
}

/// A target that only tests import: `Tests/<name>`.
func support(_ name: String, may imports: [String]) -> Target {
  .target(
    name: name,
    dependencies: imports.map { .target(name: $0) },
    path: "Tests/\(name)",
    swiftSettings: strict)
}

let package = Package(
  name: "tractatus",
  products: [.executable(name: "tractatus", targets: ["tractatus"])],
  targets: [
    room("TractatusValues"),
    room("TractatusSource"),
    room("TractatusSyntax", may: ["TractatusSource", "TractatusValues"]),
    room("TractatusFormat", may: ["TractatusSyntax", "TractatusSource"]),
    room(
      "TractatusSemantics",
      may: ["TractatusSyntax", "TractatusSource", "TractatusPatterns", "TractatusValues"]),
    room("TractatusPatterns", may: ["TractatusValues"]),
    room(
      "TractatusLinter",
      may: [
        "TractatusSemantics", "TractatusSyntax", "TractatusSource", "TractatusPatterns",
        "TractatusValues",
      ]),
    room("TractatusJSON", may: ["TractatusValues"]),
    room("TractatusEngine", may: ["TractatusPatterns", "TractatusJSON", "TractatusValues"]),
    room(
      "TractatusCompiler",
      may: [
        "TractatusSemantics", "TractatusSyntax", "TractatusSource", "TractatusPatterns",
        "TractatusEngine", "TractatusValues",
      ]),
    room(
      "TractatusTestRunner",
      may: [
        "TractatusCompiler", "TractatusSemantics", "TractatusSyntax", "TractatusEngine",
        "TractatusJSON", "TractatusSource", "TractatusValues",
      ]),
    room(
      "TractatusAnalysis",
      may: [
        "TractatusCompiler", "TractatusEngine", "TractatusSemantics", "TractatusSyntax",
        "TractatusSource", "TractatusPatterns", "TractatusJSON", "TractatusValues",
      ]),
    room("TractatusAdapters", may: ["TractatusEngine", "TractatusJSON", "TractatusValues"]),
    room("TractatusSession", may: ["TractatusJSON", "TractatusValues"]),
    room("TractatusRulePacks"),
    room(
      "TractatusLanguageServer",
      may: [
        "TractatusLinter", "TractatusFormat", "TractatusCompiler", "TractatusSemantics",
        "TractatusSyntax", "TractatusSource", "TractatusPatterns", "TractatusJSON",
        "TractatusValues",
      ]),
    room(
      "TractatusCLI",
      may: [
        "TractatusSource", "TractatusSyntax", "TractatusSemantics", "TractatusPatterns",
        "TractatusJSON", "TractatusEngine", "TractatusCompiler", "TractatusAdapters",
        "TractatusRulePacks", "TractatusTestRunner", "TractatusFormat", "TractatusLinter",
        "TractatusSession", "TractatusLanguageServer", "TractatusAnalysis", "TractatusValues",
      ]),
    .executableTarget(
      name: "tractatus", dependencies: ["TractatusCLI"], swiftSettings: strict,
      linkerSettings: ordered),
    tests("TractatusSourceTests", of: ["TractatusSource"]),
    tests("TractatusSyntaxTests", of: ["TractatusSyntax", "TractatusSource"], data: ["Golden"]),
    tests(
      "TractatusFormatTests", of: ["TractatusFormat", "TractatusSyntax", "TractatusSource"],
      data: ["Golden"]),
    tests(
      "TractatusSemanticsTests",
      of: [
        "TractatusSemantics", "TractatusSyntax", "TractatusSource", "TractatusValues",
      ], data: ["Golden"]),
    tests(
      "TractatusLinterTests",
      of: [
        "TractatusLinter", "TractatusSemantics", "TractatusSyntax", "TractatusSource",
        "TractatusPatterns", "TractatusValues",
      ], data: ["Golden"]),
    tests("TractatusValuesTests", of: ["TractatusValues"]),
    tests("TractatusJSONTests", of: ["TractatusJSON", "TractatusValues"]),
    tests(
      "TractatusCompilerTests",
      of: [
        "TractatusCompiler", "TractatusSemantics", "TractatusSyntax", "TractatusSource",
        "TractatusPatterns", "TractatusEngine", "TractatusValues",
      ], data: ["Golden"]),
    tests(
      "TractatusTestRunnerTests",
      of: [
        "TractatusTestRunner", "TractatusCompiler", "TractatusSemantics", "TractatusEngine",
        "TractatusSource", "TractatusValues",
      ], data: ["Golden", "Mutations"]),
    tests(
      "TractatusLanguageServerTests",
      of: [
        "TractatusLanguageServer", "TractatusLinter", "TractatusCompiler", "TractatusSemantics",
        "TractatusSyntax", "TractatusSource", "TractatusJSON",
      ], data: ["Golden"]),
    tests("TidyTests", of: ["TractatusCLI", "TractatusSource"]),
    tests(
      "TractatusAdaptersTests", of: ["TractatusAdapters", "TractatusEngine", "TractatusJSON"],
      data: ["Samples"]),
    tests("TractatusSessionTests", of: ["TractatusSession", "TractatusJSON", "TractatusValues"]),
    tests("TractatusRulePacksTests", of: ["TractatusRulePacks", "TractatusValues"]),
    tests(
      "TractatusCLITests",
      of: [
        "TractatusCLI", "TractatusCompiler", "TractatusFormat", "TractatusPatterns",
        "TractatusRulePacks",
        "TractatusSemantics", "TractatusSession", "TractatusSource", "TractatusSyntax",
      ], data: ["Golden", "Authoring"]),
    tests(
      "TractatusEngineTests",
      of: [
        "TractatusEngine", "TractatusCompiler", "TractatusSemantics", "TractatusSyntax",
        "TractatusSource", "TractatusValues",
      ]),
    tests(
      "TractatusAnalysisTests",
      of: [
        "TractatusAnalysis", "TractatusConformanceSupport", "TractatusCompiler",
        "TractatusEngine", "TractatusJSON", "TractatusPatterns", "TractatusSemantics",
        "TractatusSource", "TractatusSyntax", "TractatusValues",
      ]),
    tests("TractatusPatternsTests", of: ["TractatusPatterns"]),
    support("TractatusShellCorpus", may: []),
    tests("TractatusShellTests", of: ["TractatusShellCorpus", "TractatusPatterns"]),
    tests("TractatusPlacesTests", of: ["TractatusPatterns", "TractatusValues"]),
    tests("TractatusCommandsTests", of: ["TractatusPatterns"]),
    support(
      "TractatusConformanceSupport",
      may: [
        "TractatusCompiler", "TractatusEngine", "TractatusJSON", "TractatusPatterns",
        "TractatusSemantics", "TractatusSource", "TractatusSyntax", "TractatusValues",
      ]),
    tests(
      "TractatusConformanceTests",
      of: [
        "TractatusAnalysis", "TractatusConformanceSupport", "TractatusCompiler", "TractatusEngine",
        "TractatusJSON",
        "TractatusPatterns", "TractatusSemantics", "TractatusShellCorpus", "TractatusSource",
        "TractatusSyntax", "TractatusValues",
      ]),
  ])

// `TRACTATUS_LAWS=1` leaves the laws of decisions, analyses, commands and patterns and what they
// stand on, for long runs of a release build (CONTRIBUTING, "The law, longer").
if Context.environment["TRACTATUS_LAWS"] == "1" {
  var needed = [
    "TractatusConformanceTests", "TractatusAnalysisTests", "TractatusPlacesTests",
    "TractatusPatternsTests",
  ]
  var next = 0
  while next < needed.count {
    let imports = package.targets.first { $0.name == needed[next] }?.dependencies ?? []
    for case .targetItem(let name, _) in imports where !needed.contains(name) {
      needed.append(name)
    }
    next += 1
  }
  package.products = []
  package.targets.removeAll { !needed.contains($0.name) }
}
