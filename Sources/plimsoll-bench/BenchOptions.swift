/// The command line.
struct BenchOptions {
    struct UsageError: Error, CustomStringConvertible {
        var description: String
    }

    private(set) var length = RunLength.standard
    private(set) var sections = Section.allCases
    /// Where `plimsoll` and `plimsoll-epoll` lie; beside this program, if not given.
    private(set) var programs: String?
    private(set) var wantsHelp = false

    static let help = """
        usage: plimsoll-bench [--quick | --long] [--only NAME,…] [--dashboard-bytes] [--programs DIR]

          --quick            short runs, to see that everything works; the figures are rough
          --long             ten minutes instead of two for the flatness of memory
          --only NAME,…      only these: \(Section.allCases.map(\.rawValue).joined(separator: ", "))
          --dashboard-bytes  the same as --only terminal
          --programs DIR     where plimsoll, plimsoll-epoll and libfake-nvml.so lie; beside this program, if not given

        Nothing else should run on the machine meanwhile. Ends with 1 when a figure falls short.
        """

    init(arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--quick": length = .quick
            case "--long": length = .long
            case "--dashboard-bytes": sections = [.terminal]
            case "--only": sections = try Self.sections(Self.value(of: argument, &rest))
            case "--programs": programs = try Self.value(of: argument, &rest)
            case "--help", "-h": wantsHelp = true
            default: throw UsageError(description: "unknown option \(argument)\n\(Self.help)")
            }
        }
    }

    private static func value(of option: String, _ rest: inout ArraySlice<String>) throws(UsageError)
        -> String
    {
        guard let value = rest.popFirst() else {
            throw UsageError(description: "\(option) needs a value\n\(help)")
        }
        return value
    }

    private static func sections(_ names: String) throws(UsageError) -> [Section] {
        var sections: [Section] = []
        for name in names.split(separator: ",") {
            guard let section = Section(rawValue: String(name)) else {
                let known = Section.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError(description: "--only \(name): there are \(known)")
            }
            sections.append(section)
        }
        return sections
    }
}

/// How much time to take.
enum RunLength {
    case quick, standard, long
}
