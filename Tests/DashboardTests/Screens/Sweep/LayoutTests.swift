import Canvas
import Charts
import Testing

@testable import Dashboard

@Suite struct LayoutTests {
    /// Nothing overlaps, nothing escapes, nothing is empty, every cell is covered.
    static func faults(
        width: Int, height: Int, endpoints: Int, servers: Bool = false, maximised: PanelKind?
    ) -> String? {
        let panels = SweepLayout.panels(
            width: width, height: height,
            parts: SweepParts(endpoints: endpoints, hasServers: servers, gpus: servers ? 4 : 0),
            maximised: maximised)
        let place = "\(width)×\(height), \(endpoints) endpoints, \(String(describing: maximised)): "
        var covered = 0
        let rects = panels.sorted { "\($0.key)" < "\($1.key)" }
        for (index, panel) in rects.enumerated() {
            let rect = panel.value
            if rect.isEmpty { return place + "\(panel.key) is empty" }
            if rect.x < 0 || rect.y < 0 || rect.maxX > width || rect.maxY > height {
                return place + "\(panel.key) escapes"
            }
            covered += rect.width * rect.height
            for other in rects.dropFirst(index + 1) {
                let apart =
                    rect.maxX <= other.value.x || other.value.maxX <= rect.x || rect.maxY <= other.value.y
                    || other.value.maxY <= rect.y
                if !apart { return place + "\(panel.key) and \(other.key) overlap" }
            }
            if panel.key.digit != nil, rect.width < 18 || rect.height < 4 {
                return place + "\(panel.key) is too small: \(rect)"
            }
        }
        if covered != width * height { return place + "\(width * height - covered) cells are nobody's" }
        return nil
    }

    @Test func everySizeIsRight() {
        for height in 10...100 {
            for width in stride(from: 40, through: 400, by: height % 7 == 0 ? 1 : 9) {
                for (endpoints, servers) in [(1, false), (2, false), (8, false), (1, true), (8, true)] {
                    let fault = Self.faults(
                        width: width, height: height, endpoints: endpoints, servers: servers, maximised: nil)
                    #expect(fault == nil)
                    if fault != nil { return }
                }
            }
        }
    }

    @Test func everyMaximisedPanelIsRight() {
        for panel in SweepLayout.kinds {
            for height in 10...100 {
                for width in stride(from: 40, through: 400, by: 40) {
                    let fault = Self.faults(width: width, height: height, endpoints: 2, maximised: panel)
                    #expect(fault == nil)
                    if fault != nil { return }
                }
            }
        }
    }

    @Test func tooSmallMeansNothing() {
        for (width, height) in [(39, 10), (40, 9), (0, 0), (1, 1), (-5, 3), (400, 9)] {
            #expect(SweepLayout.panels(width: width, height: height).isEmpty)
        }
        #expect(SweepLayout.panels(width: 40, height: 10).isEmpty == false)
    }

    /// The order that the documentation states.
    @Test func panelsGiveWayInTheStatedOrder() {
        var gone: [PanelKind] = []
        let parts = SweepParts(endpoints: 3)
        for height in stride(from: 60, through: 10, by: -1) {
            let panels = SweepLayout.panels(width: 60, height: height, parts: parts)
            for panel in SweepLayout.kinds.filter(parts.have)
            where panels[panel] == nil && !gone.contains(panel) {
                gone.append(panel)
            }
            for panel in gone { #expect(panels[panel] == nil, "\(panel) came back at \(height)") }
        }
        #expect(gone == [.message, .curve, .verdict, .ttft, .tpot, .endpoints])
    }

    @Test func theEssentialsAreAlwaysThere() {
        for height in 10...100 {
            for width in stride(from: 40, through: 400, by: 13) {
                let panels = SweepLayout.panels(width: width, height: height, parts: SweepParts(endpoints: 8))
                for panel in [PanelKind.status, .throughput, .levels, .footer] {
                    #expect(panels[panel] != nil)
                }
            }
        }
    }

    @Test func aTallerScreenMakesNoPanelLower() {
        for width in [40, 80, 120, 200] {
            var before = SweepLayout.panels(width: width, height: 30)
            for height in 31...100 {
                let panels = SweepLayout.panels(width: width, height: height)
                for (panel, rect) in panels {
                    #expect(rect.height >= before[panel]?.height ?? 0, "\(panel) at \(width)×\(height)")
                }
                before = panels
            }
        }
    }

    /// A row each, on the smallest common screen, too.
    @Test func severalEndpointsAreAllInSight() throws {
        for (height, most) in [(24, 7), (40, 20), (60, 20)] {
            for endpoints in 2...most {
                let panels = SweepLayout.panels(
                    width: 80, height: height, parts: SweepParts(endpoints: endpoints))
                #expect(try #require(panels[.endpoints]).height >= endpoints + 3, "\(endpoints) at \(height)")
            }
        }
        let panels = SweepLayout.panels(width: 80, height: 24, parts: SweepParts(endpoints: 3))
        #expect(panels[.curve] != nil && panels[.message] != nil && panels[.ttft] != nil)
    }

    @Test func wideAndLowKeepsTheCurveBesideTheLevels() throws {
        let panels = SweepLayout.panels(width: 200, height: 14)
        let curve = try #require(panels[.curve])
        let levels = try #require(panels[.levels])
        #expect(curve.y == levels.y && curve.maxX == levels.x)
    }

    @Test func theCurveIsTheLargestOnTheModelScreen() throws {
        let panels = SweepLayout.panels(width: 120, height: 40)
        let curve = try #require(panels[.curve])
        #expect(curve.width == 120 && curve.height >= 14)
        for (panel, rect) in panels where panel != .curve {
            #expect(rect.width * rect.height < curve.width * curve.height, "\(panel)")
        }
    }
}
