import FoundationEssentials
import Measure
import NIOSSL

/// Whose certificates are believed: the system's authorities, or those that `SSL_CERT_FILE` and `SSL_CERT_DIR`
/// name in their place, and one's own beside them.
package struct TrustedRoots: Sendable {
    /// In place of the system's; nil: the system's.
    private var replacing: [NIOSSLCertificate]?
    private var own: [NIOSSLCertificate] = []

    package static let system = TrustedRoots()

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
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: path)) } catch {
            throw Unusable(message: "\(option): can't read the file \(name)")
        }
        guard let found = try? NIOSSLCertificate.fromPEMBytes(Array(bytes)), !found.isEmpty else {
            throw Unusable(message: "\(option): there is no certificate in PEM format in \(name)")
        }
        return found
    }

    /// A folder holds other things, too: what is no certificate is passed over.
    private static func certificates(inFolder path: String) throws(Unusable) -> [NIOSSLCertificate] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw Unusable(
                message: "SSL_CERT_DIR: can't read the folder \(Printable.excerpt(path, limit: 200))")
        }
        return names.sorted().flatMap { (try? NIOSSLCertificate.fromPEMFile(path + "/" + $0)) ?? [] }
    }
}
