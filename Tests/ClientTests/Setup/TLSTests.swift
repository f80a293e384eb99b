import Foundation
import Measure
import Testing

@testable import Client

/// A folder of certificates, and servers that show them. Needs openssl and python3.
private final class Certificates: Sendable {
    let folder: String

    static let isPossible = ["openssl", "python3"].allSatisfy { program in
        (try? run(["which", program]))?.isEmpty == false
    }

    init() throws {
        folder = NSTemporaryDirectory() + "certificates-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try authority("ca")
        try authority("other-ca")
        try server("localhost", names: "DNS:localhost")
        try server("elsewhere", names: "DNS:elsewhere.example")
        try server("address", names: "IP:127.0.0.1")
        try FileManager.default.createDirectory(atPath: folder + "/roots", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: path("ca.pem"), toPath: folder + "/roots/one.pem")
        try Data("no certificate".utf8).write(to: URL(fileURLWithPath: folder + "/roots/README"))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { folder + "/" + name }

    private func authority(_ name: String) throws {
        try Self.run([
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
            "-keyout", path("\(name).key"), "-out", path("\(name).pem"),
        ])
    }

    private func server(_ name: String, names: String) throws {
        try Self.run([
            "openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(name)", "-keyout",
            path("\(name).key"), "-out", path("\(name).csr"),
        ])
        try Data("subjectAltName=\(names)\n".utf8).write(to: URL(fileURLWithPath: path("\(name).ext")))
        try Self.run([
            "openssl", "x509", "-req", "-days", "2", "-in", path("\(name).csr"), "-CA", path("ca.pem"),
            "-CAkey",
            path("ca.key"), "-CAcreateserial", "-extfile", path("\(name).ext"), "-out", path("\(name).pem"),
        ])
    }

    @discardableResult
    static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return text
    }
}

/// A small server that speaks TLS; it ends with its owner, or with the tests' process at the latest: then its
/// standard input ends.
private final class TLSServer {
    private let process = Process()
    private let input = Pipe()
    private(set) var port = 0

    private static let script = """
        import os, socket, ssl, sys, threading
        old = sys.argv[3] == 'old'
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if old:
            context.set_ciphers('ALL:@SECLEVEL=0')
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        listener = socket.socket(); listener.bind(('127.0.0.1', 0)); listener.listen(64)
        def event(text): return 'data: ' + text + '\\n\\n'
        def serve(plain):
            try:
                with context.wrap_socket(plain, server_side=True) as connection:
                    data = b''
                    while b'\\r\\n\\r\\n' not in data:
                        more = connection.recv(65536)
                        if not more: return
                        data += more
                    if data.startswith(b'GET'): body, kind = '["m"]', 'application/json'
                    else:
                        body = event('{"choices":[{"delta":{"content":"a"}}]}') \\
                            + event('{"choices":[],"usage":{"prompt_tokens":40,"completion_tokens":1}}') + event('[DONE]')
                        kind = 'text/event-stream'
                    connection.sendall(('HTTP/1.1 200 OK\\r\\ncontent-type: %s\\r\\ncontent-length: %d\\r\\n\\r\\n%s'
                        % (kind, len(body), body)).encode())
                    connection.recv(1)
            except (OSError, ssl.SSLError): pass
        def watch():
            sys.stdin.read()
            os._exit(0)
        threading.Thread(target=watch, daemon=True).start()
        print(listener.getsockname()[1], flush=True)
        while True:
            plain, _ = listener.accept()
            threading.Thread(target=serve, args=(plain,), daemon=True).start()
        """

    init(_ name: String, _ certificates: Certificates, isOld: Bool = false) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-W", "ignore", "-c", Self.script, certificates.path("\(name).pem"),
            certificates.path("\(name).key"), isOld ? "old" : "new",
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    // Not by a signal: some are blocked in the tests' process, and so in its children.
    deinit { try? input.fileHandleForWriting.close() }
}

@Suite("TLS", .timeLimit(.minutes(10)), .enabled(if: Certificates.isPossible))
struct TLSTests {
    private let certificates: Certificates

    init() throws { certificates = try Certificates() }

    private func settings(
        ca: String? = nil, environment: [String: String] = [:], insecure: Bool = false
    ) throws -> ClientSettings {
        ClientSettings(
            insecure: insecure,
            roots: try TrustedRoots(ownFile: ca.map(certificates.path), environment: environment),
            requestTimeout: 3600 * .second)
    }

