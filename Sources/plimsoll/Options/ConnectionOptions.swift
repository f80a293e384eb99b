import ArgumentParser
import Client
import Measure
import Wire

/// How to reach servers, whatever is asked of them.
struct ConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Environment variable that holds the API key.", valueName: "name"))
    var apiKeyEnv: String?

    @Option(
        help: ArgumentHelp(
            "One more header, as 'K: V', in place of plimsoll's own of that name; may be given several times. "
                + "@FILE reads them from a file, one a line: secrets are better there than on a command line.",
            valueName: "header"))
    var header: [String] = []

    @Option(
        help: ArgumentHelp(
            "PEM file with the certificate of one's own authority, believed beside the system's "
                + "(or those of SSL_CERT_FILE and SSL_CERT_DIR).", valueName: "file"))
    var caCert: String?

    @Flag(help: "Accept any TLS certificate.")
    var insecure = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long a request may take (default: 60s); a page of metrics has 5s at most.",
            valueName: "time"),
        transform: TimeSpan.parse)
    var timeout = TimeSpan.standard("60s")

    /// For the recording: as one would type them. A key's value is in none of them, and headers are named elsewhere.
    var recorded: [String: String] {
        var options = ["timeout": timeout.text]
        if let apiKeyEnv { options["api-key-env"] = apiKeyEnv }
        if let caCert { options["ca-cert"] = caCert }
        if insecure { options["insecure"] = "" }
        return options
    }

    /// - Parameter addresses: of all endpoints: what is secret in them is scrubbed from what servers say.
    func clientSettings(for addresses: [EndpointAddress] = []) throws -> ClientSettings {
        var settings = ClientSettings(
            insecure: insecure, requestTimeout: timeout.nanoseconds,
            userAgent: "plimsoll/\(Plimsoll.version)")
        if let apiKeyEnv { settings.apiKey = Secret(try Self.key(inVariable: apiKeyEnv)) }
        settings.headers = try HeaderOption.parse(all: header).map { ($0.name, Secret($0.value)) }
        for address in addresses {
            for secret in address.secrets { settings.scrubber.add(secret) }
        }
        do throws(TrustedRoots.Unusable) {
            // What the environment names is nobody's business where no certificate is looked at.
            let usesTLS = addresses.contains(where: \.usesTLS)
            settings.roots = try TrustedRoots(
                ownFile: caCert, environment: usesTLS ? Environment.variables : [:])
        } catch {
            throw ValidationError(error.message)
        }
        return settings
    }

    private static func key(inVariable name: String) throws -> String {
        guard let key = Environment.variables[name], !key.isEmpty else {
            // Whoever gives the key itself by mistake finds it in no log.
            throw ValidationError(
                VariableName.isOne(name)
                    ? "--api-key-env: the environment variable \(name) is not set"
                    : "--api-key-env: what was given is not the name of an environment variable that is set")
        }
        guard !key.contains(where: { $0.isNewline || !$0.isASCII }) else {
            throw ValidationError("--api-key-env: the key in \(name) has line breaks or is not ASCII")
        }
        return key
    }
}
