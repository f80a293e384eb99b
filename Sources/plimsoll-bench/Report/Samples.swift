/// Figures over samples.
enum Samples {
    /// Linearly between neighbouring samples, as plimsoll has it; nil without any.
    static func percentile(_ share: Double, _ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard let last = sorted.indices.last else { return nil }
        let place = share * Double(last)
        let low = Int(place)
        return sorted[low] + (sorted[min(last, low + 1)] - sorted[low]) * (place - Double(low))
    }

    static func median(_ values: [Double]) -> Double? { percentile(0.5, values) }

    static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
