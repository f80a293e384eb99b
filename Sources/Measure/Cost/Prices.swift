/// What things cost, in US dollars: what serves one endpoint, and what a cloud asks for the same tokens. Part of
/// the plan, and whoever looks at a recording later may have better ones.
package struct Prices: Hashable, Sendable, Codable {
    /// All that serves one endpoint.
    package enum Own: Hashable, Sendable, Codable {
        case perHour(Double)
        case bought(BoughtServer)
        case claimed(PriceClaim)
    }

    package var own: Own?
    /// Per million tokens, prompts and answers together.
    package var cloudPerMillion: Double?
    /// Of prompts and answers together.
    package var tokensPerDay: Double?

    package init(own: Own? = nil, cloudPerMillion: Double? = nil, tokensPerDay: Double? = nil) {
        self.own = own
        self.cloudPerMillion = cloudPerMillion
        self.tokensPerDay = tokensPerDay
    }

    /// Whose claim the price of an hour is; nil where it is the user's own word.
    package var claim: PriceClaim? { if case .claimed(let claim) = own { claim } else { nil } }

    package var isEmpty: Bool { self == Prices() }

    /// These, and where nothing is said the others.
    package func over(_ others: Prices?) -> Prices {
        Prices(
            own: own ?? others?.own, cloudPerMillion: cloudPerMillion ?? others?.cloudPerMillion,
            tokensPerDay: tokensPerDay ?? others?.tokensPerDay)
    }
}

extension Prices {
    static let hoursPerYear = 8760.0
    static let hoursPerMonth = hoursPerYear / 12
    static let daysPerMonth = hoursPerMonth / 24
    static let secondsPerDay = 86_400.0

    /// The same at any level; nil where it depends on the power that is measured there.
    package var perHour: Double? { perHour(boardWatts: nil) }

    /// An hour, used or not: what is bought or rented costs the same whatever it does.
    ///
    /// - Parameter boardWatts: what the GPUs that serve it draw, for a server whose power is taken from there.
    package func perHour(boardWatts: Double?) -> Double? {
        let price =
            switch own {
            case .perHour(let price): price
            case .bought(let server): server.perHour(boardWatts: boardWatts) ?? .nan
            case .claimed(let claim): claim.perHour
            case nil: Double.nan
            }
        // A recording may say anything.
        return price.isFinite && price >= 0 ? price : nil
    }

    /// What a million tokens cost that come at this speed.
    private func perMillion(at tokensPerSecond: Double?, _ perHour: Double?) -> Double? {
        guard let perHour, let tokensPerSecond, tokensPerSecond > 0 else { return nil }
        return perHour * 1e6 / (3600 * tokensPerSecond)
    }

    /// At a level's speed: of tokens answered, and of those together with the prompts' (nil where the server doesn't
    /// count them).
    package func cost(of level: LevelResult) -> TokenCost {
        let perHour = perHour(boardWatts: level.telemetry?.watts)
        return TokenCost(
            perMillionOutput: perMillion(at: level.outputTokensPerSecond, perHour),
            perMillionTotal: perMillion(at: level.totalTokensPerSecond, perHour))
    }
}

/// What a million tokens cost. It is always said which: prompts are many and cheap, answers are few and dear.
package struct TokenCost: Hashable, Sendable {
    package var perMillionOutput: Double?
    package var perMillionTotal: Double?

    package init(perMillionOutput: Double? = nil, perMillionTotal: Double? = nil) {
        self.perMillionOutput = perMillionOutput
        self.perMillionTotal = perMillionTotal
    }
}

/// A server of one's own: what it cost is spread evenly over the years that it will be used, and it draws power all
/// day. Interest, the place where it stands and the people who look after it are left out.
package struct BoughtServer: Hashable, Sendable, Codable {
    package var price: Double
    package var years: Double
    package var power: Power?

    package struct Power: Hashable, Sendable, Codable {
        /// nil: what the GPU boards were seen to draw while it was measured.
        package var watts: Double?
        package var pricePerKWh: Double
        /// What the building draws for each watt of the server.
        package var pue: Double

        package init(watts: Double?, pricePerKWh: Double, pue: Double = 1) {
            self.watts = watts
            self.pricePerKWh = pricePerKWh
            self.pue = pue
        }

        func perHour(boardWatts: Double?) -> Double? {
            (watts ?? boardWatts).map { $0 * pue / 1000 * pricePerKWh }
        }
    }

    package init(price: Double, years: Double, power: Power? = nil) {
        self.price = price
        self.years = years
        self.power = power
    }

    /// nil where its power is to be measured, and isn't known.
    func perHour(boardWatts: Double?) -> Double? {
        let depreciation = price / (years * Prices.hoursPerYear)
        guard let power else { return depreciation }
        return power.perHour(boardWatts: boardWatts).map { depreciation + $0 }
    }
}
