import Measure
import NIOSSL
import System

/// Whose certificates are believed: the system's authorities, or those that `SSL_CERT_FILE` and `SSL_CERT_DIR`
/// name in their place, and one's own beside them.
package struct TrustedRoots: Sendable {
    /// In place of the system's; nil: the system's.
    private var replacing: [NIOSSLCertificate]?
    private var own: [NIOSSLCertificate] = []

    package static let system = TrustedRoots()

    /// All the authorities of a system are a quarter of a megabyte.
    private static let mostBytes = 8 << 20

    /// What can't be used as authorities.
    package struct Unusable: Error, Hashable, Sendable {
        package let message: String
    }

    private init() {}

    /// - Parameter ownFile: a PEM file of one's own authorities, beside the others.
    /// - Throws: a file or a folder that can't be read, or a file without a certificate in it.
    package init(ownFile: String?, environment: [String: String]) throws(Unusable) {
        if let ownFile { own = try Self.certificates(inFile: ownFile, named: "--ca-cert") }
        let (file, folder) = (environment["SSL_CERT_FILE"] ?? "", environment["SSL_CERT_DIR"] ?? "")
        guard !(file.isEmpty && folder.isEmpty) else { return }
        var found: [NIOSSLCertificate] = []
        if !file.isEmpty { found += try Self.certificates(inFile: file, named: "SSL_CERT_FILE") }
        for folder in folder.split(separator: ":") {
            found += try Self.certificates(inFolder: String(folder))
        }
        replacing = found
    }

    /// A context for connections to servers that are checked against these.
    func context(insecure: Bool) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        // Older versions are broken; whoever accepts any certificate didn't ask for them.
        configuration.minimumTLSVersion = .tlsv12
        if let replacing { configuration.trustRoots = .certificates(replacing) }
        if !own.isEmpty { configuration.additionalTrustRoots = [.certificates(own)] }
        if insecure { configuration.certificateVerification = .none }
        return try NIOSSLContext(configuration: configuration)
    }

    private static func certificates(
        inFile path: String, named option: String
    ) throws(Unusable) -> [NIOSSLCertificate] {
        let name = Printable.excerpt(path, limit: 200)
        guard let bytes = PlainFile.read(path, limit: mostBytes + 1) else {
            throw Unusable(message: "\(option): can't read the file \(name)")
        }
        guard bytes.count <= mostBytes else {
            throw Unusable(message: "\(option): the file \(name) is longer than those of certificates are")
        }
        guard let found = try? NIOSSLCertificate.fromPEMBytes(bytes), !found.isEmpty else {
            throw Unusable(message: "\(option): there is no certificate in PEM format in \(name)")
        }
        return found
    }

    /// A folder holds other things, too: what is no certificate is passed over.
    private static func certificates(inFolder path: String) throws(Unusable) -> [NIOSSLCertificate] {
        let names = PlainFile.names(in: path)
        // One that can be read has itself in it.
        guard !names.isEmpty else {
            throw Unusable(
                message: "SSL_CERT_DIR: can't read the folder \(Printable.excerpt(path, limit: 200))")
        }
        return names.sorted().compactMap { PlainFile.read(path + "/" + $0, limit: mostBytes) }
            .flatMap { (try? NIOSSLCertificate.fromPEMBytes($0)) ?? [] }
    }
}
