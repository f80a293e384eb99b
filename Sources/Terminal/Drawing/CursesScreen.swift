import CNcurses
import Canvas
import Glibc

/// ncurses: cells in, bytes for the terminal out. Belongs to one thread.
final class CursesScreen {
    /// Puts the terminal back, for a signal handler.
    let restore: [UInt8]
    private let memory: MemoryFile
    private let handle: OpaquePointer
    private let streams: (output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>)
    private let hasDefaultColors: Bool
    private let isMono: Bool
    private let synchronizes: Bool
    private let margins: Margins
    private var isFirstFrame = true
    private var pairs: PairTable
    private var diff: FrameDiff
    private var lastCanvas: Canvas?

    /// Frames longer than this are bracketed, where the terminal is known to take it, so that no half of
    /// one is ever shown.
    static let synchronizedFrom = 1024

    init(traits: TerminalTraits, size: TerminalSize) throws(TerminalError) {
        memory = try MemoryFile()
        let (into, from) = (dup(memory.descriptor), dup(STDIN_FILENO))
        guard into >= 0, from >= 0, let output = fdopen(into, "w"), let input = fdopen(from, "r") else {
            throw .refused(what: "no stream for ncurses", errno: errno)
        }
        streams = (output, input)
        guard let handle = newterm(traits.term, output, input) else {
            fclose(output)
            fclose(input)
            throw .unfit(term: traits.term)
        }
        self.handle = handle
        cn_hide_cursor_and_prepare()
        cn_take_eight_bits()
        isMono = traits.colorDepth == .mono || !has_colors() || start_color() != OK
        hasDefaultColors = !isMono && use_default_colors() == OK
        let colors = isMono ? 0 : Int(cn_colors())
        pairs = PairTable(capacity: isMono ? 0 : Int(cn_color_pairs()) - 1)
        diff = FrameDiff(
            palette: Palette(depth: isMono ? .mono : traits.colorDepth, count: colors),
            isUTF8: traits.isUTF8,
            characterWidth: { Int(cn_width($0)) })
        synchronizes = Synchronized.isKnown(to: traits.term)
        margins = Margins(capability: cn_string("csr").map { String(cString: $0) }, rows: Int(cn_lines()))
        restore = Self.restoreSequence(synchronizes: synchronizes, margins: margins)
        resize(to: size)
    }

    deinit {
        delscreen(handle)
        fclose(streams.output)
        fclose(streams.input)
    }

    func resize(to size: TerminalSize) {
        resize_term(Int32(clamping: size.height), Int32(clamping: size.width))
        cn_erase()
        cn_repaint_all()
        diff.reset(width: size.width, height: size.height)
    }

    /// Everything is painted anew with the next frame.
    func repaintAll() { cn_repaint_all() }

    /// The bytes that bring the screen from the last frame to `canvas`; nil is the last frame once more.
    func draw(_ canvas: Canvas?) -> [UInt8] {
        lastCanvas = canvas ?? lastCanvas
        if let lastCanvas { paint(diff.runs(to: lastCanvas)) }
        cn_show()
        var bytes = memory.take()
        if isFirstFrame { bytes = margins.corrected(bytes) }
        isFirstFrame = false
        guard synchronizes, bytes.count > Self.synchronizedFrom else { return bytes }
        return Synchronized.begin + bytes + Synchronized.end
    }

    /// The bytes that give the screen back. The next `draw` takes it again.
    func leave() -> [UInt8] {
        endwin()
        // Before the rest: on the way to the main screen the cursor goes back to where it was.
        let bytes = margins.full + memory.take()
        return synchronizes ? Synchronized.end + bytes : bytes
    }

    /// The next code from the keyboard, negative for none now.
    func nextCode() -> Int32 { cn_get() }

    private func paint(_ runs: [PaintedRun]) {
        for run in runs {
            let pair = pairNumber(for: run.colors)
            run.scalars.withUnsafeBufferPointer {
                cn_put(
                    Int32(run.y), Int32(run.x), $0.baseAddress, Int32($0.count), Int32(run.flags), pair)
            }
        }
    }

    private func pairNumber(for colors: PairTable.Colors) -> Int32 {
        guard !isMono else { return 0 }
        var wanted = colors
        if !hasDefaultColors {
            if wanted.foreground < 0 { wanted.foreground = 7 }
            if wanted.background < 0 { wanted.background = 0 }
        }
        switch pairs.choose(wanted, onScreen: { diff.colorsOnScreen }) {
        case .ready(let pair): return pair
        case .none: return 0
        case .fresh(let pair):
            return init_extended_pair(pair, wanted.foreground, wanted.background) == OK ? pair : 0
        }
    }

    private static func restoreSequence(synchronizes: Bool, margins: Margins) -> [UInt8] {
        var bytes = (synchronizes ? Synchronized.end : []) + margins.full
        for name in ["sgr0", "op", "cnorm", "rmkx", "rmcup"] {
            if let string = cn_string(name) { bytes += Padding.stripped(String(cString: string)) }
        }
        return bytes
    }
}
