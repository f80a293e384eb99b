import Glibc

/// A pipe of this process's own: no program that it starts inherits an end by chance. Who makes it closes it.
package struct Pipe: Sendable {
    package let readEnd: Int32
    package let writeEnd: Int32

    /// - Parameter waits: whether reading waits for bytes, and writing for room.
    /// - Throws: where there are no descriptors left.
    package init(waits: Bool) throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .last }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            if !waits { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    package func close() {
        Glibc.close(readEnd)
        Glibc.close(writeEnd)
    }
}
