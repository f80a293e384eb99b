import Glibc
import Synchronization

/// A program that was started. It ends with the last reference, and leaves nothing behind.
///
/// Foundation's `Process` waits until everyone who inherited from the child has gone too (with a tmux server, for
/// ever), and neither it nor swift-subprocess gives a child a terminal.
package final class ChildProcess: Sendable {
    /// What is started, and how.
    package struct Launch: Sendable {
        /// Where a standard stream leads.
        package enum Stream: Sendable {
            /// Read from, or made anew to write to.
            case file(String)
            /// One of this process's descriptors, which keeps it.
            case descriptor(Int32)
            /// It becomes the program's controlling one where that has a session of its own.
            case terminal(String)
        }

        /// With whom it gets the terminal's signals.
        package enum Company: Sendable { case starter, ownGroup, ownSession }

        package var program: String
        package var arguments: [String]
        /// All of it: nothing is inherited.
        package var environment: [String: String]
        package var input = Stream.file("/dev/null")
        package var output: Stream
        package var error: Stream
        package var company = Company.starter

        /// - Parameter program: with its path.
        package init(
            _ program: String, arguments: [String], environment: [String: String], output: Stream,
            error: Stream
        ) {
            self.program = program
            self.arguments = arguments
            self.environment = environment
            self.output = output
            self.error = error
        }
    }

    /// How it ended, and what it had used by then.
    package struct Ending: Sendable {
        /// Its exit code, or the signal that ended it as a negative number.
        package let exit: Int32
        /// Seconds of CPU time, over all threads, in the program and in the system for it.
        package let user: Double
        package let system: Double
    }

    package let identifier: Int32
    private let ended = Mutex<Ending?>(nil)

    /// - Throws: why it can't be started.
    package init(_ launch: Launch) throws(SystemError) {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, stream) in [launch.input, launch.output, launch.error].enumerated() {
            Self.lead(Int32(number), to: stream, &actions)
        }
        Self.set(&attributes, launch.company)
        let words = ([launch.program] + launch.arguments).map { strdup($0) } + [nil]
        let variables = launch.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + variables { free(word) } }
        var started = pid_t()
        let failure = posix_spawn(&started, launch.program, &actions, &attributes, words, variables)
        guard failure == 0 else { throw SystemError(failure) }
        identifier = started
    }

    deinit {
        guard ending == nil else { return }
        kill(identifier, SIGKILL)
        waitpid(identifier, nil, 0)
    }

    /// nil while it runs.
    package var ending: Ending? {
        ended.withLock { ended in
            if let ended { return ended }
            var status: Int32 = 0
            var used = rusage()
            guard wait4(identifier, &status, WNOHANG, &used) == identifier else { return nil }
            let killer = status & 0x7F
            ended = Ending(
                exit: killer == 0 ? status >> 8 & 0xFF : -killer, user: Self.seconds(used.ru_utime),
                system: Self.seconds(used.ru_stime))
            return ended
        }
    }

    /// To nobody else: while it isn't reaped, its number can't be another's.
    package func send(_ signal: Int32) {
        if ending == nil { kill(identifier, signal) }
    }

    private static func lead(
        _ number: Int32, to stream: Launch.Stream, _ actions: inout posix_spawn_file_actions_t
    ) {
        switch stream {
        case .file(let path):
            let flags = number == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
            posix_spawn_file_actions_addopen(&actions, number, path, flags | O_NOCTTY, 0o600)
        case .descriptor(let descriptor):
            posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        case .terminal(let path):
            posix_spawn_file_actions_addopen(&actions, number, path, O_RDWR, 0)
        }
    }

    /// Whatever this process ignores or blocks is none of the child's business.
    private static func set(_ attributes: inout posix_spawnattr_t, _ company: Launch.Company) {
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let group =
            switch company {
            case .starter: Int32(0)
            case .ownGroup: Int32(POSIX_SPAWN_SETPGROUP)
            case .ownSession: Int32(0x80)  // POSIX_SPAWN_SETSID, for which glibc wants `_GNU_SOURCE`
            }
        posix_spawnattr_setflags(
            &attributes, Int16(group | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)))
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
