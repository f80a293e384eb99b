package import Measure

/// Sees what goes on around an endpoint while its windows are open: is the server still the same process, do the
/// GPUs run at full speed? It may take as long as it needs; only the window's figures wait for it.
package protocol WindowWitness: Sendable {
    /// Before anything is sent: what others ask of the server, and whose page says so; nil where nothing is seen.
    func others() async -> (source: SourceID, load: ForeignLoad)?

    func windowOpens(_ level: Int) async

    /// - Parameter known: how the window came about.
    func windowClosed(_ level: Int, _ known: WindowCircumstances) async -> WindowCircumstances
}

extension WindowWitness {
    package func others() async -> (source: SourceID, load: ForeignLoad)? { nil }
}

/// The witnesses of a session's endpoints, and what they bring in themselves.
package struct Witnesses: Sendable {
    var ofEndpoint: [EndpointID: any WindowWitness]
    var sources: [any Source]

    package init(ofEndpoint: [EndpointID: any WindowWitness] = [:], sources: [any Source] = []) {
        self.ofEndpoint = ofEndpoint
        self.sources = sources
    }
}
