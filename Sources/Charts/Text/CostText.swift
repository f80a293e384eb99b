package import Measure

/// What an endpoint costs, in lines for people.
package enum CostText {
    package static func lines(_ endpoint: EndpointSnapshot, _ prices: Prices) -> [String] {
        let cost = endpoint.cost(prices)
        return [atLoadLine(cost, prices, endpoint.loadLine != nil), monthly(cost, prices), breakEven(cost)]
            .compactMap { $0 } + [note(prices, cost)].compactMap { $0 }
    }

    private static func atLoadLine(_ cost: EndpointCost, _ prices: Prices, _ hasLoadLine: Bool) -> String? {
        guard let perHour = cost.perHour else {
            if prices.own != nil {
                return "cost: unknown; what its GPUs draw wasn't measured, so give --power-watts"
            }
            return cost.cloudPerMonth == nil
                ? "cost: unknown without --price-per-hour or --server-price" : nil
        }
        let start = "cost: \(Format.price(perHour)) an hour"
        guard let output = cost.atLoadLine.perMillionOutput else {
            return start
                + (hasLoadLine
                    ? ""
                    : "; what tokens cost is said at a load line, and there is none (a level's: levels.csv)")
        }
        let total =
            cost.atLoadLine.perMillionTotal.map { ", \(Format.price($0)) of prompts and answers" } ?? ""
        return "\(start); at the load line a million tokens cost \(Format.price(output)) of answers\(total)"
    }

    private static func monthly(_ cost: EndpointCost, _ prices: Prices) -> String? {
        guard let tokens = cost.tokensPerDay else {
            return cost.perMonth.map { "a month: \(Format.price($0))" }
        }
        var parts: [String] = []
        if let own = cost.ownPerMonth {
            let count =
                switch cost.machines {
                case 1?: ""
                case let many?: " for \(Format.count(many)) of them, without peaks"
                case nil: " if one carries it"
                }
            parts.append(Format.price(own) + count)
        }
        if let cloud = cost.cloudPerMonth { parts.append("\(Format.price(cloud)) in the cloud") }
        guard !parts.isEmpty else { return nil }
        return "a month of \(Format.count(tokens)) tokens a day: \(parts.joined(separator: "; "))"
    }

    private static func breakEven(_ cost: EndpointCost) -> String? {
        guard let tokens = cost.breakEvenPerDay else { return nil }
        let start = "cheaper than the cloud from \(Format.count(tokens)) tokens a day"
        guard let capacity = cost.capacityPerDay, let isWithinReach = cost.isWithinReach else {
            return start + " (what it carries isn't known)"
        }
        let carried = "the load line carries \(Format.count(capacity))"
        return isWithinReach
            ? "\(start), \(Format.percent(tokens / capacity)) of what it carries (\(carried))"
            : "never cheaper than the cloud: that takes \(Format.count(tokens)) tokens a day, and \(carried)"
    }

    /// What the figures rest on, where that isn't the user's own word.
    private static func note(_ prices: Prices, _ cost: EndpointCost) -> String? {
        switch prices.own {
        case .claimed(let claim): "price of an hour: \(claim.words)"
        case .bought(let server) where server.power == nil: "price of an hour: without electricity"
        case .bought(let server) where server.power?.watts == nil:
            cost.boardWatts.map {
                "price of an hour: depreciation, and electricity of the GPU boards only as measured "
                    + "(\(Format.grouped($0)) W; not the host, not the cooling); without interest, place and staff"
            }
        case .bought: "price of an hour: depreciation and electricity, without interest, place and staff"
        case .perHour, nil: nil
        }
    }
}
