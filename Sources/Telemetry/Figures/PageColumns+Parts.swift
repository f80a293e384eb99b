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
