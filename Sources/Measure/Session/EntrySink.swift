/// Whoever takes what a session yields: the recorder taps the entries through this.
///
/// Calls come in the order in which the collector took things in, from one task at a time, and must
/// return at once: a sink that has to wait for a disk queues.
package protocol EntrySink: Sendable {
    func take(_ entry: SessionEntry)
}
