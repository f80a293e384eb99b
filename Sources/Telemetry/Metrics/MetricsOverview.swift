package import Measure

/// Which families a server's page of metrics has: for people to read.
package struct MetricsOverview: Hashable, Sendable {
    package let path: String
    /// By name, those of the language's runtime left out.
    package let families: [Shown]

    /// The first of `paths` that has any.
    package static func find(
        paths: [String], scrubber: Scrubber, fetch: ServerWatch.Fetch
    ) async -> MetricsOverview? {
        for path in paths {
            let reply = await fetch(path)
            if reply == .noAnswer || reply == .refused { return nil }
            guard case .page(let bytes) = reply else { continue }
            let families = families(on: MetricsPage(parsing: bytes))
            guard !families.isEmpty else { continue }
            return MetricsOverview(
                path: path, families: families.prefix(most).map { scrubber.shown($0, limit: 100) })
        }
        return nil
    }

    /// A page may name what it likes.
    private static let most = 500
    private static let runtimes = ["python_", "process_", "go_", "promhttp_", "scrape_"]

    static func families(on page: MetricsPage) -> [String] {
        let names = page.samples.map { family(of: String($0.series.prefix { $0 != "{" }), page.types) }
        return Set(names).filter { name in !runtimes.contains(where: name.hasPrefix) }.sorted()
    }

    /// A histogram is one, not three; `_created` says when a counter began.
    private static func family(of name: String, _ types: [String: String]) -> String {
        for suffix in ["_bucket", "_sum", "_count", "_created"]
        where name.hasSuffix(suffix) && types[name] != "counter" {
            let stem = String(name.dropLast(suffix.count))
            if let known = [stem, stem + "_total"].first(where: { types[$0] != nil }) { return known }
        }
        return name
    }
}
