/// How many elements all collections inside `value` hold together, private ones too: what grows if memory
/// does.
func elementCount(of value: Any) -> Int {
    let mirror = Mirror(reflecting: value)
    var count = 0
    switch mirror.displayStyle {
    case .collection, .dictionary, .set:
        count += mirror.children.count
        // A histogram's thousands of plain counters need not be looked at one by one.
        guard mirror.children.count < 1000 else { return count }
    default: break
    }
    for child in mirror.children { count += elementCount(of: child.value) }
    return count
}
