import Canvas
import Measure

/// A full dashboard for one kind of session: its panels and where they stand, its keys and its words. Status
/// line, footer, message line, help, prompts, freezing and themes are the shell's, and alike for all.
///
/// A screen is a value: what keys have changed in it, and what its charts remember from one frame to the next.
protocol Screen: Sendable {
    /// All keys, the shell's among them, in the order of the footer and the help.
    var keys: KeyTable { get }
    /// It looks at a recording: there's nothing to steer.
    var isReplay: Bool { get }
    /// What stands above the help's keys.
    var keysNote: String? { get }
    /// The help's page of words.
    var glossary: [Glossary.Chapter] { get }

    /// How long charts stay as they are, unless a key is pressed.
    static var chartInterval: Nanoseconds { get }
    /// The narrowest screen whose first line has room for the clock, and when it gives way there.
    static var clock: (from: Int, priority: Int) { get }

    /// A row each, in the order in which they are shown.
    func rows(_ snapshot: Snapshot) -> [EndpointRow]
    /// Nothing has begun or ended between the two: else charts that are held would be of something else than the numbers
    /// beside them.
    func isOfOne(_ older: Snapshot, _ newer: Snapshot) -> Bool
    /// What `q` asks; nil where nothing would be lost.
    func quitQuestion(_ snapshot: Snapshot) -> (text: String, short: String)?

    /// A frame of this snapshot is about to be drawn, or a key was pressed on it.
    mutating func prepare(_ snapshot: Snapshot)
    /// Which panel goes where, the shell's lines among them; empty when the screen is too small for any.
    func layout(_ size: (width: Int, height: Int), _ snapshot: Snapshot, maximised: PanelKind?)
        -> [PanelKind: Rect]
    /// The panel that this digit shows alone; nil where there's none.
    func panel(digit: Int, _ snapshot: Snapshot) -> PanelKind?

    /// The panels: all but the shell's lines. Mutating only for what the charts remember.
    mutating func draw(_ stage: Stage<Self>, on canvas: inout Canvas)
    /// What the status line says between the command and the clock.
    func status(_ stage: Stage<Self>) -> SegmentLine
    /// The answer as far as it's known: the second line.
    func verdict(_ stage: Stage<Self>) -> [Segment]
    /// What somebody should know who looks up now; nil when all is quiet.
    func alerts(_ stage: Stage<Self>) -> SegmentLine?
    /// Those of them that take the verdict's place where there's no line of their own.
    func urgentAlerts(_ stage: Stage<Self>) -> SegmentLine?
    /// What the message line says of the instrument itself when all is quiet.
    func health(_ stage: Stage<Self>) -> [Segment]
    /// A key as the footer offers it now; nil when it would do nothing.
    func offer(_ row: KeyTable.Row, _ stage: Stage<Self>) -> KeyTable.Row?

    /// A key that isn't the shell's own.
    mutating func perform(_ command: Command, _ occasion: Occasion) -> Answer
    /// What has become of what was asked for, once; nil while nothing has.
    mutating func outcome(in newest: Snapshot, at now: Moment) -> (text: String, isError: Bool)?
    /// There's something of its own for Esc to step back from.
    var canGoBack: Bool { get }
    /// One such step; false when there was none.
    mutating func goBack() -> Bool
    /// Another endpoint is looked at.
    mutating func endpointChanged()
}

/// What goes on while a key is pressed.
struct Occasion {
    /// The newest snapshot: steering is about what runs now.
    let newest: Snapshot
    /// The one that is looked at: the newest, or the frozen one.
    let shown: Snapshot
    /// The place of the selected endpoint in `shown`.
    let endpoint: Int
    let filter: Filter
    let now: Moment
}

/// What a key press comes to.
struct Answer {
    var actions: [DashboardAction] = []
    var notice: (text: String, isError: Bool)?
    var prompt: ViewState.Prompt?

    static let nothing = Answer()
    static func refusal(_ text: String) -> Answer { Answer(notice: (text, true)) }
}

extension Screen {
    mutating func prepare(_ snapshot: Snapshot) {}
}
