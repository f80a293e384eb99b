import TestServer

extension ScriptedServer {
    static func stream(_ events: [String]) -> Reply { .answer(Reading.chunked(events)) }
}
