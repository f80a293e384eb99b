/// The numbers of metrics pages: hundreds on each, every second.
enum MetricsNumber {
    /// nil where it is no number. `NaN` and `+Inf` are some, as the format has them.
    static func parse(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Double? {
        plain(text) ?? Double(String(decoding: text, as: UTF8.self))
    }

    /// Without an exponent and with so few digits that one division gives the nearest double.
    private static func plain(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Double? {
        var digits: UInt64 = 0
        var count = 0
        var behindPoint = -1
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
                count += 1
                if behindPoint >= 0 { behindPoint += 1 }
                guard count <= 15 else { return nil }
            case UInt8(ascii: "."):
                guard behindPoint < 0, count > 0 else { return nil }
                behindPoint = 0
            default: return nil
            }
        }
        guard count > 0, behindPoint != 0 else { return nil }
        return behindPoint > 0 ? Double(digits) / powers[behindPoint] : Double(digits)
    }

    private static let powers: [Double] = (0...15).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }
}
