/// Which of a terminal's colour pairs stands for which two colours. Pairs are few on old terminals, so they
/// are given out as they are asked for, and taken back from the longest unused when none is left.
struct PairTable {
    /// Colours as ncurses numbers them; -1 is the terminal's own.
    struct Colors: Hashable {
        var foreground: Int32
        var background: Int32

        static let terminal = Colors(foreground: -1, background: -1)
    }

    enum Choice: Equatable {
        /// Ready to use; 0 is the terminal's own colours.
        case ready(Int32)
        /// To be set to these colours before use.
        case fresh(Int32)
        /// All are on the screen.
        case none
    }

    /// Usable pairs, 1…capacity.
    let capacity: Int
    private var entries: [Colors: (number: Int32, used: UInt64)] = [:]
    private var clock: UInt64 = 0

    init(capacity: Int) {
        self.capacity = max(0, capacity)
    }

    /// The pair for `colors`. `onScreen`, asked for only when all pairs are taken, tells which must stay.
    mutating func choose(_ colors: Colors, onScreen: () -> Set<Colors>) -> Choice {
        guard colors != .terminal else { return .ready(0) }
        clock += 1
        if let entry = entries[colors] {
            entries[colors] = (entry.number, clock)
            return .ready(entry.number)
        }
        if entries.count < capacity {
            let number = Int32(entries.count + 1)
            entries[colors] = (number, clock)
            return .fresh(number)
        }
        let kept = onScreen()
        let oldest = entries.filter { !kept.contains($0.key) }.min { $0.value.used < $1.value.used }
        guard let oldest else { return .none }
        entries[oldest.key] = nil
        entries[colors] = (oldest.value.number, clock)
        return .fresh(oldest.value.number)
    }
}
