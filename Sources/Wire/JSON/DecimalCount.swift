/// A JSON number that is a whole one, however it is spelled. Reads digit by digit: no exponent makes it work
/// longer, and nothing can overflow.
enum DecimalCount {
    /// nil: negative, not whole, too large for a count, or no number.
    static func value(of text: some Collection<UInt8>) -> Int? {
        var digits: UInt64 = 0
        var exponent = 0
        var isExact = true
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }

        var seen = 0
        var isFraction = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else {
                let digit = byte &- UInt8(ascii: "0")
                guard digit <= 9 else { break }
                seen += 1
                // Eighteen digits are kept; of those behind them only whether they are zero matters.
                if digits < 100_000_000_000_000_000 {
                    digits = digits * 10 + UInt64(digit)
                    if isFraction { exponent -= 1 }
                } else {
                    if digit != 0 { isExact = false }
                    if !isFraction { exponent += 1 }
                }
            }
            rest = rest.dropFirst()
        }
        guard seen > 0, let tens = self.exponent(of: rest) else { return nil }
        if digits == 0 { return isExact ? 0 : nil }
        guard !isNegative, isExact else { return nil }
        exponent += tens

        while exponent < 0 {
            guard digits % 10 == 0 else { return nil }
            digits /= 10
            exponent += 1
        }
        while exponent > 0 {
            guard digits < most else { return nil }
            digits *= 10
            exponent -= 1
        }
        return digits < most ? Int(digits) : nil
    }

    private static let most = UInt64(UInt32.max) - 1

    /// What follows the digits: nothing, or `e` and a power of ten; bounded, since a larger one means the same.
    private static func exponent(of text: some Collection<UInt8>) -> Int? {
        guard let mark = text.first else { return 0 }
        guard mark | 0x20 == UInt8(ascii: "e") else { return nil }
        var rest = text.dropFirst()
        let sign = rest.first
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard !rest.isEmpty else { return nil }
        var value = 0
        for byte in rest {
            let digit = byte &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = min(value * 10 + Int(digit), 1 << 30)
        }
        return sign == UInt8(ascii: "-") ? -value : value
    }
}
