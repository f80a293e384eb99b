import Charts
import Measure
import Testing

@testable import Dashboard

#if canImport(Glibc)
import Glibc
#endif

@Test(.enabled(if: getenv("SHOW") != nil)) func showScreens() {
    for (name, snapshot) in [
        ("sweep", Fixture.sweep), ("several", Fixture.several), ("finished", Fixture.finished),
    ] {
        for (w, h) in [(120, 40), (80, 24), (50, 15), (40, 10)] {
            var d = Fixture.dashboard()
            print("=== \(name) \(w)x\(h)")
            print(d.draw(snapshot, width: w, height: h, now: snapshot.at).text)
        }
    }
}
