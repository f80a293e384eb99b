/// A server's page of metrics in Prometheus' text format, as it was at one moment.
///
/// Lines that make no sense are passed over: a page is read for what it has, not held to its grammar.
struct MetricsPage: Hashable, Sendable {
    /// One line: a series and its value.
    struct Sample: Hashable, Sendable {
        /// With its labels, as the server wrote them: what tells one series from another.
        var series: String
        var value: Double
    }

    private(set) var samples: [Sample] = []
    /// What the page says of its families: "counter", "gauge", "histogram"… by name.
    private(set) var types: [String: String] = [:]

    init(parsing page: some Sequence<UInt8>) {
        Array(page).withUnsafeBufferPointer { page in
            MetricsLine.each(in: page) { line in
                switch line {
                case .sample(let series, let number):
                    guard let value = MetricsNumber.parse(page[number]) else { return }
                    samples.append(
                        Sample(series: String(decoding: page[series], as: UTF8.self), value: value))
                case .type(let name, let type):
                    types[String(decoding: page[name], as: UTF8.self)] =
                        String(decoding: page[type], as: UTF8.self)
                }
            }
        }
    }

    /// The value of the series of exactly this name, without labels.
    subscript(series: String) -> Double? { samples.first { $0.series == series }?.value }
}
