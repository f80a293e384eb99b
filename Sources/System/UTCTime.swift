import Glibc

/// A moment in the calendar, at Greenwich.
package struct UTCTime {
    package let year: Int
    /// 1 to 12.
    package let month: Int
    package let day: Int
    /// 0 is Sunday.
    package let weekday: Int
    package let hour: Int
    package let minute: Int
    package let second: Int

    /// - Parameter unixTime: seconds since 1970.
    package init(unixTime: Int) {
        var time = time_t(unixTime)
        var parts = tm()
        gmtime_r(&time, &parts)
        (year, month, day) = (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
        weekday = Int(parts.tm_wday)
        (hour, minute, second) = (Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec))
    }
}
