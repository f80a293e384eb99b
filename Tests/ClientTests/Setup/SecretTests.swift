import Testing

@testable import Client

@Suite("Secrets")
struct SecretTests {
    private let secret = Secret("hunter2")

    @Test("a secret is never printed, whichever way it is tried")
    func neverPrinted() {
        var dumped = ""
        dump(secret, to: &dumped)
        let settings = ClientSettings(apiKey: secret, headers: [("x-key", secret)])
        var dumpedSettings = ""
        dump(settings, to: &dumpedSettings)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), secret.description,
            secret.debugDescription, dumped, "\([secret])", "\(Optional(secret) as Any)", "\(settings)",
            String(reflecting: settings), dumpedSettings,
            "\(Mirror(reflecting: secret).children.map(\.value))",
        ]
        for text in texts { #expect(!text.contains("hunter2"), "\(text)") }
    }

    @Test("it is the value itself on the wire")
    func revealed() { #expect(secret.reveal() == "hunter2") }
}
