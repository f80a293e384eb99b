/// The signals that ask this program to end, as long as somebody listens. The first is a request; at the second
/// whoever makes these ends the program itself.
package protocol StopRequests {
    var stream: AsyncStream<Int32> { get }
    /// The first that came, if any did.
    var first: Int32? { get }
    /// Nobody listens any more.
    func cancel()
}
