extension Command {
  static let check = Command("check", group: .author, summary: "x") { _, _ in .pass }
  static let test = Command("test", group: .author, summary: "x") { _, _ in .pass }
  static let build = Command("build", group: .author, summary: "x") { _, _ in .pass }
  static let explain = Command("explain", group: .author, summary: "x") { _, _ in .pass }
}
