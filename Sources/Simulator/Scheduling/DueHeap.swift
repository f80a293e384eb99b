import Measure

/// What is due next, over all streams of an event loop: a binary heap. Made for "take the earliest, put
/// it back a little later", which is what a stream of paced tokens does.
struct DueHeap<Element> {
    private var items: ContiguousArray<(due: Moment, element: Element)> = []

    var count: Int { items.count }
    var earliest: Moment? { items.first?.due }

    mutating func insert(_ element: Element, due: Moment) {
        items.append((due, element))
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard items[child].due < items[parent].due else { break }
            items.swapAt(child, parent)
            child = parent
        }
    }

    /// The element that is due first, if it is due at `now`.
    func first(dueBy now: Moment) -> (due: Moment, element: Element)? {
        guard let first = items.first, first.due <= now else { return nil }
        return first
    }

    /// Puts `element` in the place of the earliest one, due at another time.
    mutating func replaceFirst(with element: Element, due: Moment) {
        guard !items.isEmpty else { return }
        items[0] = (due, element)
        sink()
    }

    mutating func removeFirst() {
        guard let last = items.popLast(), !items.isEmpty else { return }
        items[0] = last
        sink()
    }

    private mutating func sink() {
        let moving = items[0]
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < items.count else { break }
            if child + 1 < items.count, items[child + 1].due < items[child].due { child += 1 }
            guard items[child].due < moving.due else { break }
            items[parent] = items[child]
            parent = child
        }
        items[parent] = moving
    }
}
