import Foundation
import Testing

@testable import Measure

/// What tokens cost, held against arithmetic by hand and a case that is told in the field.
@Suite struct CostTests {
    private func near(_ value: Double?, _ expected: Double) -> Bool {
        value.map { abs($0 / expected - 1) < 1e-6 } ?? false
    }

    /// 32,000 tokens of answers and 64,000 of prompts in 20 s.
    private let level = LevelResult.sample()
    private var line: LoadLine { LoadLine(load: .users(16), throughput: 1600, brokenAt: .users(32)) }

    @Test func aMillionTokens() {
        let cost = Prices(own: .perHour(2.88)).cost(of: level)
        // 2.88 USD / 3600 s / 1600 tokens/s × 10⁶.
        #expect(near(cost.perMillionOutput, 0.5))
        #expect(near(cost.perMillionTotal, 0.5 / 3))
    }

    @Test func unknownIsNotNothing() {
        var some = level
        some.inputsSaid = 499
        #expect(Prices(own: .perHour(1)).cost(of: some).perMillionTotal == nil)
        some.windowTokens = 0
        #expect(Prices(own: .perHour(1)).cost(of: some).perMillionOutput == nil)
        #expect(Prices(cloudPerMillion: 1).cost(of: level) == TokenCost())
        for senseless in [Double.nan, .infinity, -1] {
            #expect(Prices(own: .perHour(senseless)).perHour == nil)
        }
        #expect(Prices(own: .bought(BoughtServer(price: 1, years: 0))).perHour == nil)
    }

    @Test func aBoughtServer() {
        // 26,280 USD over 3 years of 8,760 hours: 1 USD an hour; 1 kW and half as much again at 0.20 USD a kWh.
        let server = BoughtServer(
            price: 26_280, years: 3, power: BoughtServer.Power(watts: 1000, pricePerKWh: 0.2, pue: 1.5))
        #expect(near(Prices(own: .bought(server)).perHour, 1.3))
        #expect(near(Prices(own: .bought(BoughtServer(price: 26_280, years: 3))).perHour, 1))
    }

    @Test func measuredPowerIsThatOfTheLevel() {
        // 1 USD an hour and 600 W at 0.50 USD a kWh; no watts, no price.
        let server = BoughtServer(
            price: 26_280, years: 3, power: BoughtServer.Power(watts: nil, pricePerKWh: 0.5))
        let prices = Prices(own: .bought(server))
        #expect(prices.perHour == nil && prices.cost(of: level) == TokenCost())
        var measured = level
        measured.telemetry = LevelTelemetry()
        measured.telemetry?.watts = 600
        #expect(near(prices.cost(of: measured).perMillionOutput, 1.3e6 / 3600 / 1600))
        let cost = EndpointCost(prices, levels: [measured], loadLine: line)
        #expect(near(cost.perHour, 1.3) && cost.boardWatts == 600)
        #expect(EndpointCost(prices, levels: [level], loadLine: line).perHour == nil)
        // Without a load line the heaviest load's.
        #expect(near(EndpointCost(prices, levels: [measured], loadLine: nil).perHour, 1.3))
    }

    /// A 70B model at a million tokens a day: 4,000 to 6,000 USD a month in the cloud against 1,000 to 1,500 on an own
    /// server, depreciation included. (So the cloud's million costs 130 to 200 USD.)
    @Test(arguments: [131.51, 164.4, 197.2])
    func theCaseThatIsTold(cloudPrice: Double) throws {
        let server = BoughtServer(
            price: 30_000, years: 3, power: BoughtServer.Power(watts: 1300, pricePerKWh: 0.25, pue: 1.4))
        let prices = Prices(own: .bought(server), cloudPerMillion: cloudPrice, tokensPerDay: 1e6)
        let cost = EndpointCost(prices, levels: [level], loadLine: line)
        #expect((4_000...6_000).contains(try #require(cost.cloudPerMonth)))
        let own = try #require(cost.ownPerMonth)
        #expect((1_000...1_500).contains(own))
        // Depreciation is most of it, and without it the claim would be another.
        #expect(near(own, 30_000 / 36 + 1.3 * 1.4 * 0.25 * 730))
        let breakEven = try #require(cost.breakEvenPerDay)
        #expect(breakEven < 1e6, "a million a day is on the cheaper side")
        #expect(near(breakEven * 365 / 12 * cloudPrice / 1e6, own))
        #expect(cost.isWithinReach == true && cost.machines == 1)
    }

