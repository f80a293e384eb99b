/// What hands at the keyboard ask of an endpoint's sweep: one set of words, from the key to the state machine.
package enum Steering: Hashable, Sendable {
    /// So many users more, or fewer: a level that warms up goes on with the new number and warms up anew; a window
    /// that is open is closed cut short, and a new level with the new number of users follows at once, without
    /// draining. Then the plan goes on.
    case adjustUsers(by: Int)
    /// Close the window now and go on with the plan; a level that still warms up is given up.
    case nextLevel
    /// Close the window now and run the same number of users again. Nothing while it still warms up.
    case repeatLevel
    /// No new requests. An open window is closed cut short; its level is run again on `resume`.
    case pause
    case resume
    /// Close the window, if one is open, wait for its figures, and end. A second `stop` doesn't wait.
    case stop
}
