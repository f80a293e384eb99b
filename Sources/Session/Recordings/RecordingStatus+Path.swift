import Measure

extension RecordingStatus {
    var path: String? {
        switch self {
        case .off: nil
        case .running(let path, _), .failed(let path, _), .replaying(let path): path
        }
    }
}