    @Test func capacityIsThatOfTheLoadLine() {
        let cost = EndpointCost(
            Prices(own: .perHour(10), cloudPerMillion: 0.01, tokensPerDay: 1e9),
            levels: [
                LevelResult.sample(level: 1, users: 1, throughput: Estimate(mean: 9, halfWidth: 1)), level,
            ],
            loadLine: line)
        #expect(near(cost.capacityPerDay, 4800 * 86_400))
        #expect(near(cost.atLoadLine.perMillionOutput, 10e6 / 3600 / 1600))
        // A billion tokens are 2.4 times what one carries.
        #expect(cost.machines == 3)
        #expect(near(cost.ownPerMonth, 3 * 7300) && near(cost.perMonth, 7300))
        #expect(cost.isWithinReach == false)
    }

    @Test func withoutALoadLine() {
        let cost = EndpointCost(
            Prices(own: .perHour(1), tokensPerDay: 5), levels: [level], loadLine: nil)
        #expect(cost.atLoadLine == TokenCost() && cost.capacityPerDay == nil && cost.machines == nil)
        #expect(near(cost.ownPerMonth, 730) && cost.cloudPerMonth == nil)
    }

    @Test(arguments: [
        ("inferencex:8xh100:rental", PriceClaim(gpu: .h100, owner: .rental, count: 8), 10.4),
        ("InferenceX:B200:Neocloud", PriceClaim(gpu: .b200, owner: .neocloud), 2.34),
        ("inferencex:2xmi355x:hyperscaler", PriceClaim(gpu: .mi355x, owner: .hyperscaler, count: 2), 2.96),
    ])
    func claims(text: String, claim: PriceClaim, perHour: Double) {
        #expect(PriceClaim(parsing: text) == claim)
        #expect(near(Prices(own: .claimed(claim)).perHour, perHour))
        #expect(claim.words.contains("claims") && claim.words.contains("2026-04"))
    }

    @Test(arguments: [
        "", "inferencex", "inferencex:", "inferencex:h100", "inferencex:h100:mine",
        "inferencex:0xh100:rental",
        "inferencex:8h100:rental", "inferencex:xh100:rental", "inferencex:99999999999999999999xh100:rental",
        "h100:rental", "inferencex:8xh100:rental:",
    ])
    func noClaims(text: String) { #expect(PriceClaim(parsing: text) == nil) }

    @Test func newOnesStandOverOldOnes() {
        let old = Prices(own: .perHour(1), cloudPerMillion: 2)
        #expect(
            Prices(tokensPerDay: 3).over(old) == Prices(own: .perHour(1), cloudPerMillion: 2, tokensPerDay: 3)
        )
        #expect(Prices(own: .perHour(5)).over(old).own == .perHour(5))
        #expect(Prices(own: .perHour(5)).over(nil) == Prices(own: .perHour(5)))
    }

    @Test func aRowSaysThemWhereThePlanHasPrices() {
        var session = SessionInfo(
            started: WallAnchor(moment: .zero, unixNanoseconds: 0), version: "1", command: "sweep",
            plan: SessionPlan(
                workload: Workload(inputTokens: 1, outputTokens: 1),
                sweep: SweepPlan(levels: .list([1]), dwell: .second, warmUp: .second), seed: 1,
                prices: Prices(own: .perHour(2.88))),
            options: [:], seed: 1, host: "h")
        func cell(_ name: String) -> ColumnValue? {
            level.columns(endpoint: nil, anchor: session.started, session: session)
                .first { $0.name == name }?.value
        }
        #expect(cell("cost_per_million_output_tokens") == .number(0.5))
        #expect(cell("cost_per_million_total_tokens") != .missing)
        session.plan?.prices = nil
        #expect(cell("cost_per_million_output_tokens") == .missing)
    }
}
