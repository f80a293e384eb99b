import Glibc

/// Why a call to the system failed: its number, and its words as a part of a sentence.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: Int32

    package init(_ code: Int32) { self.code = code }

    /// Of the call that this thread made last, and that failed.
    package static var last: SystemError { SystemError(errno) }

    package static let addressInUse = SystemError(EADDRINUSE)
    package static let connectionRefused = SystemError(ECONNREFUSED)
    package static let connectionReset = SystemError(ECONNRESET)
    package static let brokenPipe = SystemError(EPIPE)
    package static let timedOut = SystemError(ETIMEDOUT)

    /// There is no way to the address.
    package var isUnreachable: Bool {
        [EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, EADDRNOTAVAIL].contains(code)
    }

    /// The process, or the whole machine, may open no more files.
    package var isOutOfDescriptors: Bool { code == EMFILE || code == ENFILE }

    package var description: String {
        switch code {
        case ENOSPC, EDQUOT: return "the disk is full"
        case EACCES, EPERM: return "permission denied"
        case EROFS: return "the file system is read-only"
        case EFBIG: return "the file would be larger than allowed"
        case EMFILE, ENFILE: return "out of file descriptors: raise the limit with ulimit -n"
        default:
            var text = [CChar](repeating: 0, count: 128)
            guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
            return String(zeroTerminated: text).lowercased()
        }
    }
}

extension String {
    /// What a C function has written into a buffer.
    package init(zeroTerminated characters: [CChar]) {
        self.init(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
