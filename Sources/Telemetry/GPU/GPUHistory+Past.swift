package import Measure

extension GPUHistory {
    /// The points of a span, each with what was since the one before, the oldest first.
    package func course(since moment: Moment) -> [(at: Moment, gpus: [GPUFigures])] {
        let elements = points.elements
        return zip(elements, elements.dropFirst()).filter { $1.at > moment }.map {
            ($1.at, figures(from: $0, to: $1))
        }
    }

    /// Over the span that ends at a moment; none where nobody told then.
    package func figures(overLast span: Nanoseconds, at moment: Moment) -> [GPUFigures] {
        guard let first, let last, moment >= first.at, let end = points.nearest(to: moment),
            // Points are the further apart the older they are; where there is none near it, nobody told.
            abs(end.at - moment) <= Self.longestGap + max(0, last.at - moment) / 20
        else { return [] }
        return figures(from: points.nearest(to: end.at - span), to: end)
    }
}
