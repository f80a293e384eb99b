import Testing

/// All scenarios, one after the other: each has processes, terminals and a clock of its own, and two cores
/// are soon full. One file a scenario.
@Suite("Scenarios", .serialized, .timeLimit(.minutes(10))) struct Scenarios {}
