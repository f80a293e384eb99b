import Charts
import Measure
import Testing

@testable import Dashboard

#if canImport(Glibc)
import Glibc
#endif

@Test(.enabled(if: getenv("SHOW") != nil)) func showScreens() {
    let sizes = [(120, 40), (80, 24), (50, 15), (40, 10), (200, 60), (200, 20)]
    for (name, snapshot) in [
        ("sweep", Fixture.sweep), ("several", Fixture.several), ("finished", Fixture.finished),
        ("failed", Fixture.failed), ("early", Fixture.discovering), ("warm", Fixture.warmingUp),
        ("trouble", Fixture.trouble), ("hostile", Fixture.hostile),
    ] {
        for (w, h) in sizes {
            var d = Fixture.dashboard()
            print("=== \(name) \(w)x\(h)")
            print(d.draw(snapshot, width: w, height: h, now: snapshot.at).text)
        }
    }
    for keys in ["?", "?\t", "q", "mhello", "hh", "4", "5", " ", "y"] {
        for (w, h) in sizes.prefix(3) {
            var d = Fixture.dashboard()
            _ = d.draw(Fixture.sweep, width: w, height: h, now: Fixture.sweep.at)
            for key in keys {
                _ = d.handle(
                    key == "\t" ? .tab : .character(key), snapshot: Fixture.sweep, now: Fixture.sweep.at)
            }
            print("=== keys \(keys) \(w)x\(h)")
            print(d.draw(Fixture.sweep, width: w, height: h, now: Fixture.sweep.at).text)
        }
    }
}
