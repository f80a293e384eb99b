package import Measure
import System

/// A server whose load line is looked for.
package struct LineSeeker: Hashable, Sendable {
    package var url: String
    /// nil where it doesn't say.
    package var model: Shown?
    /// Its name and version: "vLLM 0.33.0".
    package var server: Shown?

    package init(url: String, model: Shown?, server: Shown?) {
        self.url = url
        self.model = model
        self.server = server
    }

    /// Where its line may stand.
    struct Candidate {
        /// Its place in the list that was looked through.
        var sweep: Int
        var endpoint: EndpointID
        var isOfSameURL: Bool
    }

    /// Those of the very server, then those of its like; the newest first among each.
    ///
    /// A demo's server is nobody's like: it was made up, and is gone.
    func candidates(in sweeps: [RecordedSweep]) -> [Candidate] {
        let place = ServerPlace(url, saidOn: ThisMachine.name)
        var own: [Candidate] = []
        var alike: [Candidate] = []
        for (index, sweep) in sweeps.enumerated().sorted(by: { $0.element.isNewer(than: $1.element) }) {
            for endpoint in sweep.endpoints {
                if let place, endpoint.place == place, mayServe(endpoint.info.model) {
                    own.append(Candidate(sweep: index, endpoint: endpoint.info.id, isOfSameURL: true))
                } else if sweep.session.command != "demo", isLike(endpoint.info) {
                    alike.append(Candidate(sweep: index, endpoint: endpoint.info.id, isOfSameURL: false))
                }
            }
        }
        return own + alike
    }

    /// Not where either doesn't say.
    private func mayServe(_ model: Shown) -> Bool {
        guard let own = self.model, !model.text.isEmpty else { return true }
        return own == model
    }

    /// As far as both say what they are: the same model, in the same version of the same program.
    private func isLike(_ endpoint: EndpointInfo) -> Bool {
        guard let model, model == endpoint.model, let server, let version = endpoint.version else {
            return false
        }
        return server == version || server.text.hasSuffix(" \(version.text)")
    }
}

extension RecordedSweep {
    fileprivate func isNewer(than other: RecordedSweep) -> Bool {
        session.started.unixNanoseconds > other.session.started.unixNanoseconds
    }
}
