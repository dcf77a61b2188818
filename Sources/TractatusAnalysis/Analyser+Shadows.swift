import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Clauses that another rule's clause makes idle.
extension Analyser {
  /// Looks at each clause's own witness: what covers the clause fires there, too, so that only
  /// those need to be asked.
  func analyseShadows() {
    var covering: [Int: Int] = [:]
    for clause in clauses {
      guard let rule = clause.rule, checked.rules[rule].isActive, !checked.rules[rule].isShadow,
        clause.isRestricting || clause.isLifting, let witness = witnesses[clause.number]
      else { continue }
      subject = name(rule)
      for other in speaking(witness.decision) where other != clause.number {
        // Of those that cover each other one stays.
        guard !leads(from: other, to: clause.number, covering), covers(clauses[other], clause)
        else { continue }
        covering[clause.number] = other
        break
      }
    }
    report(covering)
  }

  /// Whether a clause is covered by another one, by way of others or not.
  private func leads(from one: Int, to other: Int, _ covering: [Int: Int]) -> Bool {
    var next = one
    while let following = covering[next] {
      if following == other { return true }
      next = following
    }
    return false
  }

  /// Whether a clause says at least as much whenever another one speaks.
  private func covers(_ clause: AnalysedClause, _ other: AnalysedClause) -> Bool {
    guard let rule = clause.rule, let otherRule = other.rule, rule != otherRule, isPlain(rule),
      clause.type == nil || clause.type == other.type
    else { return false }
    // What one corrects may pass then, and the other may hold it back.
    if other.isCorrecting(in: checked) || clause.isCorrecting(in: checked) { return false }
    if checked.rules[otherRule].isSealed {
      // A sealed rule also keeps other packages' corrections out.
      guard checked.rules[rule].isSealed,
        checked.rules[rule].package == checked.rules[otherRule].package
      else { return false }
    }
    if other.isLifting {
      // What lifts a sealed default is of its own package; `on any` lifts nothing that is opaque.
      guard clause.isLifting, clause.type == other.type,
        checked.rules[rule].package == checked.rules[otherRule].package
      else { return false }
    } else {
      guard clause.isRestricting, clause.clause.verdict >= other.clause.verdict else {
        return false
      }
    }
    if !other.isLifting, min(clause.clause.verdict, .ask) >= other.clause.verdict {
      // Unknown, it says as much.
      return isNever(other.fires + clause.isSilent) && isNever(other.isUnknown + clause.isSilent)
    }
    for alternative in clause.isNotFiring where !isNever(other.fires + alternative) {
      return false
    }
    return other.isLifting || isNever(other.isUnknown + clause.isSilent)
  }

  private func claim(_ found: [Int], _ covering: [Int: Int]) -> AnalysisClaim? {
    guard let first = found.first,
      case .rule(let rule, let place) = clauses[first].clause.origin
    else { return nil }
    let pairs = covering.filter { found.contains($0.key) }
    return .shadowed(pairs, rule: rule, place: place)
  }

  /// By clause of a rule: the same text as several types see it is one finding.
  private func report(_ covering: [Int: Int]) {
    var byOrigin: [LoweredClause.Origin: [Int]] = [:]
    var all: [LoweredClause.Origin: Int] = [:]
    var order: [LoweredClause.Origin] = []
    for clause in clauses {
      let origin = clause.clause.origin
      if all[origin] == nil { order.append(origin) }
      all[origin, default: 0] += 1
      if covering[clause.number] != nil { byOrigin[origin, default: []].append(clause.number) }
    }
    for origin in order {
      guard let found = byOrigin[origin], let first = found.first, found.count == all[origin],
        let rule = clauses[first].rule
      else { continue }
      var seen: Set<Int> = []
      var secondary: [LabelledSpan] = []
      var names: [String] = []
      for number in found {
        guard let other = covering[number], let otherRule = clauses[other].rule else { continue }
        if seen.insert(otherRule).inserted {
          secondary.append(LabelledSpan(clauses[other].span, "covered by this clause"))
          names.append("`\(name(otherRule, beside: rule))`")
        }
      }
      let verdict = clauses[first].clause.verdict.word
      let does = clauses[first].isLifting ? "allows" : "gives `\(verdict)` or more"
      report(
        AnalysisFinding(
          .shadowed, .proved,
          "this clause of `\(name(rule))` changes no verdict: whenever it speaks, "
            + "\(names.joined(separator: ", ")) \(does)",
          at: clauses[first].span, secondary: secondary, witness: witnesses[first],
          claim: claim(found, covering)))
    }
  }
}
