import ArgumentParser
import Client
import Wire

/// What is asked for, and how it is spoken.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The model to ask for; the first listed that answers, if not given.", valueName: "name"))
    var model: String?

    @Option(
        help: ArgumentHelp(
            "The API to speak: \(APIName.all) (default: the one that the URL names, or the first that answers).",
            valueName: "name"),
        transform: APIName.parse)
    var api: (any Dialect.Type)?

    var isEmpty: Bool { model == nil && api == nil }

    /// For the recording: as one would type them.
    var recorded: [String: String] {
        var options: [String: String] = [:]
        if let model { options["model"] = model }
        if let api { options["api"] = api.name }
        return options
    }
}
