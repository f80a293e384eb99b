import Testing
@testable import Measure
