import Foundation
import Glibc
import Synchronization

/// A process of ours, in a group of its own, with its streams in files.
///
/// Foundation's `Process` waits until everyone who inherited from the child has gone too: with a tmux
/// server, for ever.
final class ChildProcess: Sendable {
    let identifier: pid_t
    private let ending = Mutex<Int32?>(nil)

    init(
        _ command: [String], environment: [String: String], folder: String, input: String = "/dev/null",
        output: String, error: String
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDWR | O_NOCTTY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, error, flags, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Whatever the tests' own process ignores or blocks is none of the child's business.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        // posix_spawn's own way to change the folder isn't in every C library's headers.
        let words = (["/usr/bin/env", "-C", folder] + command).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + variables { free(word) } }
        var started = pid_t()
        let failure = posix_spawn(&started, "/usr/bin/env", &actions, &attributes, words, variables)
        guard failure == 0 else {
            throw Problem("can't start \(command[0]): \(String(cString: strerror(failure)))")
        }
        identifier = started
    }

    deinit {
        guard status == nil else { return }
        send(SIGKILL)
        waitpid(identifier, nil, 0)
    }

    /// As waitpid tells it; nil while it runs.
    var status: Int32? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
            ending = status
            return status
        }
    }

    /// To nobody else: while it isn't reaped, its number can't be another's.
    func send(_ signal: Int32) {
        if status == nil { kill(identifier, signal) }
    }
}
