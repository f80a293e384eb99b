package import Measure

/// One source's GPUs over time, by their readings.
package struct GPUHistory: Sendable {
    /// All GPUs at one reading.
    package struct Point: Absorbing, Sendable {
        package var at: Moment
        /// By the GPU's index.
        var gpus: [Int: State] = [:]

        package mutating func absorb(_ earlier: Point) {}
    }

    struct State: Sendable {
        var name: Shown?
        var uuid: Shown?
        var host: Shown?
        var number: Int?
        var values: [GPUQuantity: Double] = [:]
        var processes: [Int: Double?] = [:]
        /// Since the first reading, all of them. Joules by power alone, seconds of readings, and those in which it was
        /// seen to be throttled.
        var integral = 0.0
        /// Seconds in which something ran, and of how many that is known.
        var busy = 0.0
        var watched = 0.0
        var looked = 0.0
        var seenThrottled = 0.0
        var seenCapped = 0.0
        var seenHot = 0.0
        var seenBraked = 0.0
        var gaps = 0
        var resets = 0
    }

    private(set) var points = FallingHistory<Point>()
    private(set) var first: Point?
    private(set) var previous: Point?
    package private(set) var last: Point?
    private var meanings: [Meaning?] = []
    private var series: [Shown] = []
    /// How each was when it was last there.
    private var known: [Int: (at: Moment, state: State)] = [:]

    /// Power between two readings that are further apart is anybody's guess.
    package static let longestGap = 3 * Nanoseconds.second
    /// More than any machine has; and of all sources together: each is kept over hours.
    package static let mostGPUs = 256

    private let source: SourceID

    /// - Parameter source: whose figures they are to be.
    package init(source: SourceID = SourceID(0)) { self.source = source }

    /// How many there are, or have been.
    package var count: Int { known.count }

    /// - Parameter most: so many are kept.
    package mutating func take(_ reading: Reading, most: Int = mostGPUs) {
        // Whoever reads began anew: places mean others than before.
        if !reading.series.starts(with: series) { meanings = [] }
        series = reading.series
        for series in reading.series.dropFirst(meanings.count) { meanings.append(Meaning(series.text)) }
        var point = Point(at: reading.at)
        for (place, value) in reading.values.enumerated() {
            guard let value, place < meanings.count, let meaning = meanings[place],
                (0..<min(most, Self.mostGPUs)).contains(meaning.gpu)
            else { continue }
            switch meaning.what {
            case .quantity(let quantity): point.gpus[meaning.gpu, default: State()].values[quantity] = value
            case .process(let process):
                point.gpus[meaning.gpu, default: State()].processes[process] = .some(value < 0 ? nil : value)
            case .card(let card): point.gpus[meaning.gpu, default: State()].set(card)
            }
        }
        for gpu in point.gpus.keys {
            if let before = known[gpu] {
                point.gpus[gpu]?.goOn(from: before.state, at: before.at, to: point.at)
            }
            if let state = point.gpus[gpu] { known[gpu] = (point.at, state) }
        }
        previous = last
        last = point
        if first == nil { first = point }
        points.append(point)
    }

    fileprivate struct Meaning: Sendable {
        enum What {
            case quantity(GPUQuantity)
            case process(Int)
            case card(Card)
        }

        struct Card: Sendable {
            var name: Shown?
            var uuid: Shown?
            var host: Shown?
            var number: Int?
        }

        var gpu: Int
        var what: What

        init?(_ text: String) {
            let series = SeriesName(text)
            guard let gpu = series["gpu"].flatMap(Int.init) else { return nil }
            self.gpu = gpu
            if let quantity = GPUQuantity(rawValue: String(series.name)) {
                what = .quantity(quantity)
            } else if series.name == "gpu_process_memory_bytes", let process = series["pid"].flatMap(Int.init)
            {
                what = .process(process)
            } else if series.name == "gpu_info" {
                func word(_ label: String) -> Shown? {
                    series[label].flatMap { $0.isEmpty ? nil : Shown(recorded: $0) }
                }
                what = .card(
                    Card(
                        name: word("name"), uuid: word("uuid"), host: word("host"),
                        number: series["number"].flatMap(Int.init)))
            } else {
                return nil
            }
        }
    }

    // MARK: Figures

    /// Each GPU that the newest reading has, in order.
    package func figures(over span: FigureSpan) -> [GPUFigures] {
        guard let last else { return [] }
        let base: Point? =
            switch span {
            case .scrape: previous
            case .session: first
            case .minute, .fiveMinutes: span.length.flatMap { points.nearest(to: last.at - $0) }
            }
        return figures(from: base, to: last)
    }

    /// Energy is of the very span: readings may lie a little beside its ends.
    ///
    /// - Returns: nil where there are no readings at, or near, both ends.
    package func figures(from start: Moment, to end: Moment) -> [GPUFigures]? {
        guard let base = points.nearest(to: start), let point = points.nearest(to: end),
            abs(base.at - start) <= Self.longestGap, abs(point.at - end) <= Self.longestGap,
            base.at < point.at
        else { return nil }
        let scale = Double(end - start) / Double(point.at - base.at)
        return figures(from: base, to: point).map { gpu in
            guard case .joules(let joules) = gpu.energy else { return gpu }
            var gpu = gpu
            gpu.energy = .joules(joules * scale)
            return gpu
        }
    }

    /// Between two of its readings: of each GPU that the later one has, in order.
    package func figures(from base: Point?, to point: Point) -> [GPUFigures] {
        point.gpus.sorted { $0.key < $1.key }.map { gpu, state in
            let before = base.flatMap { $0.at < point.at ? $0.gpus[gpu] : nil }
            var figures = GPUFigures(index: gpu)
            figures.source = source
            state.fill(&figures, since: before, seconds: base.map { (point.at - $0.at).inSeconds } ?? 0)
            return figures
        }
    }
}

