import Measure

/// Of a server whose past nobody looks at.
struct NoPast: ServerPast {
    func course(since moment: Moment, engine: String?) -> [(at: Moment, figures: ServerFigures)] { [] }
    func figures(overLast span: Nanoseconds, at moment: Moment, engine: String?) -> ServerFigures? { nil }
}
