import Measure
import Testing

@testable import Charts

@Suite struct WatchFormatTests {
    @Test func quantilesSayHowMuchTheyAreWorth() {
        #expect(Format.quantile(BucketQuantile(value: 8.4e8, isAtLeast: false)) == "~840 ms")
        #expect(Format.quantile(BucketQuantile(value: 1e10, isAtLeast: true)) == "≥10.0 s")
        #expect(Format.quantile(nil) == "–")
        #expect(Format.quantile(BucketQuantile(value: .nan, isAtLeast: false)) == "–")
    }

    @Test func bracketsAreOneFigureWhereTheyAreOne() {
        #expect(Format.bracket(0.581...0.614) == "58–61 %")
        #expect(Format.bracket(0.611...0.614) == "61 %")
        #expect(Format.bracket(nil) == "–")
        #expect(Format.wholePercent(0.004) == "0 %")
        #expect(Format.wholePercent(.infinity) == "–")
    }
}
