import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

/// Somebody's claims, beside the figures when asked for.
@Suite struct BandsTests {
    private func text(_ band: ReferenceBand?, _ width: Int, _ height: Int) -> String {
        var dashboard = Dashboard(themes: [.standard], glyphs: .braille, mode: .sweep, band: band)
        return dashboard.draw(Fixture.sweep, width: width, height: height, now: Fixture.sweep.at).text
    }

    @Test(arguments: ReferenceBand.allCases)
    func aClaimIsCalledOne(_ band: ReferenceBand) {
        let text = text(band, 120, 40)
        #expect(
            text.contains("a user, claim \(band.perUserText)") && self.text(band, 200, 60).contains(band.name)
        )
        #expect(text.contains("claim \(band.ttftText)"))
        #expect(self.text(band, 80, 24).contains(band.perUserText))
    }

    @Test func nobodyIsShownAClaimUnasked() {
        #expect(!text(nil, 120, 40).contains("claim"))
    }

    /// With a claim, every word and figure is still there that's there without one; only the clock may give way.
    @Test(arguments: ReferenceBand.allCases, [(80, 24), (120, 40), (200, 60)])
    func theyTakeNoFigureAway(_ band: ReferenceBand, _ size: (Int, Int)) {
        func words(_ band: ReferenceBand?) -> Set<Substring> {
            Set(
                text(band, size.0, size.1).split { " ,\n│─╭╮╰╯".contains($0) }.filter {
                    $0.first?.isLetter ?? false
                })
        }
        let lost = words(nil).subtracting(words(band).union(["UTC"]))
        #expect(lost.isEmpty, "\(lost)")
    }

    @Test func theGaugeOfAClaimHasAScale() {
        let lines = text(.own7b, 200, 60).split(separator: "\n")
        #expect(lines.contains { $0.contains("│claim") && $0.contains("own-7b 35–50") })
        #expect(lines.contains { $0.contains("87.7 ▕") && $0.contains("▏   100") })
    }

    @Test func theyFitEverywhere() {
        for (width, height) in [(40, 10), (50, 15), (80, 24), (200, 20), (200, 60), (400, 100)] {
            let lines = text(.own70b, width, height).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == height)
        }
    }

    @Test func bandsPicture() {
        var dashboard = Dashboard(themes: [.standard], glyphs: .braille, mode: .sweep, band: .sharedCloud)
        Picture.expect(
            dashboard.draw(Fixture.sweep, width: 120, height: 40, now: Fixture.sweep.at), is: "bands-120x40")
    }
}
