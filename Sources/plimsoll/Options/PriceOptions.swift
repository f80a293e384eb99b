import ArgumentParser
import Measure

/// What things cost, for what tokens cost. In US dollars, but nothing depends on it.
struct PriceOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What an hour of the GPUs or the machine behind an endpoint costs, or somebody's claim: \(PriceClaim.form).",
            valueName: "usd"))
    var pricePerHour: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("In place of that: what the server cost that was bought.", valueName: "usd"))
    var serverPrice: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("With --server-price: how long it will be used.", valueName: "n"))
    var years: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --server-price: what it draws, day and night, or measured (the default): what its GPU boards drew at each level.",
            valueName: "n"))
    var powerWatts: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("With --server-price: what a kWh costs.", valueName: "usd"))
    var powerPrice: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --power-price: what the building draws for each watt of the server (default: 1).",
            valueName: "ratio"))
    var pue: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What a cloud asks for a million tokens, of prompts and answers together.", valueName: "usd"))
    var cloudPrice: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How many tokens there are to serve a day, of prompts and answers together.", valueName: "n"))
    var tokensPerDay: Double?

    func validate() throws { _ = try prices() }

    /// nil: nothing was said.
    func prices() throws -> Prices? {
        try Self.check(cloudPrice, "--cloud-price", "a price above 0") { $0 > 0 }
        try Self.check(tokensPerDay, "--tokens-per-day", "a number above 0") { $0 > 0 }
        let prices = Prices(own: try own(), cloudPerMillion: cloudPrice, tokensPerDay: tokensPerDay)
        return prices.isEmpty ? nil : prices
    }

    private func own() throws -> Prices.Own? {
        let bought = try boughtServer()
        guard let pricePerHour else { return bought.map { .bought($0) } }
        guard bought == nil else {
            throw ValidationError("--price-per-hour and --server-price exclude each other")
        }
        if let claim = PriceClaim(parsing: pricePerHour) { return .claimed(claim) }
        guard let price = Double(pricePerHour), price.isFinite, price >= 0 else {
            throw ValidationError(
                "--price-per-hour “\(pricePerHour)” is no price; give 2.5 or \(PriceClaim.form)")
        }
        return .perHour(price)
    }

    private func boughtServer() throws -> BoughtServer? {
        try Self.check(serverPrice, "--server-price", "a price") { $0 >= 0 }
        try Self.check(years, "--years", "a number above 0 and at most 50") { $0 > 0 && $0 <= 50 }
        guard let serverPrice else {
            for (name, isGiven) in [
                ("--years", years != nil), ("--power-watts", powerWatts != nil),
                ("--power-price", powerPrice != nil), ("--pue", pue != nil),
            ] where isGiven {
                throw ValidationError("\(name) goes with --server-price")
            }
            return nil
        }
        guard let years else {
            throw ValidationError("--server-price needs --years: how long it will be used")
        }
        return BoughtServer(price: serverPrice, years: years, power: try power())
    }

    private func power() throws -> BoughtServer.Power? {
        let watts = try self.watts()
        try Self.check(powerPrice, "--power-price", "a price") { $0 >= 0 }
        try Self.check(pue, "--pue", "a ratio from 1 to 10") { (1...10).contains($0) }
        guard let powerPrice else {
            guard powerWatts == nil else {
                throw ValidationError("--power-watts and --power-price go together")
            }
            guard pue == nil else { throw ValidationError("--pue goes with --power-price") }
            return nil
        }
        return BoughtServer.Power(watts: watts, pricePerKWh: powerPrice, pue: pue ?? 1)
    }

    /// nil: to be measured.
    private func watts() throws -> Double? {
        guard let powerWatts, powerWatts.lowercased() != "measured" else { return nil }
        guard let watts = Double(powerWatts), watts.isFinite, watts > 0 else {
            throw ValidationError("--power-watts \(powerWatts) is not a number above 0, nor measured")
        }
        return watts
    }

    private static func check(
        _ value: Double?, _ option: String, _ expectation: String, _ isFine: (Double) -> Bool
    ) throws {
        guard let value, !value.isFinite || !isFine(value) else { return }
        throw ValidationError("\(option) \(value) is not \(expectation)")
    }

    private static func typed(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
    }

    /// For the recording: as one would type them.
    var recorded: [String: String] {
        let numbers = [
            "server-price": serverPrice, "years": years, "power-price": powerPrice,
            "pue": pue, "cloud-price": cloudPrice, "tokens-per-day": tokensPerDay,
        ]
        var options = numbers.compactMapValues { $0.map(Self.typed) }
        if let powerWatts { options["power-watts"] = powerWatts }
        if let pricePerHour { options["price-per-hour"] = pricePerHour }
        return options
    }
}
