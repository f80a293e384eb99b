import Canvas
import Charts
import Measure

/// One GPU, as a row of a table or in a few words.
struct GPURow {
    private let gpu: GPUFigures
    private let minute: GPUFigures
    private let serves: String
    private let joules: String
    /// Its machine; nil where all are in the same.
    private let host: String?
    private let findings: [GPUDiagnosis]

    /// - Parameters:
    ///   - over: the same GPUs over the last minute.
    ///   - serves: whom it serves, in a few words.
    ///   - joules: a token, where it stands beside this one.
    ///   - withHost: its machine is named.
    init(_ gpu: GPUFigures, over minutes: [GPUFigures], serves: String, joules: String, withHost: Bool) {
        self.gpu = gpu
        host = withHost ? Harmless.text(gpu.host?.text ?? "", limit: 40) : nil
        self.serves = serves
        self.joules = joules
        minute = minutes.first { $0.id == gpu.id } ?? gpu
        findings = GPUDiagnosis.found(in: minute)
    }

    init(_ gpu: GPUFigures, of gpus: GPUsSnapshot, _ scene: WatchScene, withHost: Bool) {
        let served = scene.servers.filter { $0.isServed(by: gpu) }
        let names = served.map { scene.label(of: $0) } + (gpus.isForeign(gpu) ? ["others"] : [])
        // Of all GPUs of an endpoint together: it stands beside the first.
        let first = served.first { $0.gpus?.min() == gpu.index }
        self.init(
            gpu, over: gpus.minute, serves: names.isEmpty ? Format.unknown : names.joined(separator: " "),
            joules: first.map { $0.energyText } ?? "", withHost: withHost)
    }

    var namesHost: Bool { host != nil }
    var severity: Int { findings.map(\.weight.rawValue).max() ?? -1 }

    private var role: ThemeRole? {
        switch findings.map(\.weight).max() {
        case .red: .bad
        case .yellow: .warn
        case .note, nil: nil
        }
    }

    static func columns(width: Int, isAlone: Bool, withHost: Bool) -> [TableColumn] {
        let host = TableColumn("host", alignment: .left, priority: 96, minWidth: 5, maxWidth: 16)
        let columns =
            (withHost ? [host] : []) + [
                TableColumn(
                    "gpu", alignment: .left, priority: 100, minWidth: 3, maxWidth: width >= 100 ? 24 : 14),
                TableColumn("serves", alignment: .left, priority: 90, minWidth: 7, maxWidth: 20),
                TableColumn("util", priority: 95, minWidth: width >= 100 ? 14 : 5),
                TableColumn("mem", priority: 80, minWidth: 11),
                TableColumn("power", priority: 85, minWidth: 9),
                TableColumn("temp", priority: 70, minWidth: 5),
                TableColumn("clock", priority: 40, minWidth: 5),
                TableColumn("throttled", alignment: .left, priority: 75, minWidth: 12, maxWidth: 24),
                TableColumn("J/token", priority: 30, minWidth: 7, maxWidth: isAlone ? 40 : 20),
                TableColumn("processes", priority: 20, minWidth: 9, maxWidth: isAlone ? 40 : 9),
            ]
        guard isAlone else { return columns }
        return columns + [
            TableColumn("mem busy", priority: 10, minWidth: 8),
            TableColumn("mem temp", priority: 9, minWidth: 8),
            TableColumn("mem clock", priority: 8, minWidth: 9),
            TableColumn("uuid", alignment: .left, priority: 1, minWidth: 12, maxWidth: 42),
        ]
    }

