/// A run of 101 colours. All but the last two are btop's.
package enum ThemeGradient: String, Hashable, Sendable, CaseIterable {
    case temperature = "temp"
    case cpu
    case free
    case cached
    case available
    case used
    case download
    case upload
    case process
    /// Ours: bars of latency histograms; `cpu` when a theme has none.
    case latency = "chart_latency"
    /// Ours: tokens/s; `download` when a theme has none.
    case throughput = "chart_throughput"
}
