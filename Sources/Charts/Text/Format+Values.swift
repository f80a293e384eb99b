import Measure

extension Format {
    /// `850 µs`, `9.8 ms`, `61 ms`, `1.24 s`, `3:20 min` from nanoseconds; "–" for nil, NaN and infinity.
    public static func duration(_ nanoseconds: Double?) -> String { unknown }
    public static func duration(_ nanoseconds: Nanoseconds) -> String { duration(Double(nanoseconds)) }
    /// Only the number, in milliseconds, for columns whose header says `ms`: `9.8`, `61`, `1 240`.
    public static func milliseconds(_ nanoseconds: Double?) -> String { unknown }
    /// `0.42`, `25.1`, `320`, `8.01 k`, `1.2 M`.
    public static func count(_ value: Double?) -> String { unknown }
    /// `3 214`: every digit, in groups of three; rounded to a whole number.
    public static func grouped(_ value: Double?) -> String { unknown }
    /// `512 B`, `2.1 MB`, `80 GB`; powers of ten.
    public static func bytes(_ value: Double?) -> String { unknown }
    /// `00:02:41`.
    public static func elapsed(_ span: Nanoseconds) -> String { unknown }
    /// `12 %`, `0.4 %` from a share, where 1 is 100 %.
    public static func percent(_ share: Double?) -> String { unknown }
    /// `+12 %`, `-3.4 %`: a difference, from a share.
    public static func signedPercent(_ share: Double?) -> String { unknown }
}
