import Measure
import Testing

@testable import Client

@Suite("Calibrating prompts")
struct PromptCalibrationTests {
    struct Tokenizer: Sendable, CustomTestStringConvertible {
        var overhead: Int
        var ratio: Double
        /// Tokens more or less, as a share of the words.
        var noise: Double

        var testDescription: String { "\(overhead) + \(ratio) · words ± \(noise)" }
    }

    static let tokenizers: [Tokenizer] = [0, 1, 20, 180].flatMap { overhead in
        [0.75, 1, 1.08, 1.3, 2.6].flatMap { ratio in
            [0, 0.004].map { Tokenizer(overhead: overhead, ratio: ratio, noise: $0) }
        }
    }

    @Test("it settles within 2 % or two tokens in six tries", arguments: tokenizers)
    func settles(tokenizer: Tokenizer) {
        for target in [256, 300, 1000, 4096, 32_000] {
            var random = SplitMix64(seed: UInt64(target))
            var calibration = PromptCalibration(targetTokens: target)
            var tries = 0
            while !calibration.isSettled, tries < 6 {
                let words = calibration.words
                let noise = Double.random(in: -1...1, using: &random) * tokenizer.noise
                let tokens = Double(tokenizer.overhead) + Double(words) * (tokenizer.ratio + noise)
                calibration.observe(words: words, tokens: Int(tokens.rounded()))
                tries += 1
            }
            #expect(calibration.isSettled, "\(calibration.observations)")
            let exact = Double(tokenizer.overhead) + Double(calibration.words) * tokenizer.ratio
            let allowed = max(2, Double(target) * 0.02) + Double(calibration.words) * tokenizer.noise + 1
            #expect(abs(exact - Double(target)) <= allowed)
        }
    }

    @Test("a template longer than the prompt asked for leaves one word")
    func tooShort() {
        var calibration = PromptCalibration(targetTokens: 5)
        for _ in 0..<6 { calibration.observe(words: calibration.words, tokens: 20 + calibration.words) }
        #expect(calibration.words == 1)
        #expect(!calibration.isSettled)
    }

    @Test("nonsense from a server does not break it", arguments: [-1, 0, 1, 1 << 40])
    func nonsense(tokens: Int) {
        var calibration = PromptCalibration(targetTokens: 100)
        for _ in 0..<6 {
            calibration.observe(words: calibration.words, tokens: tokens)
            #expect(calibration.words >= 1)
            #expect(calibration.words < 1 << 20)
        }
    }

    @Test("without a count, words are taken as tokens")
    func noCount() {
        #expect(PromptCalibration(targetTokens: 128).words == 128)
        #expect(PromptCalibration(targetTokens: 0).words == 1)
        #expect(PromptCalibration(targetTokens: -9).words == 1)
    }
}
