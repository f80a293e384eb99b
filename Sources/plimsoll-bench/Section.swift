/// One group of figures.
enum Section: String, CaseIterable {
    case accuracy, cost, scale, memory, plateau
    case loadLine = "load-line"
    case terminal, watch, flags

    var summary: String {
        switch self {
        case .accuracy: "what plimsoll says against what the simulator did"
        case .cost: "CPU time a token against a bare epoll client"
        case .scale: "1,024 streams, 4,096 connections"
        case .memory: "the most that is resident, and whether it grows"
        case .plateau: "the plateau of a batching server"
        case .loadLine: "the load line of a server whose latency steps at a known concurrency"
        case .terminal: "what the dashboard sends to its terminal"
        case .watch: "eight servers under load and eight GPUs, watched"
        case .flags: "warnings on a sound run: none"
        }
    }

    func run(on bench: Workbench) throws -> [Figure] {
        switch self {
        case .accuracy: try AccuracySection(bench: bench).run()
        case .cost: try CostSection(bench: bench).run()
        case .scale: try ScaleSection(bench: bench).run()
        case .memory: try MemorySection(bench: bench).run()
        case .plateau: try PlateauSection(bench: bench).run()
        case .loadLine: try LoadLineSection(bench: bench).run()
        case .terminal: try TerminalSection(bench: bench).run()
        case .watch: try WatchSection(bench: bench).run()
        case .flags: try FlagsSection(bench: bench).run()
        }
    }
}
