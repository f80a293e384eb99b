import Foundation
import Measure

/// llama.cpp's `/slots`: what each of its places is at, between the moments at which its counters move.
package struct SlotsPage {
    /// As series, so that they are read and recorded like any others.
    private(set) var samples: [(name: String, value: Double)] = []

    /// More than any server has.
    private static let mostSlots = 1_024
    /// Each with all its settings.
    package static let mostBytes = 2 << 20

    init(parsing page: [UInt8]) {
        guard page.count <= Self.mostBytes,
            let slots = try? JSONDecoder().decode([Slot].self, from: Data(page))
        else { return }
        for slot in slots.prefix(Self.mostSlots) {
            func add(_ what: String, _ value: Double?) {
                guard let value else { return }
                samples.append(("llamacpp:slot_\(what){slot=\"\(slot.id)\"}", value))
            }
            let isBusy = slot.isProcessing ?? (slot.state.map { $0 != 0 } ?? false)
            add("busy", isBusy ? 1 : 0)
            add("context_tokens", slot.context)
            // What an idle slot says is of the request before.
            guard isBusy else { continue }
            add("task", slot.task)
            add("prompt_tokens", slot.promptTokens)
            add("prompt_tokens_processed", slot.processed)
            add("decoded_tokens", slot.next?.decoded)
            // With an answer's first token the server has counted its prompt.
            if slot.next?.decoded == 0 { add("prompt_tokens_read", slot.processed) }
        }
    }

    private struct Slot: Decodable {
        var id: Int
        var isProcessing: Bool?
        /// Older builds have a number in its place.
        var state: Int?
        var context: Double?
        var task: Double?
        var promptTokens: Double?
        var processed: Double?
        var next: Next?

        enum CodingKeys: String, CodingKey {
            case id
            case isProcessing = "is_processing"
            case state
            case context = "n_ctx"
            case task = "id_task"
            case promptTokens = "n_prompt_tokens"
            case processed = "n_prompt_tokens_processed"
            case next = "next_token"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(Int.self, forKey: .id)
            isProcessing = try? container.decodeIfPresent(Bool.self, forKey: .isProcessing)
            state = try? container.decodeIfPresent(Int.self, forKey: .state)
            context = try? container.decodeIfPresent(Double.self, forKey: .context)
            task = try? container.decodeIfPresent(Double.self, forKey: .task)
            promptTokens = try? container.decodeIfPresent(Double.self, forKey: .promptTokens)
            processed = try? container.decodeIfPresent(Double.self, forKey: .processed)
            // An array; in older builds the object itself.
            next =
                (try? container.decodeIfPresent([Next].self, forKey: .next))?.first
                ?? (try? container.decodeIfPresent(Next.self, forKey: .next))
        }
    }

    private struct Next: Decodable {
        var decoded: Double?

        enum CodingKeys: String, CodingKey { case decoded = "n_decoded" }
    }
}
