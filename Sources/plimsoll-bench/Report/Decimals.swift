/// Numbers as the table shows them.
enum Decimals {
    static func text(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "–" }
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let whole = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard digits > 0 else { return sign + grouped(whole) }
        let fraction = String(whole % scale)
        return sign + grouped(whole / scale) + "." + String(repeating: "0", count: digits - fraction.count)
            + fraction
    }

    /// Without zeros at the end.
    static func text(_ value: Double, atMost digits: Int) -> String {
        var text = text(value, digits)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text
    }

    /// With its sign.
    static func signed(_ value: Double, _ digits: Int) -> String {
        (value < 0 ? "" : "+") + text(value, digits)
    }

    private static func grouped(_ value: Int) -> String {
        var text = ""
        for (index, digit) in String(value).reversed().enumerated() {
            if index > 0, index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
