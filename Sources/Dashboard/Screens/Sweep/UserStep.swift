/// How far `+` and `-` go: one user up to 16, from there about an eighth, so that each press is felt
/// and none is a leap.
enum UserStep {
    static let help = "2 at 17, 8 at 64, 31 at 256"

    /// Always at least 1.
    static func size(at users: Int) -> Int {
        guard users > 16 else { return 1 }
        let share = users / 25 * 3 + (users % 25 * 3 + 12) / 25
        return max(1, share)
    }

    /// What `-` takes away: what `+` had added, where it came from there; never the last user. 0 when there's
    /// none to spare.
    static func down(from users: Int) -> Int {
        let size = size(at: users)
        // What `+` added is the step whose own step it is: each turn comes eight times closer to it.
        var near = size
        for _ in 0..<6 { near = self.size(at: users - near) }
        let undone = (near - 1...near + 2).last { $0 > 0 && self.size(at: users - $0) == $0 }
        return max(0, min(undone ?? size, users - 1))
    }
}
