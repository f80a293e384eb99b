import FoundationEssentials
import Logging
import Measure
import Recording

/// swift-log's lines in a file: one each, with the calendar's time, and without a secret.
struct FileLogHandler: LogHandler {
    let file: LogFile
    let scrubber: Scrubber
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()

    private static let longest = 2_000

    init(file: LogFile, scrubber: Scrubber) {
        self.file = file
        self.scrubber = scrubber
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = metadata.merging(event.metadata ?? [:]) { _, new in new }
            .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let words = (["\(event.level)", "\(event.message)"] + details).joined(separator: " ")
        file.append(Self.stamp() + " " + scrubber.shown(words, limit: Self.longest).text)
    }

    private static func stamp() -> String {
        Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
