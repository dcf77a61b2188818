import TractatusEngine
import TractatusSemantics
import TractatusValues

/// What the quantifier at some depth goes over.
struct AssembledElement {
  /// The type of one element.
  var type: ValueType
  /// The tests of the command whose invocations are the elements; nil for a list.
  var commands: Int?
  /// What it goes over, as the policy names it.
  var name: String
}

extension Assembler {
  /// What a quantifier over `list` goes over; `operand` is its record.
  func element(of list: ElementOperand, _ operand: UInt32) -> AssembledElement {
    let name =
      switch list {
      case .attribute(let attribute):
        pools.string(pools.sections.attributes[attribute].name)
      case .element: pools.string(pools.sections.elementOperands[Int(operand)].name)
      }
    switch type(of: list) {
    case .list(let element): return AssembledElement(type: element, commands: nil, name: name)
    case .command:
      let commands =
        switch list {
        case .attribute(let attribute): pools.sections.attributes[attribute].commands
        case .element: pools.sections.elementOperands[Int(operand)].commands
        }
      return AssembledElement(type: .command, commands: Int(commands), name: name)
    case let other: return AssembledElement(type: other, commands: nil, name: name)
    }
  }

  /// The type of what a test under a quantifier reads.
  func type(of operand: ElementOperand) -> ValueType {
    switch operand {
    case .attribute(let attribute): lowered.attributes[attribute].type
    case .element(_, _, let type): type
    }
  }

  /// The record of what a test under a quantifier reads.
  mutating func operand(_ operand: ElementOperand) -> UInt32 {
    var record = ElementOperandRecord()
    switch operand {
    case .attribute(let attribute):
      record.index = UInt32(clamping: attribute)
      if lowered.attributes[attribute].type == .command { _ = holder(ofAttribute: attribute) }
    case .element(let depth, let path, let type):
      let (fields, part) = Self.split(path, of: depth < elements.count ? elements[depth].type : nil)
      record.isElement = 1
      record.index = UInt32(clamping: depth)
      record.fields = pools.texts(fields)
      record.part = part.rawValue
      record.valueType = pools.type(type)
      let isNamedByList = path.isEmpty && type == .command && depth < elements.count
      record.name = pools.text(isNamedByList ? elements[depth].name : path.joined(separator: "."))
      if type == .command, !isInvocation(depth, path) {
        record.commands = UInt32(clamping: commands.addCommand())
      }
    }
    pools.sections.elementOperands.append(record)
    return UInt32(clamping: pools.sections.elementOperands.count - 1)
  }

  /// Whether an operand is one of the invocations of a command.
  private func isInvocation(_ depth: Int, _ path: [String]) -> Bool {
    path.isEmpty && depth < elements.count && elements[depth].commands != nil
  }

  /// The step that tests a command, or an invocation, under a quantifier.
  mutating func command(_ value: ElementOperand, _ test: LoweredCommandTest) -> CodeRecord {
    var step = CodeRecord()
    step.operation = CodeOperation.command.rawValue
    step.b = operand(value)
    let holder: Int
    switch value {
    case .attribute(let attribute): holder = self.holder(ofAttribute: attribute)
    case .element(let depth, let path, _):
      if isInvocation(depth, path), let around = elements[depth].commands {
        holder = around
      } else {
        holder = Int(pools.sections.elementOperands[Int(step.b)].commands)
      }
    }
    step.a = add(test, to: holder)
    return step
  }

  // MARK: Commands

  /// The tests of the command that an attribute is.
  mutating func holder(ofAttribute attribute: Int) -> Int {
    let value = Int(pools.sections.attributes[attribute].value)
    let holder = commands.holder(ofValue: value)
    pools.sections.attributes[attribute].commands = UInt32(clamping: holder)
    return holder
  }

  /// A test of a command among the tests of that command.
  mutating func add(_ test: LoweredCommandTest, to holder: Int) -> UInt32 {
    var record = CommandTestRecord()
    record.query = UInt32(clamping: commands.query(test, of: holder))
    record.ambiguityHolds = test.ambiguityHolds ? 1 : 0
    record.package = test.package.map { UInt32(clamping: $0) } ?? noIndex
    record.inputs = test.test.inputs.rawValue
    record.text = pools.text(CommandTestText.text(test.test))
    pools.sections.commandTests.append(record)
    return UInt32(clamping: pools.sections.commandTests.count - 1)
  }
}

extension CommandTest {
  /// What the test depends on beside the command.
  fileprivate var inputs: TestInputs {
    switch self {
    case .isOpaque, .isUndeclared, .pipes: []
    case .runs(let test):
      test.targets.reduce(into: []) { $0.formUnion($1.inputs) }
    case .effect(let test):
      (test.target?.inputs ?? []).union(test.value?.inputs ?? [])
        .union(test.undeclaredIsUnknown ? .declarations : [])
    }
  }
}

extension TargetTest {
  fileprivate var inputs: TestInputs {
    if case .place(let place) = kind { return place.inputs }
    return []
  }
}

extension PlaceTest {
  /// What the test depends on beside the path.
  var inputs: TestInputs {
    var inputs: TestInputs = []
    for place in places {
      switch place {
      case .cwd: inputs.formUnion([.directory, .cwd])
      case .project: inputs.formUnion([.directory, .project])
      case .directory(let text):
        inputs.insert(.directory)
        let first = text.utf8.first
        if first != UInt8(ascii: "/"), first != UInt8(ascii: "~") { inputs.insert(.project) }
      case .domain: break
      }
    }
    return inputs
  }
}
