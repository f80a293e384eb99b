/// This program's own lag over a window, in nanoseconds, and its appetite.
package struct LagSummary: Hashable, Sendable, Codable {
    /// How late the event loops come to what is due: their timer, or a read where one came first.
    package var timerP50: Double?
    package var timerP90: Double?
    package var timerP95: Double?
    package var timerP99: Double?
    /// From bytes being ready to their being read, one figure a probe (in files from before 0.2 the worst of
    /// each tick).
    package var readP50: Double?
    package var readP90: Double?
    package var readP95: Double?
    package var readP99: Double?
    /// By how much that differs between two successive tokens of an answer; nil in files from before 0.2.
    package var changeP50: Double?
    package var changeP90: Double?
    package var changeP95: Double?
    package var changeP99: Double?
    /// From meant-to-send to last byte handed to the socket.
    package var sendP50: Double?
    package var sendP90: Double?
    package var sendP95: Double?
    package var sendP99: Double?
    /// CPU time of the whole process over the window's length; 1 is one full core.
    package var cpuShare: Double?
    /// The same of the busiest event loop's thread: it can't have more than 1.
    package var loopCPUShare: Double?

    package init(
        timerP50: Double? = nil, timerP90: Double? = nil, timerP95: Double? = nil, timerP99: Double? = nil,
        readP50: Double? = nil, readP90: Double? = nil, readP95: Double? = nil, readP99: Double? = nil,
        sendP50: Double? = nil, sendP90: Double? = nil, sendP95: Double? = nil, sendP99: Double? = nil,
        changeP50: Double? = nil, changeP90: Double? = nil, changeP95: Double? = nil,
        changeP99: Double? = nil, cpuShare: Double? = nil, loopCPUShare: Double? = nil
    ) {
        self.timerP50 = timerP50
        self.timerP90 = timerP90
        self.timerP95 = timerP95
        self.timerP99 = timerP99
        self.readP50 = readP50
        self.readP90 = readP90
        self.readP95 = readP95
        self.readP99 = readP99
        self.sendP50 = sendP50
        self.sendP90 = sendP90
        self.sendP95 = sendP95
        self.sendP99 = sendP99
        self.changeP50 = changeP50
        self.changeP90 = changeP90
        self.changeP95 = changeP95
        self.changeP99 = changeP99
        self.cpuShare = cpuShare
        self.loopCPUShare = loopCPUShare
    }
}

extension LagSummary {
    /// How late the event loop gets to what is ready, at this quantile. Reads wait behind those that were ready
    /// with them, which the probes see; and like the timer they wait for a processor, or for a loop that is busy
    /// with something else, which the probes can't see, and which is what the timer's lag is of: so the larger of
    /// the two.
    ///
    /// But not beyond p90. One tick in twenty is late on any machine that has no processor to spare for this program's
    /// other threads, whatever was to be read then; where other programs take the processors away, more than one in
    /// ten is, and by milliseconds.
    package func loop(_ percentile: Percentile) -> Double? { larger(of: read(percentile), percentile) }

    /// The same for the time between two tokens: what both are late by alike is not in it.
    package func betweenTokens(_ percentile: Percentile) -> Double? {
        larger(of: changeP50 == nil ? read(percentile) : change(percentile), percentile)
    }

    private func larger(of probe: Double?, _ percentile: Percentile) -> Double? {
        let timer: Double? =
            switch percentile {
            case .p50: timerP50
            case .p90: timerP90
            case .p95, .p99: nil
            }
        return [timer, probe].compactMap { $0 }.max()
    }

    private func read(_ percentile: Percentile) -> Double? {
        switch percentile {
        case .p50: readP50
        case .p90: readP90
        case .p95: readP95
        case .p99: readP99
        }
    }

    private func change(_ percentile: Percentile) -> Double? {
        switch percentile {
        case .p50: changeP50
        case .p90: changeP90
        case .p95: changeP95
        case .p99: changeP99
        }
    }

    package func send(_ percentile: Percentile) -> Double? {
        switch percentile {
        case .p50: sendP50
        case .p90: sendP90
        case .p95: sendP95
        case .p99: sendP99
        }
    }
}
