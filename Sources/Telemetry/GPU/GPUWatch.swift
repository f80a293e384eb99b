/// Watches whether this machine's NVIDIA GPUs are throttled.
///
/// Which of them serves which endpoint nobody says: all are watched.
public actor GPUWatch {
    private let library: NVML
    private var tally = ThrottleTally()

    private static let period = Duration.milliseconds(250)

    /// nil where there is nothing to watch.
    public init?() {
        guard let library = NVML() else { return nil }
        self.library = library
    }

    /// Reads now and four times a second, until it is cancelled.
    public func watch() async {
        while !Task.isCancelled {
            tally.add(library.throttleReasons())
            try? await Task.sleep(for: Self.period)
        }
    }

    /// What was seen since `watch` began.
    public func seen() -> ThrottleTally { tally }
}