    private func failure(_ url: String, _ settings: ClientSettings) async throws -> DiscoveryError {
        try await #require(throws: DiscoveryError.self) { try await discover(url, settings: settings) }
    }

    @Test("a private authority is believed where it is named, in each of the ways")
    func privateAuthority() async throws {
        let server = try TLSServer("localhost", certificates)
        let url = "https://localhost:\(server.port)"
        let (file, folder) = (certificates.path("ca.pem"), certificates.path("roots"))
        let ways = [
            try settings(ca: "ca.pem"), try settings(environment: ["SSL_CERT_FILE": file]),
            try settings(environment: ["SSL_CERT_DIR": folder]),
            try settings(environment: ["SSL_CERT_DIR": certificates.folder + "/roots:" + folder]),
            try settings(
                ca: "ca.pem", environment: ["SSL_CERT_FILE": certificates.path("other-ca.pem")]),
            try settings(insecure: true),
        ]
        for way in ways {
            let found = try await discover(url, settings: way)
            #expect(found.info.model == "m")
            var rig = try await LoadRig(found)
            try await rig.hold(1)
            try await rig.until { $0.good.count >= 1 }
            try await rig.end()
        }
    }

    @Test("an unknown authority is refused, and the message says what helps")
    func unknownAuthority() async throws {
        let server = try TLSServer("localhost", certificates)
        let url = "https://localhost:\(server.port)"
        for way in [
            try settings(), try settings(ca: "other-ca.pem"),
            try settings(environment: ["SSL_CERT_FILE": certificates.path("other-ca.pem")]),
        ] {
            let error = try await failure(url, way)
            #expect(error.failure.kind == .tls)
            #expect("\(error)".contains("can't be verified") && "\(error)".contains("--ca-cert"), "\(error)")
        }
    }

    @Test(
        "a certificate for another host is refused as that", arguments: ["elsewhere", "address", "localhost"])
    func otherHost(name: String) async throws {
        let server = try TLSServer(name, certificates)
        let way = try settings(ca: "ca.pem")
        for host in ["localhost", "127.0.0.1"] {
            let url = "https://\(host):\(server.port)"
            // A certificate for the very address that was reached is good for its name as well.
            let isMeant = name == "address" || (name, host) == ("localhost", "localhost")
            if isMeant {
                #expect(try await discover(url, settings: way).info.model == "m")
            } else {
                let error = try await failure(url, way)
                #expect(error.failure.kind == .tls)
                #expect("\(error)".contains("is for another host"), "\(error)")
            }
            #expect(try await discover(url, settings: settings(insecure: true)).info.model == "m")
        }
    }

    @Test(
        "older than TLS 1.2 is refused, whether certificates are looked at or not", arguments: [true, false])
    func oldTLS(insecure: Bool) async throws {
        let server = try TLSServer("localhost", certificates, isOld: true)
        let error = try await failure(
            "https://localhost:\(server.port)", try settings(ca: "ca.pem", insecure: insecure))
        #expect([.tls, .closedEarly, .connectionReset].contains(error.failure.kind), "\(error)")
    }

    @Test("what can't be used as an authority is said before anything is sent")
    func unusable() throws {
        let empty = certificates.path("empty.pem")
        try Data().write(to: URL(fileURLWithPath: empty))
        let cases: [(String?, [String: String], String)] = [
            (certificates.path("none.pem"), [:], "--ca-cert: can't read"),
            (certificates.folder, [:], "--ca-cert: can't read"),
            (certificates.path("roots/README"), [:], "--ca-cert: there is no certificate"),
            (empty, [:], "--ca-cert: there is no certificate"),
            (certificates.path("ca.key"), [:], "--ca-cert: there is no"),
            (nil, ["SSL_CERT_FILE": "/no/such/file"], "SSL_CERT_FILE: can't read"),
            (nil, ["SSL_CERT_DIR": "/no/such/folder"], "SSL_CERT_DIR: can't read"),
        ]
        for (file, environment, words) in cases {
            let error = try #require(throws: TrustedRoots.Unusable.self) {
                try TrustedRoots(ownFile: file, environment: environment)
            }
            #expect(error.message.hasPrefix(words), "\(error.message)")
            #expect(!error.message.contains("\n"))
        }
    }
}
