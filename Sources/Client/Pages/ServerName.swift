package import Measure
import Synchronization
import Wire

/// What a server is called, and what runs on it: as it says where asking costs it nothing.
package struct ServerName: Hashable, Sendable {
    package var model: Shown?
    /// With its version, where it has one.
    package var server: Shown?
}

extension ServerPages {
    /// nil where it says neither.
    ///
    /// - Parameters:
    ///   - root: what stands before all of its routes: a proxy's prefix, or nothing.
    ///   - limit: for all that is asked.
    package func name(below root: String, within limit: Nanoseconds) async -> ServerName? {
        let deadline = SystemTime.now() + limit
        let path = root + "/v1" + ChatCompletions.modelsRoute
        guard let answer = try? await whole(path, within: limit) else { return nil }
        let page = ModelsPage(answer, path: path, dialect: ChatCompletions.self, scrubber: settings.scrubber)
        var version: Shown?
        for path in ServerFacts.pages.map({ root + $0 }) where version == nil && !Task.isCancelled {
            guard let answer = try? await whole(path, within: max(0, deadline - SystemTime.now())),
                let document = JSONValue(parsing: answer.body)
            else { continue }
            version = ServerFacts.version(in: document, settings.scrubber)
        }
        // Some say it with the version.
        let isSaid = page.server.map { version?.text.hasPrefix($0.text) ?? false } ?? false
        let words = [isSaid ? nil : page.server, version].compactMap(\.self)
        let name = ServerName(
            model: page.names.first.map { settings.scrubber.shown($0, limit: 120) },
            server: words.isEmpty ? nil : words.dropFirst().reduce(words[0]) { "\($0) \($1)" })
        return name == ServerName() ? nil : name
    }

    private func whole(_ path: String, within limit: Nanoseconds) async throws -> WholeAnswer {
        let body = Mutex<[UInt8]>([])
        let head = try await get(path, accept: "application/json", within: limit) { part in
            try body.withLock { body in
                guard body.count + part.count <= WireLimits.wholeAnswer else {
                    throw WireError.tooLarge(what: "an answer", limit: WireLimits.wholeAnswer)
                }
                body += part
            }
        }
        return WholeAnswer(head: head, body: body.withLock { $0 })
    }
}
