import Foundation
import Measure
import Testing

@testable import Telemetry

/// Pages of metrics as real servers sent them.
enum Capture {
    static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Captures", withExtension: nil))
        return Array(try Data(contentsOf: url.appendingPathComponent(name)))
    }

    static func page(_ name: String) throws -> MetricsPage { MetricsPage(parsing: try bytes(name + ".txt")) }

    /// When the pages of a series were read, in seconds since 1970, by their numbers.
    static func times(_ name: String) throws -> [String: Double] {
        var times: [String: Double] = [:]
        for line in String(decoding: try bytes("series/\(name)-times.txt"), as: UTF8.self).split(
            separator: "\n")
        {
            let words = line.split(separator: " ")
            times[String(words[0])] = Double(words[1])
        }
        return times
    }
}

/// A server's pages, one after another.
struct Watched {
    var history: ServerHistory
    private var reader = PageReader(source: SourceID(0), scrubber: .withoutSecrets)
    private(set) var events: [ServerEvent] = []

    /// Moments are seconds since `epoch`, a second since 1970.
    static let epoch = 1_795_697_573.0

    init() {
        history = ServerHistory(
            anchor: WallAnchor(moment: .zero, unixNanoseconds: Nanoseconds.seconds(Self.epoch)))
    }

    mutating func take(_ page: some Sequence<UInt8>, slots: [UInt8]? = nil, at seconds: Double) throws {
        let reading = try reader.read(
            Array(page), slots: slots, at: Moment(nanoseconds: .seconds(seconds)))
        events += history.take(reading)
    }

    mutating func take(_ page: String, at seconds: Double) throws { try take(page.utf8, at: seconds) }

    func figures(_ span: FigureSpan = .session, engine: String? = nil) throws -> ServerFigures {
        try #require(history.figures(over: span, engine: engine))
    }

    /// Two pages, ten seconds apart.
    static func twice(_ first: String, _ second: String) throws -> Watched {
        var watched = Watched()
        try watched.take(first, at: 0)
        try watched.take(second, at: 10)
        return watched
    }

    static func once(_ page: String) throws -> ServerFigures {
        var watched = Watched()
        try watched.take(page, at: 0)
        return try watched.figures()
    }
}

func isNear(_ value: Double?, _ expected: Double, by share: Double = 1e-9) -> Bool {
    guard let value else { return false }
    return abs(value - expected) <= abs(expected) * share
}
