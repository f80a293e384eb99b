/// Neighbouring cells that look alike and have changed.
struct PaintedRun: Equatable {
    var x: Int
    var y: Int
    var colors: PairTable.Colors
    var flags: UInt8
    /// Without continuations: a double-width character takes two columns.
    var scalars: [UInt32]
}
