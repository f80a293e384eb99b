/// One endpoint's curve.
public struct CurveSeries: Hashable, Sendable {
    public var name: String
    /// The endpoint's place, which gives its colour and its sign.
    public var index: Int
    /// In the order of their number of users; the line joins them in this order.
    public var points: [CurvePoint]
    /// Where the running level stands now.
    public var live: CurvePoint?
    /// The fitted plateau, tokens/s.
    public var ceiling: CurveLimit?
    /// The last point that holds the budget.
    public var loadLine: CurvePoint?

    public init(
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