    func cells(width: Int, isAlone: Bool) -> [TableCell] {
        let name = gpu.name.map { " \(Harmless.text($0.text, limit: 40))" } ?? ""
        let cells =
            (host.map { [TableCell($0, role: .inactive)] } ?? []) + [
                TableCell("\(gpu.number)\(name)"),
                TableCell(serves, role: .inactive),
                TableCell(utilisation(hasBar: width >= 100)),
                TableCell(memory),
                TableCell(power, role: findings.contains(.powerCapped) ? .warn : nil),
                TableCell(temperature, role: findings.contains(.hot) ? .bad : nil),
                TableCell(Format.grouped(gpu.clockMHz)),
                TableCell(throttle, role: role, attributes: role == nil ? [] : .bold),
                TableCell(joules),
                TableCell(isAlone ? processes : processCount),
            ]
        guard isAlone else { return cells }
        return cells + [
            TableCell(Format.wholePercent(gpu.memoryUtilisation)),
            TableCell(celsius(gpu.memoryCelsius)),
            TableCell(Format.grouped(gpu.memoryClockMHz)),
            TableCell(gpu.uuid.map { Harmless.text($0.text, limit: 60) } ?? Format.unknown, role: .inactive),
        ]
    }

    static func shortColumns(withHost: Bool) -> Int { withHost ? 50 : 38 }

    /// How many lines so many of them need.
    static func shortLines(of count: Int, width: Int, withHost: Bool) -> Int {
        let across = max(1, width / shortColumns(withHost: withHost))
        return (count + across - 1) / across
    }

    /// `3 :8002  100 % 79/80 GB 699 W 83 °C power 64 %`.
    func drawShort(_ scene: WatchScene, on canvas: inout Canvas, x: Int, y: Int, width: Int) {
        let words = throttle
        SegmentLine(
            left: [
                Segment(host ?? "", role: .inactive, priority: 6),
                Segment("\(gpu.number)", .bold, priority: 9),
                Segment(serves, role: .inactive, priority: 3),
                Segment(utilisation(hasBar: false).padded(to: 5), priority: 8),
                Segment(memory, priority: 4),
                Segment("\(Format.grouped(gpu.watts)) W", priority: 7),
                Segment(temperature, priority: 5),
                Segment(
                    scene.glyphs.fit(words), role: role ?? .inactive, role == nil ? [] : .bold,
                    priority: role == nil ? 1 : 8),
            ], gap: 1
        ).draw(on: &canvas, x: x, y: y, width: width)
    }

    private func utilisation(hasBar: Bool) -> String {
        let text = Format.wholePercent(gpu.utilisation)
        guard hasBar else { return text }
        return "\(text) \(ServersTable.bar(gpu.utilisation, columns: 8, .braille))"
    }

    private var memory: String {
        guard let used = gpu.memoryUsed, let total = gpu.memoryTotal else { return Format.unknown }
        return "\(Format.grouped(used / 1e9))/\(Format.bytes(total))"
    }

    private var power: String {
        let limit = gpu.wattsLimit.map { "/" + Format.grouped($0) } ?? ""
        return gpu.watts.map { "\(Format.grouped($0))\(limit) W" } ?? Format.unknown
    }

    private var temperature: String { celsius(gpu.celsius) }
    private func celsius(_ value: Double?) -> String {
        value.map { "\(Format.grouped($0)) °C" } ?? Format.unknown
    }

    /// By what its clocks were held down, over the last minute.
    private var throttle: String {
        if minute.isLost { return "LOST" }
        let parts: [(String, Double?)] = [
            ("heat", minute.thermalShare), ("brake", minute.brakeShare), ("power", minute.powerCappedShare),
        ]
        let held = parts.filter { $0.1 ?? 0 > 0 }
        if held.isEmpty {
            guard let share = minute.throttledShare else { return Format.unknown }
            return share > 0 ? Format.wholePercent(share) : "no"
        }
        return held.map { "\($0.0) \(Format.wholePercent($0.1))" }.joined(separator: ", ")
    }

    private var processCount: String { Format.grouped(gpu.processes.count) }

    private var processes: String {
        guard !gpu.processes.isEmpty else { return Format.unknown }
        return gpu.processes.sorted { $0.key < $1.key }
            .map { pid, bytes in "\(pid)\(bytes.map { ": \(Format.bytes($0))" } ?? "")" }
            .joined(separator: ", ")
    }
}

extension ServerSnapshot {
    /// `0.58 J`; or, where there is no such figure, why.
    var energyText: String {
        switch joulesPerToken {
        case .success(let joules): Format.rate(joules) + " J"
        case .failure(let reason): reason == .notMeasured ? Format.unknown : reason.words.text
        }
    }
}