extension GPUHistory.State {
    fileprivate mutating func set(_ card: GPUHistory.Meaning.Card) {
        (name, uuid, host, number) = (card.name, card.uuid, card.host, card.number)
    }

    /// Adds up what was between the reading before and this one.
    fileprivate mutating func goOn(from before: GPUHistory.State, at then: Moment, to now: Moment) {
        (integral, looked) = (before.integral, before.looked)
        (seenThrottled, seenCapped, seenHot) = (before.seenThrottled, before.seenCapped, before.seenHot)
        seenBraked = before.seenBraked
        (gaps, resets) = (before.gaps, before.resets)
        (busy, watched) = (before.busy, before.watched)
        let time = (now - then).inSeconds
        if let energy = values[.energy], let earlier = before.values[.energy], energy < earlier {
            resets += 1
        }
        if now - then > GPUHistory.longestGap {
            gaps += 1
        } else if let watts = values[.watts], let earlier = before.values[.watts] {
            integral += (watts + earlier) / 2 * time
        }
        if now - then <= GPUHistory.longestGap, let now = values[.utilisation],
            let earlier = before.values[.utilisation]
        {
            busy += (now + earlier) / 2 * time
            watched += time
        }
        looked += time
        guard let bits = values[.throttleReasons],
            let reasons = UInt64(exactly: bits).map(ThrottleReasons.init)
        else { return }
        if !reasons.isDisjoint(with: [.alarming, .passing]) { seenThrottled += time }
        if reasons.contains(.powerCap) { seenCapped += time }
        if !reasons.isDisjoint(with: [.softwareThermal, .hardwareThermal]) { seenHot += time }
        if reasons.contains(.powerBrake) { seenBraked += time }
    }

    fileprivate func fill(_ figures: inout GPUFigures, since before: GPUHistory.State?, seconds: Double) {
        (figures.name, figures.uuid, figures.host) = (name, uuid, host)
        figures.number = number ?? figures.index
        figures.utilisation = values[.utilisation]
        figures.memoryUtilisation = values[.memoryUtilisation]
        figures.memoryUsed = values[.memoryUsed]
        figures.memoryTotal = values[.memoryTotal]
        figures.watts = values[.watts]
        figures.wattsLimit = values[.wattsLimit]
        figures.celsius = values[.celsius]
        figures.memoryCelsius = values[.memoryCelsius]
        figures.clockMHz = values[.clock]
        figures.memoryClockMHz = values[.memoryClock]
        figures.processes = processes
        figures.isLost = values[.isLost] == 1
        guard let before else { return }
        figures.energy = energy(since: before)
        if watched > before.watched, gaps == before.gaps {
            figures.meanUtilisation = (busy - before.busy) / (watched - before.watched)
        }
        if case .joules(let joules) = figures.energy, seconds > 0 { figures.meanWatts = joules / seconds }
        setThrottling(&figures, since: before, seconds: seconds)
    }

    /// By the board's own counter; else by its power, where that was read often enough.
    private func energy(since before: GPUHistory.State) -> Energy {
        if let now = values[.energy], let then = before.values[.energy] {
            return resets > before.resets || now < then ? .unknown(.reset) : .joules(now - then)
        }
        guard values[.watts] != nil, before.values[.watts] != nil else { return .unknown(.notMeasured) }
        return gaps > before.gaps ? .unknown(.gap) : .joules(integral - before.integral)
    }

    /// Exact where the driver counts the time; by the bits that were seen elsewhere.
    private func setThrottling(_ figures: inout GPUFigures, since before: GPUHistory.State, seconds: Double) {
        func share(_ quantity: GPUQuantity) -> Double? {
            guard seconds > 0, let now = values[quantity], let then = before.values[quantity], now >= then
            else {
                return nil
            }
            return min(1, (now - then) / seconds)
        }
        let seen = values[.throttleReasons] != nil && looked > before.looked
        func seenShare(_ now: Double, _ then: Double) -> Double? {
            seen ? (now - then) / (looked - before.looked) : nil
        }
        figures.powerCappedShare = share(.throttledByPower) ?? seenShare(seenCapped, before.seenCapped)
        figures.thermalShare = share(.throttledByHeat) ?? seenShare(seenHot, before.seenHot)
        figures.brakeShare = seenShare(seenBraked, before.seenBraked)
        let counted = [share(.throttledByPower), share(.throttledByHeat)].compactMap(\.self)
        // The two may overlap: together they are at most all of the time.
        figures.throttledShare =
            counted.isEmpty
            ? seenShare(seenThrottled, before.seenThrottled) : min(1, counted.reduce(0, +))
    }
}
