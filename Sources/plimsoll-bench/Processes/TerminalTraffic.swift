/// How many bytes a terminal was sent, second by second.
struct TerminalTraffic {
    private(set) var perSecond: [Int] = []
    private(set) var total = 0
    /// The newest bytes, to see what is on the screen.
    private(set) var tail: [UInt8] = []

    mutating func add(_ count: Int, at seconds: Double) {
        let second = Int(max(0, seconds))
        while perSecond.count <= second { perSecond.append(0) }
        perSecond[second] += count
        total += count
    }

    mutating func remember(_ bytes: ArraySlice<UInt8>) {
        tail += bytes
        if tail.count > 100_000 { tail.removeFirst(tail.count - 50_000) }
    }

    /// Whether `text` is among the bytes that came after the first `count`.
    func shows(_ text: String, after count: Int) -> Bool {
        let fresh = tail.suffix(max(0, min(tail.count, total - count)))
        return String(decoding: fresh, as: UTF8.self).contains(text)
    }

    /// Bytes in each of the whole seconds from `start` up to `end`.
    func seconds(from start: Double, to end: Double) -> [Int] {
        let range = Int(start.rounded(.up))..<max(Int(start.rounded(.up)), Int(end))
        return range.map { $0 < perSecond.count ? perSecond[$0] : 0 }
    }
}
