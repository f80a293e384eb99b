import Glibc

/// Measures the measuring instrument: runs `plimsoll` against its simulator, in processes of their own, and
/// holds what it says and what it costs against the truth and against a bare client.
@main
enum Bench {
    static func main() {
        // A child that ends early must not take the benchmark with it.
        signal(SIGPIPE, SIG_IGN)
        do {
            let options = try BenchOptions(arguments: Array(CommandLine.arguments.dropFirst()))
            if options.wantsHelp {
                print(BenchOptions.help)
                return
            }
            let figures = try run(options)
            exit(figures.contains { $0.grade == .short } ? 1 : 0)
        } catch {
            Progress.say("plimsoll-bench: \(error)")
            exit(error is BenchOptions.UsageError ? 2 : 3)
        }
    }

    private static func run(_ options: BenchOptions) throws -> [Figure] {
        let programs = try Programs(directory: options.programs)
        let scratch = try Scratch()
        defer { scratch.remove() }
        let bench = Workbench(programs: programs, scratch: scratch, length: options.length)
        let machine = Machine.described
        var figures: [Figure] = []
        for section in options.sections {
            Progress.say("\(section.rawValue): \(section.summary)")
            let more = try section.run(on: bench)
            for figure in more { Progress.say("  \(figure.line)") }
            figures += more
        }
        print(FigureTable.text(figures, machine: machine, length: options.length))
        return figures
    }
}
