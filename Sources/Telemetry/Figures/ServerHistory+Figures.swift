package import Measure

extension ServerHistory {
    /// - Parameter engine: its name; nil: all of the server.
    /// - Returns: nil before the first reading.
    package func figures(over span: FigureSpan, engine: String? = nil) -> ServerFigures? {
        guard let last else { return nil }
        let base: Point?
        switch span {
        case .scrape: base = previous
        case .session: base = first
        case .minute, .fiveMinutes: base = span.length.flatMap { point(nearest: last.at - $0) }
        }
        return figures(from: base, to: last, engine: engine)
    }

    /// - Parameter span: how far back, from the newest reading.
    package func figures(overLast span: Nanoseconds, engine: String? = nil) -> ServerFigures? {
        guard let last else { return nil }
        return figures(from: point(nearest: last.at - span), to: last, engine: engine)
    }

    /// How many waited on average; nil where that isn't said.
    func meanWaiting(overLast span: Nanoseconds) -> Double? {
        guard let last else { return nil }
        return maker(from: point(nearest: last.at - span), to: last, between: [], engine: nil)
            .mean(.waiting)
    }

    /// The first reading of all may have been drawn together with the next.
    private func point(nearest moment: Moment) -> Point? {
        if let first, first.at >= moment { return first }
        return points.nearest(to: moment)
    }

    /// What was between each two points since `moment`, the oldest first: as a chart has it.
    package func course(since moment: Moment, engine: String? = nil) -> [(at: Moment, figures: ServerFigures)]
    {
        let elements = points.elements
        return zip(elements, elements.dropFirst()).filter { $1.at > moment }.map {
            ($1.at, figures(from: $0, to: $1, between: [$1], engine: engine))
        }
    }

    /// What was between two of its readings, the ones nearest to a window's ends; nil where there is nothing between.
    package func figures(from base: Point, to point: Point) -> ServerFigures? {
        guard base.at < point.at else { return nil }
        let between = points.newest(after: base.at).filter { $0.at < point.at }
        return figures(from: base, to: point, between: between + [point], engine: nil)
    }

    /// The engines that have figures of their own, in the order in which they were first seen.
    package var engines: [String] { columns.rows.compactMap(\.self) }

    package var kind: ServerKind { columns.kind }

    /// nil: not said, or several.
    package var model: Shown? { columns.model.map { Shown(recorded: $0) } }

    private func figures(from base: Point?, to point: Point, engine: String?) -> ServerFigures {
        figures(
            from: base, to: point, between: base.map { points.newest(after: $0.at) } ?? [point],
            engine: engine)
    }

    func figures(
        from base: Point?, to point: Point, between: [Point], engine: String?
    ) -> ServerFigures {
        maker(from: base, to: point, between: between, engine: engine).figures
    }

    private func maker(
        from base: Point?, to point: Point, between: [Point], engine: String?
    ) -> FigureMaker {
        let rows = columns.rows.indices.filter { engine == nil || columns.rows[$0] == engine }
        let base = base.flatMap { $0.at < point.at ? $0 : nil }
        return FigureMaker(history: self, rows: rows, base: base, point: point, between: between)
    }
}
