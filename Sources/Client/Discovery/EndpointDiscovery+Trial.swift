import Measure
import Wire

extension EndpointDiscovery {
    /// Finds the first model and the first API of a family that take a request, and the fields that they take: chat
    /// with each model, then completions. Nothing but a refused key, or nobody there, ends the search early.
    func trial(
        _ session: inout Session, _ family: [any Dialect.Type], models: [String], isNamed: Bool
    ) async throws(DiscoveryError) {
        var source = PromptSource(seed: seed ^ 0x7472_6961_6C)
        var refusals: [Refusal] = []
        search: for dialect in family {
            for model in models {
                session.dialect = dialect
                session.model = model
                guard let failure = try await settle(&session, &source, hasOthers: models.count > 1) else {
                    note(refusals, models: models, isNamed: isNamed, in: &session)
                    return
                }
                refusals.append(Refusal(model: model, dialect: dialect.name, trial: failure))
                if session.isSpent { break search }
                // No route: no other model has one.
                if refusals.last?.isAbsence == true { break }
            }
        }
        guard let telling = Refusal.mostTelling(refusals) else {
            throw DiscoveryError(
                session.address.origin, RequestFailure(kind: .other, message: "no request was accepted"),
                settings)
        }
        // The list that nobody seemed to need, and that came too late, would help after all.
        if telling.trial.text.isAboutModel, session.page.failure?.kind == .timeout,
            let page = try? await session.exchange.modelsPage(of: session.address, by: session.dialect)
        {
            session.page = page
        }
        throw DiscoveryError(
            session.address.origin, telling.trial.failure, settings,
            advice: advice(for: telling, in: session), isAbsence: telling.isAbsence)
    }

    private struct Refusal {
        var model: String
        var dialect: String
        var trial: TrialFailure

        /// There is no such route.
        var isAbsence: Bool { trial.failure.kind == .notFound && !trial.text.isAboutModel }

        /// The first that says more than that nothing is there.
        static func mostTelling(_ refusals: [Refusal]) -> Refusal? {
            refusals.first { $0.trial.failure.kind != .notFound }
                ?? refusals.first { $0.trial.text.isAboutModel } ?? refusals.first
        }
    }

    /// One model through one API: asks with all fields, gives up what is refused. nil when it was accepted.
    private func settle(
        _ session: inout Session, _ source: inout PromptSource, hasOthers: Bool
    ) async throws(DiscoveryError) -> TrialFailure? {
        // What was refused bare is not to be blamed on the fields: the next one is asked bare at once.
        if !session.isBareRefused { session.choice.takeAll() } else { session.choice.takeNone() }
        var grows = session.isBareRefused
        var unexplained: TrialFailure?
        while true {
            do throws(TrialFailure) {
                let words = session.calibration.words
                try await ask(&session, words: words, prompts: &source)
            } catch {
                if error.failure.status != nil, session.choice.isNamed(in: error.text) {
                    // Whatever its status, it is about that field.
                    if session.isSpent { return unexplained ?? error }
                    if session.choice.adapt(to: error.text) { continue }
                }
                try stop(at: error, session, hasOthers: hasOthers)
                if session.isSpent || error.isFinal { return unexplained ?? error }
                if session.choice.adapt(to: error.text) { continue }
                if error.mayBeAboutFields, !session.choice.isBare {
                    session.choice.takeNone()
                    unexplained = unexplained ?? error
                    grows = true
                    continue
                }
                if session.choice.isBare { session.isBareRefused = true }
                return unexplained ?? error
            }
            if grows { try await addFields(&session, &source) }
            session.isBareRefused = false
            return nil
        }
    }

    /// A bare request was accepted: each field alone shows whether it is.
    private func addFields(
        _ session: inout Session, _ source: inout PromptSource
    ) async throws(DiscoveryError) {
        for field in session.choice.order where session.choice.addable.contains(field) && !session.isSpent {
            session.choice.add(field)
            do throws(TrialFailure) {
                let words = session.calibration.words
                try await ask(&session, words: words, prompts: &source)
            } catch {
                try stop(at: error, session, hasOthers: false)
                session.choice.drop(field)
            }
        }
    }

    private func stop(at trial: TrialFailure, _ session: Session, hasOthers: Bool) throws(DiscoveryError) {
        guard trial.isFinal, !(hasOthers && trial.mayBeAboutModel) else { return }
        throw DiscoveryError(session.address.origin, trial.failure, settings)
    }

    private func advice(for refusal: Refusal, in session: Session) -> Shown? {
        let trial = refusal.trial
        let listed = session.page.names
        if !listed.isEmpty, !listed.contains(refusal.model),
            trial.failure.kind == .notFound || trial.text.isAboutModel
        {
            return "it has: \(list(listed))"
        }
        if trial.isAboutLength { return "ask for less with --input-tokens" }
        if trial.text.wantsTLS { return "try https://" }
        if trial.failure.kind == .notAStream { return "is this \(own: session.dialect.family)?" }
        return nil
    }

    private func note(_ refusals: [Refusal], models: [String], isNamed: Bool, in session: inout Session) {
        let others = session.page.names.filter { $0 != session.model }
        if !isNamed, !others.isEmpty {
            session.notes.append(
                "the first of \(session.page.names.count) models that answers; the others: \(list(others))")
        }
        let same = refusals.first { $0.model == session.model && $0.dialect != session.dialect.name }
        if let same {
            session.notes.append("\(own: same.dialect) is refused: \(same.trial.failure.message)")
        }
    }

    /// A few of a server's names.
    private func list(_ names: [String]) -> Shown {
        let most = 5
        var text: Shown = ""
        for (index, name) in names.prefix(most).enumerated() {
            let shown = settings.scrubber.shown(name, limit: 60)
            text = index == 0 ? shown : "\(text), \(shown)"
        }
        return names.count > most ? "\(text) and \(names.count - most) more" : text
    }
}
