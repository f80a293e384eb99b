import Glibc

/// The little of the file system that settings, themes and `/proc` need.
package enum PlainFile {
    /// At most `limit` bytes of a regular file. A pipe or a device would never end, so they count as unreadable.
    ///
    /// - Parameter patience: of a pipe, too, as a shell's `<(…)` is one: with so many milliseconds between two
    ///   of its parts at most.
    /// - Returns: nil when it can't be read.
    package static func read(_ path: String, limit: Int = .max, patience: CInt = 0) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        let isPipe = status.st_mode & S_IFMT == S_IFIFO
        guard status.st_mode & S_IFMT == S_IFREG || (isPipe && patience > 0) else { return nil }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(limit, 65_536))
        while bytes.count < limit {
            let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN, isPipe, hasMore(descriptor, within: patience) { continue }
            guard count > 0 else { return count < 0 ? nil : bytes }
            bytes += buffer[..<count]
        }
        return bytes
    }

    private static func hasMore(_ descriptor: CInt, within milliseconds: CInt) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, milliseconds) > 0
    }

    /// The same of a text, whatever it holds that is none.
    package static func text(of path: String) -> String? {
        read(path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// When it was changed last, in nanoseconds since 1970; nil where there is no such file.
    package static func changed(_ path: String) -> Int64? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    }

    /// The names in a folder, in no order, `.` and `..` among them; none when there is no such folder.
    package static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                names.append(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
            }
        }
        return names
    }
}
