import Testing

@testable import Terminal

@Suite struct PaddingTests {
    @Test func delaysGo() {
        #expect(Padding.stripped("\u{1B}[m\u{0F}$<2>") == Array("\u{1B}[m\u{0F}".utf8))
        #expect(Padding.stripped("a$<5*/>b$<1>") == Array("ab".utf8))
        #expect(Padding.stripped("$ $<x") == Array("$ $<x".utf8))
        #expect(Padding.stripped("") == [])
    }
}
