/// A user's connections: the one in use, the one that is being opened, and those that are read to the end of
/// a message whose answer was over before, or have been.
///
/// What is to be closed is handed out instead of closed: closing calls back at once.
struct UserConnections {
    private(set) var current: UserConnection?
    /// What becomes of earlier attempts is nobody's business any more.
    private(set) var opening: UserConnection?
    private var others: [UserConnection] = []

    /// Where so many are read to their end already, further ones are closed: those that have waited longest
    /// are the likeliest to be free soon.
    private static let mostOthers = 4

    /// One that has nothing more to read; the one in use from now on.
    mutating func takeFree() -> UserConnection? {
        if let current, current.isOpen { return current }
        guard let index = others.lastIndex(where: { !$0.isDraining && $0.isOpen }) else { return nil }
        current = others.remove(at: index)
        return current
    }

    mutating func open(_ attempt: UserConnection) { opening = attempt }

    mutating func opened(_ connection: UserConnection) {
        opening = nil
        current = connection
    }

    /// The one in use has more to read, and isn't in use any more. nil where there are too many of its kind.
    mutating func setAside() -> UserConnection? {
        guard let connection = current, others.count < Self.mostOthers else { return nil }
        current = nil
        others.append(connection)
        return connection
    }

    /// Whether it was the one in use.
    mutating func forget(_ connection: UserConnection) -> Bool {
        others.removeAll { $0 === connection }
        guard current === connection else { return false }
        current = nil
        return true
    }

    /// Gives up the one in use and the one that is being opened.
    mutating func release() -> [UserConnection] {
        let released = [current, opening].compactMap(\.self)
        current = nil
        opening = nil
        return released
    }

    mutating func releaseAll() -> [UserConnection] {
        let released = release() + others
        others = []
        return released
    }
}
