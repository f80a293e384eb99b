import Charts
import Measure

extension Verdict {
    /// What a million tokens cost at the load line; before there is one, nothing.
    static func cost(_ endpoint: EndpointSnapshot, _ scene: Scene) -> Segment? {
        guard let prices = scene.snapshot.session.plan?.prices,
            let dollars = endpoint.cost(prices).atLoadLine.perMillionOutput
        else { return nil }
        let figure = Format.price(dollars)
        return Segment(
            "\(figure) a million tokens out", short: "\(figure)/M out", priority: 4, shortenAt: 1)
    }
}
