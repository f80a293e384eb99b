import Glibc
import System

/// A running program, with what it has written so far. Used by one thread.
final class Child {
    let launch: Launch
    private let process: ChildProcess
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
        do throws(SystemError) {
            switch launch.screen {
            case .none:
                let (output, errors) = (try Pipe(waits: true), try Pipe(waits: true))
                defer { for pipe in [output, errors] { close(pipe.writeEnd) } }
                (outputEnd, errorEnd) = (output.readEnd, errors.readEnd)
                process = try ChildProcess(
                    launch.started(
                        output: .descriptor(output.writeEnd), error: .descriptor(errors.writeEnd)))
            case .terminal(let columns, let rows):
                let screen = try PseudoTerminal(columns: columns, rows: rows)
                terminal = screen.master
                var start = launch.started(output: .terminal(screen.path), error: .terminal(screen.path))
                start.input = .terminal(screen.path)
                start.company = .ownSession
                process = try ChildProcess(start)
            }
        } catch {
            throw .system(launch.program, error)
        }
    }

    deinit { for end in [outputEnd, errorEnd, terminal] where end >= 0 { close(end) } }

    var isRunning: Bool { usage == nil }
    var seconds: Double { Double(Clocks.monotonic() - started) / 1e9 }
    var errorText: String { String(decoding: errors, as: UTF8.self) }

    func signal(_ number: Int32) { process.send(number) }

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
    func residentBytes() -> Int { ProcFile.kilobytes("VmRSS", of: process.identifier).map { $0 * 1024 } ?? 0 }

    /// CPU time that it has used so far.
    func cpuSeconds() -> Double? { ProcFile.cpuSeconds(of: process.identifier) }

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
        highWater = max(highWater, ProcFile.kilobytes("VmHWM", of: process.identifier) ?? 0)
    }

    private func reap() {
        guard let ending = process.ending else { return }
        // What it wrote last.
        for _ in 0..<64 { drain(waitingMilliseconds: 0) }
        usage = ProcessUsage(
            exit: ending.exit, user: ending.user, system: ending.system, peakBytes: highWater * 1024,
            wall: seconds)
    }
}
