import Measure

extension ServerFamily {
    /// What web frameworks publish beside any of them: the only place with refused requests.
    static let shared = ServerFamily(
        .other, prefixes: [""],
        [
            MetricRule(
                "http_requests",
                .counterBy(label: "status") { HTTPClass($0).map(Counter.httpResponses) }),
            MetricRule(PageReader.durationName, .gauge(.scrapeSeconds)),
        ])
}
