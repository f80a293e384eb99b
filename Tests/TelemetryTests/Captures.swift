import Foundation
import Testing

@testable import Telemetry

/// Pages of metrics as real servers sent them.
enum Capture {
    static func page(_ name: String) throws -> MetricsPage {
        let url = try #require(Bundle.module.url(forResource: "Captures", withExtension: nil))
        return MetricsPage(parsing: try Data(contentsOf: url.appendingPathComponent(name + ".txt")))
    }
}
