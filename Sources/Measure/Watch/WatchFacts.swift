/// What the rules look at: one endpoint at one moment.
package struct WatchFacts: Sendable {
    package var at: Moment
    package var isGone = false
    package var lastRestart: Moment?
    /// Since the reading before, and over the spans that end now.
    package var scrape: ServerFigures
    package var minute: ServerFigures
    package var fiveMinutes: ServerFigures
    package var quarterHour: ServerFigures
    package var hour: ServerFigures
    /// How many waited on average over the last half minute.
    package var recentWaiting: Double?
    /// Over the last minute.
    package var attainments: [Attainment] = []
    /// Users at the load line, where it may be held against this traffic.
    package var loadLine: Double?
    /// Engines of its own, and what is wrong with them.
    package var engines: [Shown] = []
    package var apart: [Apart] = []
    /// What this server does otherwise than the others of its model.
    package var apartFromOthers: [Apart] = []
    package var failingCanaries: FailingCanaries?
    /// What this program itself has asked over the last minute, and over the last five: nobody's traffic.
    package var ownMinute = CanaryLoad()
    package var ownFiveMinutes = CanaryLoad()

    package init(
        at: Moment, scrape: ServerFigures, minute: ServerFigures, fiveMinutes: ServerFigures,
        quarterHour: ServerFigures, hour: ServerFigures
    ) {
        self.at = at
        self.scrape = scrape
        self.minute = minute
        self.fiveMinutes = fiveMinutes
        self.quarterHour = quarterHour
        self.hour = hour
    }
}
