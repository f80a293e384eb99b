import Measure

/// How late one event loop reads, sampled. Confined to its loop.
///
/// A loop reads in rounds: all that is ready, one after the other, and then its tasks. What is read in a round was
/// ready when it began, and has waited since. How long a read has waited itself isn't known, but how long the round
/// still lasts is, and seen from a read that is as likely as any other the two are alike.
final class ReadProbes {
    /// What a probe found.
    private(set) var lags: [Nanoseconds] = []
    /// The difference between a probe and one of the same request's next read. A server that sends a token to each
    /// of its users at once has them read in the same order every time: each is as late as the one before, and
    /// nothing of it is in the time between the two.
    private(set) var changes: [Nanoseconds] = []

    private struct Probe {
        var at: Moment
        var request: UInt32
        /// What the probe found that this one is held against; those aren't at places like any other.
        var before: Nanoseconds?
    }

    private let afterRound: (@escaping () -> Void) -> Void
    private let time: () -> Moment

    /// Of this round.
    private var open: [Probe] = []
    private var readsUntilProbe = 0
    private var random: SplitMix64
    /// The request whose next read is a probe, too.
    private var followed: (request: UInt32, lag: Nanoseconds, at: Moment)?
    /// When the next tick is due, until something is read then or later.
    private var due: Moment?
    private var firstSinceDue: Moment?

    /// On average: where one came every so many reads, a round of as many would show one place only.
    static let readsPerProbe = 17
    /// A request that has said nothing for so long is over, or waits in a queue; and where tokens are so far apart, no
    /// lag matters between them.
    static let patience = 100 * Nanoseconds.millisecond

    /// - Parameters:
    ///   - afterRound: calls what it is given when the round of reads is over.
    ///   - time: the clock.
    ///   - seed: of the places that are probed.
    init(
        afterRound: @escaping (@escaping () -> Void) -> Void, time: @escaping () -> Moment = SystemTime.now,
        seed: UInt64
    ) {
        self.afterRound = afterRound
        self.time = time
        random = SplitMix64(seed: seed)
    }

    func noteRead(at now: Moment, of request: UInt32) {
        if let due, now >= due {
            firstSinceDue = now
            self.due = nil
        }
        readsUntilProbe -= 1
        let before = followed?.request == request ? followed?.lag : nil
        guard readsUntilProbe <= 0 || before != nil else { return }
        if before != nil { followed = nil }
        if open.isEmpty { afterRound { [self] in endOfRound() } }
        if before != nil { open.append(Probe(at: now, request: request, before: before)) }
        guard readsUntilProbe <= 0 else { return }
        readsUntilProbe = Int.random(in: 1..<2 * Self.readsPerProbe, using: &random)
        open.append(Probe(at: now, request: request))
    }

    private func endOfRound() {
        let now = time()
        for probe in open {
            let lag = now - probe.at
            if let before = probe.before { changes.append(abs(lag - before)) } else { lags.append(lag) }
        }
        if followed.map({ now - $0.at > Self.patience }) ?? true,
            let probe = open.first(where: { $0.before == nil })
        {
            followed = (probe.request, now - probe.at, now)
        }
        open.removeAll(keepingCapacity: true)
    }

    /// What was found belongs to a batch now.
    func handedOver() {
        lags = []
        changes = []
    }

    // MARK: The timer

    func expect(tickAt moment: Moment) {
        due = moment
        firstSinceDue = nil
    }

    /// When the loop came to anything that was due when its timer was: where it read first, the timer has waited for
    /// a round, which the probes know of.
    func noticed(tickAt now: Moment) -> Moment { min(now, firstSinceDue ?? now) }
}
