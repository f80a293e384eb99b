import Glibc
import System

/// A running program, with what it has written so far. Used by one thread.
final class Child {
    let launch: Launch
    let pid: pid_t
    let started = Clocks.monotonic()
    private(set) var output: [UInt8] = []
    private(set) var errors: [UInt8] = []
    /// What the terminal was sent, where there is one.
    private(set) var traffic = TerminalTraffic()
    private(set) var usage: ProcessUsage?
    /// Holds the terminal to this many bytes a second; nil: reads what there is.
    var terminalSpeed: Int?

    private var outputEnd: Int32 = -1
    private var errorEnd: Int32 = -1
    private var terminal: Int32 = -1
    private var highWater = 0
    private var nextLook: Int64 = 0
    private var allowance = 0.0
    private var lastRefill = Clocks.monotonic()

    init(_ launch: Launch) throws(BenchError) {
        self.launch = launch
        let spawned = try Spawn.start(launch)
        pid = spawned.pid
        (outputEnd, errorEnd, terminal) = (spawned.output, spawned.errors, spawned.terminal)
    }

    deinit {
        if usage == nil {
            kill(pid, SIGKILL)
            var status: Int32 = 0
            waitpid(pid, &status, 0)
        }
        for end in [outputEnd, errorEnd, terminal] where end >= 0 { close(end) }
    }

    var isRunning: Bool { usage == nil }
    var seconds: Double { Double(Clocks.monotonic() - started) / 1e9 }
    var errorText: String { String(decoding: errors, as: UTF8.self) }

    func signal(_ number: Int32) {
        if usage == nil { kill(pid, number) }
    }

    /// Presses keys.
    func type(_ keys: String) {
        _ = keys.withCString { write(terminal, $0, strlen($0)) }
    }

    /// Serves the program's pipes and terminal until it has ended or `enough` says so.
    func serve(timeout: Double, until enough: (Child) -> Bool = { _ in false }) throws(BenchError) {
        let deadline = started + Int64(timeout * 1e9)
        while usage == nil, !enough(self) {
            drain(waitingMilliseconds: 100)
            look()
            reap()
            guard Clocks.monotonic() < deadline else {
                throw BenchError(
                    "\(launch.commandLine): not at its end after \(Int(timeout)) s\n\(errorText)")
            }
        }
    }

    /// Memory that is resident now, in bytes.
    func residentBytes() -> Int { ProcFile.kilobytes("VmRSS", of: pid).map { $0 * 1024 } ?? 0 }

    private func drain(waitingMilliseconds: Int32) {
        let isThrottled = terminalSpeed != nil && terminal >= 0
        var ends = [outputEnd, errorEnd, isThrottled ? -1 : terminal].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        poll(&ends, nfds_t(ends.count), waitingMilliseconds)
        if ends[0].revents != 0 { Self.read(&outputEnd, into: &output) }
        if ends[1].revents != 0 { Self.read(&errorEnd, into: &errors) }
        if isThrottled || ends[2].revents != 0 { readTerminal() }
    }

    private static func read(_ end: inout Int32, into bytes: inout [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(end, &buffer, buffer.count)
        if count > 0 {
            bytes += buffer[..<count]
        } else if count == 0 || errno != EINTR {
            close(end)
            end = -1
        }
    }

    private func readTerminal() {
        guard terminal >= 0 else { return }
        var most = 65_536
        let now = Clocks.monotonic()
        if let terminalSpeed {
            allowance += Double(now - lastRefill) / 1e9 * Double(terminalSpeed)
            allowance = min(allowance, Double(terminalSpeed) / 4)
            most = Int(allowance)
            guard most > 0 else { return }
        }
        lastRefill = now
        var buffer = [UInt8](repeating: 0, count: most)
        let count = Glibc.read(terminal, &buffer, most)
        if count > 0 {
            allowance -= Double(count)
            traffic.add(count, at: Double(now - started) / 1e9)
            traffic.remember(buffer[..<count])
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            // EIO: nobody holds the other end any more.
            close(terminal)
            terminal = -1
        }
    }

    /// The most that was resident, as the kernel keeps it for this program alone. (What `wait4` says of that
    /// includes the benchmark itself, from before the program was loaded.)
    private func look() {
        let now = Clocks.monotonic()
        guard now >= nextLook else { return }
        nextLook = now + 200_000_000
        highWater = max(highWater, ProcFile.kilobytes("VmHWM", of: pid) ?? 0)
    }

    private func reap() {
        var status: Int32 = 0
        var used = rusage()
        guard wait4(pid, &status, WNOHANG, &used) == pid else { return }
        // What it wrote last.
        for _ in 0..<64 { drain(waitingMilliseconds: 0) }
        usage = ProcessUsage(
            exit: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F),
            user: Self.seconds(used.ru_utime),
            system: Self.seconds(used.ru_stime), peakBytes: highWater * 1024, wall: seconds)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
