/// One endpoint's curve.
package struct CurveSeries: Hashable, Sendable {
    package var name: String
    /// The endpoint's place, which gives its colour and its sign.
    package var index: Int
    /// In the order of their number of users; the line joins them in this order.
    package var points: [CurvePoint]
    /// The line alone: for many points, of which none is looked at.
    package var isCourse = false
    /// Where the running level stands now.
    package var live: CurvePoint?
    /// The fitted plateau, tokens/s.
    package var ceiling: CurveLimit?
    /// The last point that holds the budget.
    package var loadLine: CurvePoint?

    package init(
        name: String, index: Int, points: [CurvePoint], live: CurvePoint? = nil, ceiling: CurveLimit? = nil,
        loadLine: CurvePoint? = nil
    ) {
        self.name = name
        self.index = index
        self.points = points
        self.live = live
        self.ceiling = ceiling
        self.loadLine = loadLine
    }
}
