import Client
import Measure

/// A server that is looked at again and again, or a GPU exporter.
///
/// Each has its own connection and its own time: one that is slow, silent or hostile delays nobody else.
struct ServerSource: Source {
    let info: SourceInfo
    private let looks: ServerLooks
    /// The look that told what it is.
    private let first: Task<ServerLooks.Outcome, Never>
    private let beat: Beat
    private let naming: ServerNaming
    private let clock: any TimeSource
    /// Told after each look.
    private let looked: @Sendable (SourceID) -> Void

    init(
        _ info: SourceInfo, _ looks: ServerLooks, first: Task<ServerLooks.Outcome, Never>, beat: Beat,
        naming: ServerNaming, clock: any TimeSource, looked: @escaping @Sendable (SourceID) -> Void
    ) {
        self.info = info
        self.looks = looks
        self.first = first
        self.beat = beat
        self.naming = naming
        self.clock = clock
        self.looked = looked
    }

    /// Until its task is cancelled, or it turns out to be of the other kind.
    func run(into taker: any EntryTaker) async {
        var (beat, said) = (beat, PageTrouble?.none)
        var outcome = await first.value
        while !Task.isCancelled, isMine(outcome) {
            switch outcome {
            case .server(let reading), .gpus(let reading):
                said = nil
                await taker.take(.reading(reading))
            case .trouble(let trouble):
                if trouble != said { await tell(trouble, taker) }
                said = trouble
            }
            if info.role != .gpus {
                await naming.look(isThere: outcome.isAnswer, start: outcome.start) { [info, clock] news in
                    await taker.take(.event(.serverSaid(info.id, news, at: clock.now())))
                }
            }
            looked(info.id)
            await beat.next()
            guard !Task.isCancelled else { break }
            outcome = await looks.look()
        }
        await naming.end()
    }

    private func isMine(_ outcome: ServerLooks.Outcome) -> Bool {
        switch outcome {
        case .server: info.role != .gpus
        case .gpus: info.role == .gpus
        case .trouble: true
        }
    }

    private func tell(_ trouble: PageTrouble, _ taker: any EntryTaker) async {
        let event: ControlEvent =
            info.role == .gpus
            ? .gpusSaid(info.id, .trouble(trouble.words), at: clock.now())
            : .serverSaid(info.id, .trouble(trouble), at: clock.now())
        await taker.take(.event(event))
    }
}
