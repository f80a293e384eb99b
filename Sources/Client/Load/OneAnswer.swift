package import Measure

extension DiscoveredEndpoint {
    /// One request with a new prompt, timed as a sweep times its own: by a user of a load, who sends one and no more.
    ///
    /// - Returns: nil where its task was cancelled before there was an answer.
    package func oneAnswer(outputTokens: Int) async throws(RequestFailure) -> RequestRecord? {
        do {
            let load = try await LoadGenerator(loops: 1)
            let (records, record) = AsyncStream.makeStream(of: RequestRecord.self)
            let delivering = Task {
                await load.run(into: RequestTaker(record: record))
                record.finish()
            }
            try await load.add(self, requestedTokens: outputTokens, seed: UInt64.random(in: .min ... .max))
            try await load.sendOne(to: info.id)
            var first: RequestRecord?
            for await record in records where !record.wasCancelled {
                first = record
                break
            }
            try await load.shutDown()
            await delivering.value
            return first
        } catch {
            throw RequestFailure(error, settings.scrubber)
        }
    }

    /// How long its prompts are, as far as that is known: in tokens, or in words.
    package var promptLength: Int { calibration.observations.last?.tokens ?? calibration.words }
}

private struct RequestTaker: EntryTaker {
    let record: AsyncStream<RequestRecord>.Continuation

    func take(_ entry: SessionEntry) {
        guard case .batch(let batch) = entry else { return }
        for request in batch.requests { record.yield(request) }
    }
}
