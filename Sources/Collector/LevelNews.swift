package import Measure

/// What a level's driver waits for.
package enum LevelNews: Sendable {
    /// How an endpoint's running level stands: whenever every source has delivered some more.
    case progress(EndpointID, LevelProgress)
    /// A level's figures are final.
    case finished(LevelResult)
}
