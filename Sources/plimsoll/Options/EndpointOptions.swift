import ArgumentParser
import Client
import Measure
import Wire

/// How to reach endpoints, and what to speak to them.
struct EndpointOptions: ParsableArguments {
    @OptionGroup var wanted: ModelOptions
    @OptionGroup var connection: ConnectionOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long to wait for a server that starts or loads its model (default: 0s).", valueName: "time"),
        transform: TimeSpan.parseOrZero)
    var wait = TimeSpan.zero

    var model: String? { wanted.model }

    /// For the recording: as one would type them.
    var recorded: [String: String] {
        var options = connection.recorded.merging(wanted.recorded) { own, _ in own }
        if wait.nanoseconds > 0 { options["wait"] = wait.text }
        return options
    }

    /// - Parameter addresses: of all endpoints: what is secret in them is scrubbed from what servers say.
    func clientSettings(for addresses: [EndpointAddress] = []) throws -> ClientSettings {
        var settings = try connection.clientSettings(for: addresses)
        settings.api = wanted.api
        settings.wait = wait.nanoseconds
        return settings
    }

    static func addresses(_ urls: [String]) throws -> [EndpointAddress] {
        guard urls.count <= 8 else {
            throw ValidationError("at most 8 endpoints at once; \(urls.count) were given")
        }
        return try urls.map { url in
            do throws(EndpointAddress.ParseError) { return try EndpointAddress(parsing: url) } catch {
                throw ValidationError(error.message)
            }
        }
    }
}

/// `--api chat`
enum APIName {
    /// "chat, completions or ollama"
    static var all: String {
        let names = Dialects.all.map { $0.name }
        return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    }

    static func parse(_ text: String) throws -> any Dialect.Type {
        guard let dialect = Dialects.named(text) else { throw ValidationError("give \(all)") }
        return dialect
    }
}

/// What looks like a variable's name, and like no key.
enum VariableName {
    /// Capitals in words of at most twelve, digits only at a word's end and at most three: keys look otherwise.
    static func isOne(_ text: String) -> Bool {
        text.utf8.count <= 60
            && text.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { word in
                let letters = word.prefix { ("A"..."Z").contains($0) }
                let digits = word[letters.endIndex...]
                return letters.count <= 12 && digits.count <= 3
                    && digits.allSatisfy { ("0"..."9").contains($0) }
            }
    }
}

extension TimeSpan {
    static func parse(_ text: String) throws -> TimeSpan {
        guard let span = TimeSpan(argument: text) else {
            throw ValidationError((isZero(text) ? "it can't be 0; " : "") + "give \(expectation)")
        }
        return span
    }

    static func parseOrZero(_ text: String) throws -> TimeSpan { isZero(text) ? zero : try parse(text) }

    private static func isZero(_ text: String) -> Bool { ["0", "0s", "0m", "0ms", "0h"].contains(text) }

    /// A default, as it would be typed.
    static func standard(_ text: String) -> TimeSpan {
        TimeSpan(argument: text) ?? TimeSpan(nanoseconds: .second, text: "1s")
    }

    static let zero = TimeSpan(nanoseconds: 0, text: "0s")

    private init(nanoseconds: Nanoseconds, text: String) {
        self.nanoseconds = nanoseconds
        self.text = text
    }
}
