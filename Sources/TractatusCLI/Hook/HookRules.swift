import TractatusRulePacks

/// Which rules a hook decides by.
enum HookRules {
  /// What guards the rules themselves; a hook loads it whatever else it loads.
  static let guardPack = "tractatus.self_protection"

  /// The values of `--rules` for a project, its own paths made absolute.
  ///
  /// Without any it is `rules` in the project, and the core pack where there is no such folder.
  /// A path that is not absolute lies below the project, never below the current folder, which the
  /// agent moves. A program image stands alone.
  /// - Throws: why the project cannot be looked at.
  static func roots(
    _ values: [String], project: String
  ) throws(HookFailure) -> [String] {
    var roots: [String] = []
    for value in values {
      let isPlain = RulePacks.isPackage(value) || value.hasPrefix("/")
      roots.append(isPlain ? value : project + "/" + value)
    }
    if values.isEmpty { roots.append(try defaultRoot(project)) }
    if roots.contains(where: { $0.hasSuffix(PolicySource.imageSuffix) }) { return roots }
    if !roots.contains(guardPack) { roots.append(guardPack) }
    return roots
  }

  private static func defaultRoot(_ project: String) throws(HookFailure) -> String {
    let folder = project + "/" + RuleReader.defaultFolder
    do throws(SystemError) {
      _ = try DirectoryWalk.kind(of: folder)
      return folder
    } catch .notFound {
      return RuleReader.defaultPack
    } catch {
      throw HookFailure(.unusablePolicy, "`\(folder)` \(error.explanation)")
    }
  }
}
