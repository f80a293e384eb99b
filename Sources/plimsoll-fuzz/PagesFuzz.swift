import Measure
import Telemetry

/// What servers and GPU exporters say of themselves: each page ends in a reading or in a problem of its own, and
/// whatever the readings have, figures can be made of them.
enum PagesFuzz {
    /// Pages one after another, with a NUL between them.
    static func run(_ input: UnsafeRawBufferPointer) {
        let pages = input.split(separator: 0, maxSplits: 5, omittingEmptySubsequences: false).map(Array.init)
        var reader = PageReader(source: SourceID(0), scrubber: Scrubber(secrets: ["sk-secret-4711"]))
        let anchor = WallAnchor(moment: .zero, unixNanoseconds: 1_760_000_000 * .second)
        var servers = ServerHistory(anchor: anchor)
        var gpuReader = GPUReader(source: SourceID(1))
        var gpus = GPUHistory()
        for (number, page) in pages.enumerated() {
            let moment = Moment(nanoseconds: Int64(number) * .second)
            gpus.take(gpuReader.read(DCGMPage(page).look, at: moment))
            guard let reading = try? reader.read(page, slots: pages.last, at: moment) else { continue }
            precondition(reading.series.count == reading.values.count, "a series without a value")
            precondition(reading.values.allSatisfy { $0?.isFinite ?? true }, "an endless value")
            for series in reading.series { check(series.text) }
            _ = servers.take(reading)
            gpus.take(reading)
            // Read again, it says the same.
            let again = try? reader.read(page, slots: pages.last, at: moment + 1)
            precondition(again?.values == reading.values, "the same page says something else")
        }
        let end = Moment(nanoseconds: Int64(pages.count) * .second)
        _ = servers.facts(at: end, budget: nil)
        _ = servers.course(since: .zero)
        _ = gpus.figures(from: .zero, to: end)
    }

    private static func check(_ text: String) {
        precondition(!text.contains("sk-secret-4711"))
        precondition(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
}
