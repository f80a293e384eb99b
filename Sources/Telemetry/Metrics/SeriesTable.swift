import Measure

/// The series that a server has named so far, in their places: pages become readings by it.
struct SeriesTable {
    /// A page may name what it likes; no more than this is remembered.
    static let most = 20_000

    private var names: [Shown] = []
    private var places: [String: Int] = [:]

    mutating func reading(
        of page: MetricsPage, from source: SourceID, at moment: Moment, scrubber: Scrubber
    ) -> Reading {
        var values = [Double?](repeating: nil, count: names.count)
        for sample in page.samples {
            if let place = places[sample.series] {
                values[place] = sample.value
            } else if names.count < Self.most {
                places[sample.series] = names.count
                names.append(scrubber.shown(sample.series))
                values.append(sample.value)
            }
        }
        return Reading(source: source, at: moment, series: names, values: values)
    }
}
