import Testing

@testable import Dashboard

@Suite struct UserStepTests {
    @Test(arguments: [(0, 1), (1, 1), (15, 1), (16, 1), (17, 2), (64, 8), (256, 31), (1024, 123)])
    func stepsGrowWithTheLoad(users: Int, step: Int) {
        #expect(UserStep.size(at: users) == step)
    }

    @Test(arguments: [(0, 0), (1, 0), (2, 1), (17, 1), (64, 7)])
    func theLastUserStays(users: Int, step: Int) {
        #expect(UserStep.down(from: users) == step)
    }

    @Test func whatPlusAddedMinusTakesAway() {
        for users in 1...2000 {
            let step = UserStep.size(at: users)
            #expect(UserStep.down(from: users + step) == step)
        }
    }

    @Test func nothingTraps() {
        #expect(UserStep.size(at: .max) > 0)
        #expect(UserStep.size(at: .min) == 1)
        #expect(UserStep.down(from: .max) > 0)
        #expect(UserStep.down(from: -3) == 0)
    }
}
