extension PageColumns {
    /// One figure that is kept over time.
    struct Column: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case counter(Counter)
            case sum(Timing)
            case count(Timing)
            /// - Parameter layout: other buckets are other columns.
            case bucket(Timing, layout: Int, place: Int)
            /// A gauge times nanoseconds, and over how many of them it was known.
            case integral(Gauge)
            case known(Gauge)

            /// A number of its own among all rows' columns; nil for those of which there may be any number.
            var slot: Int? {
                switch self {
                case .counter(let counter): counter.slot
                case .sum(let timing): Counter.slots + timing.rawValue
                case .count(let timing): Counter.slots + Timing.allCases.count + timing.rawValue
                case .integral(let gauge): Self.firstGauge + gauge.rawValue
                case .known(let gauge): Self.firstGauge + Gauge.allCases.count + gauge.rawValue
                case .bucket: nil
                }
            }

            static let slots = firstGauge + 2 * Gauge.allCases.count
            private static let firstGauge = Counter.slots + 2 * Timing.allCases.count
        }

        var row: Int
        var kind: Kind
    }

    /// A series that is used, and for what.
    struct Use: Sendable {
        enum Part: Hashable, Sendable {
            case gauge(Gauge)
            case constant(Gauge, Double)
            case counter
            case live
        }

        var place: Int
        var row: Int
        var part: Part
        /// For a counter.
        var column: Int
        var scale: Double
        var perhapsPercent = false
        /// The histogram whose series belong together; -1 for others.
        var group: Int
        var isBucket = false
    }

    /// A row's histogram.
    struct Layout: Hashable, Sendable {
        var row: Int
        var timing: Timing
    }

    struct Buckets: Sendable {
        var number: Int
        var bounds: [Double]
        /// One for each bound.
        var columns: [Int]
    }
}
