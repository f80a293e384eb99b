import Canvas
import Charts
import Measure

/// The GPUs beside a sweep, those of its endpoints named; joules a token are of the level that is looked at.
enum GPUPanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let gpus = scene.snapshot.watch.gpus
        let inner = Panel(
            "GPUs", right: gpus.flatMap(total), digit: PanelKind.sweepGPUs.digit, role: .divider
        ).draw(on: &canvas, in: rect)
        guard !inner.isEmpty, let gpus else { return }
        if let hidden = gpus.sources.lazy.compactMap({ silence(of: $0, scene) }).first {
            canvas.write(
                canvas.glyphs.fit(hidden), x: inner.x + 1, y: inner.y, style: scene.style(.warn, .bold),
                maxWidth: inner.width - 1, ellipsis: canvas.glyphs.ellipsis)
            return
        }
        let isAlone = scene.view.maximised == .sweepGPUs
        TextTable(
            columns: GPURow.columns(width: inner.width, isAlone: isAlone, withHost: false),
            rows: gpus.scrape.map { gpu in
                GPURow(
                    gpu, over: gpus.minute, serves: serves(gpu, gpus, scene), joules: joules(gpu, scene),
                    withHost: false
                )
                .cells(width: inner.width, isAlone: isAlone)
            }, leastGap: 1
        ).draw(on: &canvas, in: inner)
    }

    private static let patience = 5 * Nanoseconds.second

    /// Why nothing is shown: figures that may be of another time are none.
    private static func silence(of source: GPUSourceSnapshot, _ scene: Scene) -> String? {
        source.silence(at: scene.isOver ? nil : scene.snapshot.at, patience: patience)
    }

    /// Boards only: neither the host nor the cooling.
    private static func total(_ gpus: GPUsSnapshot) -> String? {
        let watts = gpus.scrape.compactMap(\.watts)
        return watts.isEmpty ? nil : "all boards \(Format.grouped(watts.reduce(0, +))) W"
    }

    private static func serves(_ gpu: GPUFigures, _ gpus: GPUsSnapshot, _ scene: Scene) -> String {
        let served = servers(of: gpu, scene).map { Harmless.text($0.info.label, limit: 24) }
        let names = served + (gpus.isForeign(gpu) ? ["others"] : [])
        return names.isEmpty ? Format.unknown : names.joined(separator: " ")
    }

    private static func servers(of gpu: GPUFigures, _ scene: Scene) -> [ServerSnapshot] {
        scene.snapshot.watch.servers.filter { $0.isServed(by: gpu) }
    }

    /// Of all GPUs of an endpoint together: it stands beside the first.
    private static func joules(_ gpu: GPUFigures, _ scene: Scene) -> String {
        guard let server = servers(of: gpu, scene).first(where: { $0.gpus?.min() == gpu.index }),
            let endpoint = scene.snapshot.endpoints.first(where: { $0.info.id == server.info.endpoint }),
            let level = scene.reviewed(in: endpoint) ?? endpoint.levels.last, let told = level.telemetry
        else { return "" }
        if let joules = told.joulesPerToken { return "\(Format.rate(joules)) J" }
        return told.noEnergy?.words.text ?? ""
    }
}
