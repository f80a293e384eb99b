/// What happened to a server between two readings of it.
package enum ServerEvent: Hashable, Sendable {
    /// Another process answers, which began since: its counters began anew.
    case restarted
    /// Counters are lower than before, and nothing says why: what was counted in between isn't known.
    case countersFell
    /// Another process answers, which had been there before: a balancer stands in front of several.
    case otherReplica
    /// A histogram has other buckets than before.
    case bucketsChanged
    /// Nothing came for a while; the last figures stand.
    case gone
    case back(after: Nanoseconds)
}
