import Measure

/// A fault, and for what share of the requests: `reset`, `reset:0.1`.
package struct FaultChoice: Hashable, Sendable, Codable {
    package var fault: SimulatorFault
    /// From 0 to 1.
    package var probability: Double

    package init(_ fault: SimulatorFault, probability: Double = 1) {
        self.fault = fault
        self.probability = probability
    }

    /// Reads `NAME` or `NAME:PROBABILITY`, with `fault:` before it or not.
    ///
    /// - Throws: a name that there is not, or a probability that is none.
    package init(parsing text: String) throws(SimulatorError) {
        var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.first == "fault" { parts.removeFirst() }
        guard let name = parts.first, parts.count <= 2, let fault = SimulatorFault(rawValue: name) else {
            throw .unknownFault(text)
        }
        self.init(fault)
        guard parts.count == 2 else { return }
        guard let probability = Double(parts[1]), (0...1).contains(probability) else {
            throw .unknownFault(text)
        }
        self.probability = probability
    }

    func strikes(_ random: inout SplitMix64) -> SimulatorFault? {
        probability >= 1 || random.unit() < probability ? fault : nil
    }
}
