import ArgumentParser
import Measure
import Testing

@testable import plimsoll

/// Prices as they are typed.
@Suite struct PriceOptionsTests {
    @Test func nothingSaid() throws { #expect(try PriceOptions.parse([]).prices() == nil) }

    @Test func all() throws {
        let bought = try PriceOptions.parse([
            "--server-price", "30000", "--years", "3", "--power-watts", "1300", "--power-price", "0.25",
            "--pue", "1.4", "--cloud-price", "164", "--tokens-per-day", "1e6",
        ])
        #expect(
            try bought.prices()
                == Prices(
                    own: .bought(
                        BoughtServer(
                            price: 30_000, years: 3,
                            power: BoughtServer.Power(watts: 1300, pricePerKWh: 0.25, pue: 1.4))),
                    cloudPerMillion: 164, tokensPerDay: 1e6))
        #expect(bought.recorded.count == 7)
        #expect(bought.recorded["tokens-per-day"] == "1000000" && bought.recorded["pue"] == "1.4")
        #expect(try PriceOptions.parse(["--price-per-hour", "2.5"]).prices()?.own == .perHour(2.5))
        let start = ["--server-price", "1", "--years", "1", "--power-price", "0.2"]
        for more in [[], ["--power-watts", "measured"]] {
            let measured = try PriceOptions.parse(start + more).prices()?.own
            let power = BoughtServer.Power(watts: nil, pricePerKWh: 0.2)
            #expect(measured == .bought(BoughtServer(price: 1, years: 1, power: power)))
        }
        #expect(
            try PriceOptions.parse(start + ["--power-watts", "measured"]).recorded["power-watts"]
                == "measured")
        #expect(
            try PriceOptions.parse(["--price-per-hour", "inferencex:2xh200:neocloud"]).prices()?.own
                == .claimed(PriceClaim(gpu: .h200, owner: .neocloud, count: 2)))
    }

    @Test(arguments: [
        (["--price-per-hour", "-1"], "no price"), (["--price-per-hour", "nan"], "no price"),
        (["--price-per-hour", "inferencex:h1:rental"], "inferencex:8xh100:rental"),
        (["--price-per-hour", "2", "--server-price", "1", "--years", "1"], "exclude"),
        (["--server-price", "1"], "needs --years"), (["--years", "3"], "goes with --server-price"),
        (["--power-watts", "3"], "goes with --server-price"),
        (["--server-price", "1", "--years", "0"], "--years"),
        (["--server-price", "1", "--years", "1", "--power-watts", "9"], "go together"),
        (["--server-price", "1", "--years", "1", "--pue", "1.2"], "--pue goes with"),
        (
            ["--server-price", "1", "--years", "1", "--power-price", "1", "--power-watts", "much"],
            "nor measured"
        ),
        (
            [
                "--server-price", "1", "--years", "1", "--power-watts", "9", "--power-price", "1", "--pue",
                "0.5",
            ],
            "ratio from 1"
        ),
        (["--cloud-price", "0"], "--cloud-price"), (["--tokens-per-day", "inf"], "--tokens-per-day"),
    ])
    func mistakes(arguments: [String], words: String) {
        let error = #expect(throws: (any Error).self) { try PriceOptions.parse(arguments) }
        let message = error.map { PriceOptions.message(for: $0) } ?? ""
        #expect(message.contains(words) && !message.contains("\n"), "\(message)")
    }
}
