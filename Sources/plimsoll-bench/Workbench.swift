/// What every section needs: the programs, a place for files, and how long to take.
struct Workbench {
    let programs: Programs
    let scratch: Scratch
    let length: RunLength

    /// The value for the run's length.
    func pick<Value>(quick: Value, standard: Value) -> Value { length == .quick ? quick : standard }
}
