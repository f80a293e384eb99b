/// Why a server's page of metrics tells nothing this time.
package enum PageProblem: Error, Hashable, Sendable {
    case tooLarge(limit: Int)
    case tooSlow(limit: Nanoseconds)
    case tooManySeries(limit: Int)
    case tooManyGPUs(limit: Int)
    /// Its labels are others each time.
    case newSeries
    /// It was asked for as it is, and came compressed.
    case compressed
    case html
    /// Anything else in which there is no series.
    case noMetrics
    case status(Int)

    package var words: Shown {
        switch self {
        case .tooLarge(let limit): "the page is larger than \(limit / 1_048_576) MB"
        case .tooSlow(let limit): "the page did not come within \(limit / .second) s"
        case .tooManySeries(let limit): "the page has more than \(limit) series"
        case .tooManyGPUs(let limit): "the page has more than \(limit) GPUs"
        case .newSeries: "most of the page's series are new each time: their labels should be few, and stay"
        case .compressed: "the page came compressed, though nobody asked for that"
        case .html: "there is a web page instead of metrics"
        case .noMetrics: "there are no metrics on the page"
        case .status(let status): "the page was refused with \(status)"
        }
    }
}
