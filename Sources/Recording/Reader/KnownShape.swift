import GRDB

/// What a recording's database has to look like: the tables that the writer makes, and nothing of the kinds that
/// run (views, virtual tables, generated columns) in their place.
enum KnownShape {
    /// Why a file isn't one of ours.
    struct Foreign: Error {
        var reason: String
    }

    /// Bounds what is looked at: a file has a dozen.
    private static let mostObjects = 200

    private struct Object {
        var type: String
        var name: String
        var sql: String
    }

    /// The statements that made our tables, by name; by format, from 1.
    private static let expected: [[String: String]] = (1...Int(Schema.version)).map { format in
        let objects = try? {
            let database = try DatabaseQueue()
            try Schema.create(in: database, format: format)
            return try database.read(KnownShape.objects)
        }()
        // The migrator's own table is nobody's business.
        let ours = (objects ?? []).filter { $0.name != "grdb_migrations" && $0.type == "table" }
        return Dictionary(ours.map { ($0.name, $0.sql) }) { first, _ in first }
    }

    /// - Returns: the format that it has.
    static func check(_ db: Database) throws -> Int {
        let found = try objects(in: db)
        guard found.count < mostObjects else { throw Foreign(reason: "it has too many tables") }
        let format = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard expected.indices.contains(format - 1) else {
            throw Foreign(reason: "it has no format \(format)")
        }
        let expected = expected[format - 1]
        for (name, sql) in expected {
            let named = found.filter { $0.name.lowercased() == name }
            guard let object = named.first, named.count == 1 else {
                throw Foreign(reason: "it has no table “\(name)”")
            }
            guard object.type == "table", isAlike(object.sql, sql) else {
                throw Foreign(reason: "its “\(name)” is not a recording's")
            }
        }
        return format
    }

    private static func objects(in db: Database) throws -> [Object] {
        var objects: [Object] = []
        let rows = try Row.fetchCursor(
            db, sql: "SELECT type, name, substr(sql, 1, 65536) FROM sqlite_master LIMIT \(mostObjects)")
        while let row = try rows.next() {
            var cells = RowCells(row)
            let (type, name, sql) = (cells.text(), cells.text(), cells.text())
            let words = sql?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            objects.append(Object(type: type ?? "", name: name ?? "", sql: words ?? ""))
        }
        return objects
    }

    /// The same, but for some more or fewer columns of which nothing is said but the name: another version may have
    /// those.
    private static func isAlike(_ found: String, _ expected: String) -> Bool {
        let (found, expected) = (parts(found), parts(expected))
        let start = zip(found, expected).prefix { $0 == $1 }.count
        let most = min(found.count, expected.count) - start
        let end = zip(found.reversed(), expected.reversed()).prefix(most).prefix { $0 == $1 }.count
        return (found[start..<found.count - end] + expected[start..<expected.count - end]).allSatisfy {
            part in
            part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "\""):
                    true
                default: false
                }
            }
        }
    }

    /// What stands between commas and parentheses, and the parentheses.
    private static func parts(_ sql: String) -> [String] {
        sql.replacing("(", with: ",(,").replacing(")", with: ",),").split(separator: ",")
            .map { part in part.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
    }
}
