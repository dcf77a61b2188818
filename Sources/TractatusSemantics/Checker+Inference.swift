import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// Infers what the metadata of an instruction leave out from its title, and puts in what its
  /// verdicts rest on; nil where nothing is inferred.
  ///
  /// Of a sealed instruction nothing is: it states what decides its severity.
  func infer(
    _ metadata: inout RuleMetadata, of view: RuleView, package: Int
  ) -> InferredMetadata? {
    guard view.head == .instruction, !view.isSealed, let title = view.title else { return nil }
    let names = ClassificationNames.words.map(\.name) + [ClassificationNames.explicitness]
    let missing = names.filter { !isStated($0, view) }
    guard !missing.isEmpty, extent == .everything || decides(missing, in: view) else { return nil }
    guard missing.contains(where: { isClassified($0, package) }) else { return nil }
    checkClassifications()
    if classifier == nil { classifier = Classifier(classificationsOnly) }
    guard
      let found = classifier?.classify(
        view.tree.string(of: title), from: PackageID(package), stated: metadata.stated)
    else { return nil }
    var entries: [InferredMetadata.Entry] = []
    for name in missing.sorted() {
      guard let (value, package) = found.results[name] else { continue }
      entries.append(
        InferredMetadata.Entry(
          name: name, value: value, package: policy.classifications[package].name.package))
      switch (name, value) {
      case ("persistence", .enumeration(let word)): metadata.persistence = word
      case ("verification", .enumeration(let word)): metadata.verification = word
      case ("explicitness", .number(let share)): metadata.explicitness = share
      default: break
      }
    }
    return entries.isEmpty ? nil : InferredMetadata(entries: entries)
  }

  /// Whether a verdict rests on metadata that are not stated.
  private func decides(_ missing: [String], in view: RuleView) -> Bool {
    view.clauses.contains { if case .expect = $0 { true } else { false } }
      && missing.contains { ["persistence", "verification", "explicitness"].contains($0) }
  }

  private func isClassified(_ name: String, _ package: Int) -> Bool {
    if case .symbol = findVisible(name, .classifications, from: package) { true } else { false }
  }

  /// What a classifier needs of the policy, which is not whole yet.
  private var classificationsOnly: CheckedPolicy {
    var result = CheckedPolicy()
    result.packages = policy.packages
    result.classifications = policy.classifications
    return result
  }

  /// Settles stored instructions that no value meets together: the newer takes the older one out
  /// unless its persistence is weaker. Quadratic in the expectations of one attribute.
  func settleStored() {
    for (number, file) in files.enumerated() {
      if let place = files[number].storedPlace { storedPlaces[file.source.id] = place }
    }
    guard !storedPlaces.isEmpty else { return }
    let stored = expectations.filter { place(of: $0.rule) != nil }
    // File instructions and stored ones both hold, whatever they say.
    expectations.removeAll { place(of: $0.rule) != nil }
    for (index, left) in stored.enumerated() {
      for right in stored[..<index] where left.rule != right.rule {
        guard left.attribute.reference == right.attribute.reference,
          left.guardCondition == right.guardCondition, overlap(left.appliesTo, right.appliesTo),
          left.demand.excludes(right.demand)
        else { continue }
        settle(left.rule, right.rule)
      }
    }
  }

  private func place(of rule: Int) -> Int? {
    storedPlaces[rules[rule].view.tree.source.id]
  }

  private func settle(_ left: Int, _ right: Int) {
    guard let a = place(of: left), let b = place(of: right), a != b else { return }
    let (newer, older) = a > b ? (left, right) : (right, left)
    guard strength(newer) >= strength(older),
      !policy.rules[newer].replaces.contains(RuleID(older))
    else { return }
    policy.rules[newer].replaces.append(RuleID(older))
    policy.rules[newer].replaces.sort { $0.index < $1.index }
    let text = RuleText.shortened(policy.rules[older].title, to: 120)
    policy.rules[newer].notifies.append(
      "`\(rules[newer].name.name)` stands in place of `\(rules[older].name.name)` (\(text))")
  }

  /// How strong the persistence of an instruction is, as stated, else inferred, else as `high`.
  private func strength(_ rule: Int) -> Int {
    let name = "persistence"
    let stated = policy.rules[rule].metadata.first { $0.name == name }?.value
    guard case .enumeration(let word)? = stated ?? policy.rules[rule].inferred?[name] else {
      return 3
    }
    return ClassificationNames.words(of: name)?.firstIndex(of: word) ?? 3
  }
}
