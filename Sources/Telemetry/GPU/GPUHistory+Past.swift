package import Measure

extension GPUHistory: GPUPast {
    package func course(since moment: Moment) -> [(at: Moment, gpus: [GPUFigures])] {
        let elements = points.elements
        return zip(elements, elements.dropFirst()).filter { $1.at > moment }.map {
            ($1.at, figures(from: $0, to: $1))
        }
    }

    package func figures(overLast span: Nanoseconds, at moment: Moment) -> [GPUFigures] {
        guard let first, moment >= first.at, let end = points.nearest(to: moment) else { return [] }
        return figures(from: points.nearest(to: end.at - span), to: end)
    }
}
