#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

func systemErrorCode() -> Int32 { errno }

func systemErrorText(_ code: Int32) -> String {
    var text = [CChar](repeating: 0, count: 200)
    strerror_r(code, &text, text.count)
    return String(zeroTerminated: text)
}

extension String {
    /// What a C function has written into a buffer.
    init(zeroTerminated characters: [CChar]) {
        self.init(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Now on the monotonic clock, the one on which the simulator keeps its truth.
func monotonicNanoseconds() -> Int64 { nanoseconds(CLOCK_MONOTONIC) }

/// What to take from nanoseconds since 1970 to get monotonic ones.
func wallClockOffset() -> Int64 {
    let before = monotonicNanoseconds()
    let wall = nanoseconds(CLOCK_REALTIME)
    return wall - before - (monotonicNanoseconds() - before) / 2
}

private func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// A whole small file; nil when it can't be read.
func contents(ofFile path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(file, &buffer, buffer.count)
        guard count > 0 else { break }
        bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
}
