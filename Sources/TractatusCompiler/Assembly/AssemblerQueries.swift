import TractatusPatterns
import TractatusSemantics

extension Assembler {
  /// Puts the tests of commands into the program.
  mutating func addCommandSets() {
    for queries in commands.queries {
      let list = queries.map { query in
        CommandQuery(
          CommandQuery.Kind(query.test), visible: query.package.map { visible(from: $0) })
      }
      do {
        pools.sections.commandSets.append(try CommandQuerySet(list))
      } catch {
        isSound = false
      }
    }
  }

  /// A package and those that it uses, directly or not, ascending.
  private func visible(from package: Int) -> [UInt32] {
    let isVisible = checked.visiblePackages(from: package)
    return isVisible.indices.filter { isVisible[$0] }.map { UInt32(clamping: $0) }
  }
}

extension CommandQuery.Kind {
  /// The plain form of a test of a command.
  fileprivate init(_ test: CommandTest) {
    switch test {
    case .isOpaque: self = .isOpaque
    case .isUndeclared: self = .isUndeclared
    case .runs(let runs):
      self = .runs(
        CommandQuery.Runs(
          isOnly: runs.isOnly, programs: runs.programs.map { CommandQuery.Term($0) },
          options: runs.options.map { options in
            CommandQuery.Options(
              isNegated: options.isNegated, isAll: options.isAll,
              options.options.map { Array($0.utf8) },
              argument: options.argument.map { CommandQuery.Target($0) })
          },
          operand: runs.operand.map { CommandQuery.Target($0) },
          lacksOperand: runs.lacksOperand))
    case .effect(let effect):
      self = .effect(
        CommandQuery.Effect(
          CommandEffectFact.Verb(effect.effect), isOnly: effect.isOnly,
          target: effect.target.map { CommandQuery.Target($0) },
          value: effect.value.map { CommandQuery.Target($0) },
          undeclaredIsUnknown: effect.undeclaredIsUnknown))
    case .pipes(let from, let into):
      self = .pipes(
        from: from.map { CommandQuery.Term($0) }, into: into.map { CommandQuery.Term($0) })
    }
  }
}

extension CommandQuery.Term {
  fileprivate init(_ term: ProgramTerm) { self.init(term.words.map { Array($0.utf8) }) }
}

extension CommandQuery.Target {
  /// The plain form of a test of an operand or target.
  fileprivate init(_ target: TargetTest) {
    switch target.kind {
    case .place(let place): self.init(isNegated: target.isNegated, .place(PlaceQuery(place)))
    case .equalsText(let texts):
      self.init(
        isNegated: target.isNegated, .text(texts.map { Pattern(.equals, Array($0.utf8)) }))
    case .matches(let patterns):
      self.init(isNegated: target.isNegated, .text(patterns.map { Pattern($0) }))
    }
  }
}
