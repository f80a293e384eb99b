/// How a level's window came about and what went on around it: what its samples alone don't tell.
package struct WindowCircumstances: Hashable, Sendable, Codable {
    /// It was closed before its time: by hand, by a stop or by the circuit breaker.
    package var cutShort: Bool
    /// It had opened because the level was steady, and not because the wait was over.
    package var openedSteady: Bool
    /// Another process answers at its end than at its beginning.
    package var serverRestarted: Bool
    /// A GPU that the endpoint may run on held its clocks down.
    package var gpuThrottled: Bool

    package init(
        cutShort: Bool = false, openedSteady: Bool = true, serverRestarted: Bool = false,
        gpuThrottled: Bool = false
    ) {
        self.cutShort = cutShort
        self.openedSteady = openedSteady
        self.serverRestarted = serverRestarted
        self.gpuThrottled = gpuThrottled
    }
}

extension WindowCircumstances {
    /// What a file doesn't say was as it should be.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        let usual = WindowCircumstances()
        func said(_ key: CodingKeys, or usual: Bool) throws -> Bool {
            try members.decodeIfPresent(Bool.self, forKey: key) ?? usual
        }
        cutShort = try said(.cutShort, or: usual.cutShort)
        openedSteady = try said(.openedSteady, or: usual.openedSteady)
        serverRestarted = try said(.serverRestarted, or: usual.serverRestarted)
        gpuThrottled = try said(.gpuThrottled, or: usual.gpuThrottled)
    }
}

extension WindowCircumstances {
    /// What was not as it should be; empty where all was.
    package var words: String {
        let said: [(Bool, String)] = [
            (cutShort, "cut short"), (!openedSteady, "not steady when it opened"),
            (serverRestarted, "the server restarted"), (gpuThrottled, "a GPU throttled"),
        ]
        return said.filter(\.0).map(\.1).joined(separator: ", ")
    }
}
