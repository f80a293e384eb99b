import ArgumentParser
import Client
import Measure
import Wire

/// How to reach endpoints.
struct EndpointOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The model to ask for; the first that the endpoint lists, if not given.", valueName: "name"))
    var model: String?

    @Option(help: ArgumentHelp("Environment variable that holds the API key.", valueName: "name"))
    var apiKeyEnv: String?

    @Option(
        help: ArgumentHelp("One more header, as 'K: V'; may be given several times.", valueName: "header"))
    var header: [String] = []

    @Flag(help: "Accept any TLS certificate.")
    var insecure = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long a request may take (default: 60s).", valueName: "time"),
        transform: TimeSpan.parse)
    var timeout = TimeSpan.standard("60s")

    func clientSettings() throws -> ClientSettings {
        var settings = ClientSettings(
            insecure: insecure, requestTimeout: timeout.nanoseconds, userAgent: "plimsoll/\(Plimsoll.version)"
        )
        if let apiKeyEnv {
            guard let key = Environment.variables[apiKeyEnv], !key.isEmpty else {
                throw ValidationError("--api-key-env: the environment variable \(apiKeyEnv) is not set")
            }
            guard !key.contains(where: { $0.isNewline || !$0.isASCII }) else {
                throw ValidationError(
                    "--api-key-env: the key in \(apiKeyEnv) has line breaks or is not ASCII")
            }
            settings.apiKey = Secret(key)
            settings.scrubber.add(key)
        }
        for text in header {
            let (name, value) = try HeaderOption.parse(text)
            settings.headers.append((name, Secret(value)))
            if !HeaderOption.isHarmless(name) { settings.scrubber.add(value) }
        }
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

extension TimeSpan {
    static func parse(_ text: String) throws -> TimeSpan {
        guard let span = TimeSpan(argument: text) else { throw ValidationError("give \(expectation)") }
        return span
    }

    /// A default, as it would be typed.
    static func standard(_ text: String) -> TimeSpan {
        TimeSpan(argument: text) ?? TimeSpan(nanoseconds: .second, text: "1s")
    }

    private init(nanoseconds: Nanoseconds, text: String) {
        self.nanoseconds = nanoseconds
        self.text = text
    }
}
