/// An order in which everything comes after what it depends on, and the cycles that prevent one.
struct Topology {
  /// Those that depend on no cycle, each after its dependencies; otherwise by number.
  private(set) var order: [Int] = []
  /// Each cycle, from its least member on.
  private(set) var cycles: [[Int]] = []
  /// Whether a member is on a cycle or depends on one.
  private(set) var isBlocked: [Bool]

  /// Orders the numbers below `dependencies.count`; linear, without recursion.
  init(_ dependencies: [[Int]]) {
    let count = dependencies.count
    var missing = dependencies.map(\.count)
    var dependents: [[Int]] = Array(repeating: [], count: count)
    for (member, needed) in dependencies.enumerated() {
      for other in needed { dependents[other].append(member) }
    }
    isBlocked = Array(repeating: true, count: count)
    order = (0..<count).filter { missing[$0] == 0 }
    var next = 0
    while next < order.count {
      let member = order[next]
      next += 1
      isBlocked[member] = false
      for other in dependents[member] {
        missing[other] -= 1
        if missing[other] == 0 { order.append(other) }
      }
    }
    findCycles(dependencies)
  }

  private mutating func findCycles(_ dependencies: [[Int]]) {
    var place: [Int?] = Array(repeating: nil, count: dependencies.count)
    var isDone = isBlocked.map { !$0 }
    for start in dependencies.indices where !isDone[start] {
      var path: [Int] = []
      var member = start
      while !isDone[member], place[member] == nil {
        place[member] = path.count
        path.append(member)
        // INVARIANT: what is blocked depends on something that is.
        guard let next = dependencies[member].first(where: { isBlocked[$0] }) else { break }
        member = next
      }
      if !isDone[member], let first = place[member] {
        let cycle = Array(path[first...])
        let least = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
        cycles.append(Array(cycle[least...] + cycle[..<least]))
      }
      for member in path { isDone[member] = true }
    }
  }
}
