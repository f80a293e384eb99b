import Glibc
import System

/// `posix_spawn` with pipes, or with a terminal.
enum Spawn {
    struct Spawned {
        var pid: pid_t
        var output: Int32 = -1
        var errors: Int32 = -1
        var terminal: Int32 = -1
    }

    static func start(_ launch: Launch) throws(BenchError) -> Spawned {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        // Signals as a shell would leave them: the benchmark itself ignores SIGPIPE.
        var usual = sigset_t()
        sigemptyset(&usual)
        sigaddset(&usual, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &usual)

        var spawned = Spawned(pid: 0)
        var childEnds: [Int32] = []
        defer { for end in childEnds { close(end) } }
        switch launch.screen {
        case .none:
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            let (output, errors) = (try pipeEnds(), try pipeEnds())
            (spawned.output, spawned.errors) = (output.ours, errors.ours)
            childEnds = [output.theirs, errors.theirs]
            posix_spawn_file_actions_adddup2(&actions, output.theirs, 1)
            posix_spawn_file_actions_adddup2(&actions, errors.theirs, 2)
        case .terminal(let columns, let rows):
            // A session of its own, so that the terminal becomes its controlling one.
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | 0x80 /* SETSID */)
            let terminal = try PseudoTerminal(columns: columns, rows: rows)
            spawned.terminal = terminal.master
            for number: Int32 in 0...2 {
                posix_spawn_file_actions_addopen(&actions, number, terminal.path, O_RDWR, 0)
            }
        }
        let code = withArguments([launch.program] + launch.arguments) { arguments in
            withArguments(environment(for: launch.screen)) { environment in
                posix_spawn(&spawned.pid, launch.program, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw .system(launch.program, SystemError(code)) }
        return spawned
    }

    private static func pipeEnds() throws(BenchError) -> (ours: Int32, theirs: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system("a pipe") }
        // One thread spawns everything: nothing can be started between the two calls.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Always the same, whatever terminal the benchmark itself runs in.
    private static func environment(for screen: Launch.Screen) -> [String] {
        var variables = ["LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TERM=xterm-256color"]
        for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"] {
            if let value = getenv(name) { variables.append("\(name)=\(String(cString: value))") }
        }
        return variables
    }

    private static func withArguments<Result>(
        _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = words.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
