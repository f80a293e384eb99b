#include "CSignals.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RESTORE_SIZE 512

// Those that ask for an end come first: all that there is without a screen.
static const int loop_signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
static const int crash_signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE};
enum { ENDING_SIGNALS = 3, LOOP_SIGNALS = 7, CRASH_SIGNALS = 6 };

static struct {
    volatile int pipe;             // the end to write to, or -1
    volatile sig_atomic_t unread;  // requests to end that nobody has taken from the pipe yet
    volatile sig_atomic_t armed;   // the terminal is ours: put it back if we crash
    int terminal;
    int flags;  // of the descriptor, to put back; -1: nothing to put back
    struct termios modes;
    char restore[RESTORE_SIZE];
    size_t restore_size;
    int taken;  // of the loop's signals; with all of them the crashes' are ours, too
    struct sigaction loop_before[LOOP_SIGNALS];
    struct sigaction crash_before[CRASH_SIGNALS];
} state = {.pipe = -1, .terminal = -1, .flags = -1};

static void put_terminal_back(void) {
    if (!state.armed) return;
    state.armed = 0;
    // Never wait for a terminal that doesn't read: the program is dying.
    int flags = fcntl(state.terminal, F_GETFL);
    if (flags >= 0) fcntl(state.terminal, F_SETFL, flags | O_NONBLOCK);
    ssize_t written = write(state.terminal, state.restore, state.restore_size);
    (void)written;
    tcsetattr(state.terminal, TCSANOW, &state.modes);
    if (state.flags >= 0) fcntl(state.terminal, F_SETFL, state.flags);
}

static void on_crash(int number, siginfo_t *info, void *context) {
    (void)context;
    int saved = errno;
    put_terminal_back();
    for (int i = 0; i < CRASH_SIGNALS; i++)
        if (crash_signals[i] == number) sigaction(number, &state.crash_before[i], NULL);
    errno = saved;
    // A fault happens again by itself on return, now with the former action (the default one, or the
    // Swift runtime's backtrace); a signal that was sent has to be sent again.
    if (info == NULL || info->si_code <= 0) raise(number);
}

static void on_signal(int number) {
    int saved = errno;
    int ends = number == SIGTERM || number == SIGHUP || number == SIGINT || number == SIGQUIT;
    if (ends && ++state.unread > 3) {
        // The loop hasn't looked for three requests: it hangs. Go without it.
        put_terminal_back();
        signal(number, SIG_DFL);
        raise(number);
    }
    unsigned char byte = (unsigned char)number;
    if (state.pipe >= 0) {
        ssize_t written = write(state.pipe, &byte, 1);
        (void)written;
    }
    errno = saved;
}

void csignals_take(int pipe, int screen) {
    // For an exit() somewhere else in the program while the screen is up.
    static int registered = 0;
    if (!registered) registered = atexit(put_terminal_back) == 0;
    state.pipe = pipe;
    state.unread = 0;
    state.taken = screen ? LOOP_SIGNALS : ENDING_SIGNALS;
    signal(SIGPIPE, SIG_IGN);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    for (int i = 0; i < state.taken; i++) {
        sigaction(loop_signals[i], NULL, &state.loop_before[i]);
        // What the parent had us ignore (nohup) stays ignored; a lost terminal shows in poll as well.
        int optional = loop_signals[i] == SIGHUP || loop_signals[i] == SIGTSTP
            || (screen && (loop_signals[i] == SIGINT || loop_signals[i] == SIGQUIT));
        if (optional && state.loop_before[i].sa_handler == SIG_IGN) continue;
        sigaction(loop_signals[i], &action, NULL);
    }
    if (!screen) return;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    for (int i = 0; i < CRASH_SIGNALS; i++) sigaction(crash_signals[i], &action, &state.crash_before[i]);
}

void csignals_leave(int hung_up) {
    state.pipe = -1;
    for (int i = 0; i < state.taken; i++) sigaction(loop_signals[i], &state.loop_before[i], NULL);
    if (state.taken == LOOP_SIGNALS)
        for (int i = 0; i < CRASH_SIGNALS; i++) sigaction(crash_signals[i], &state.crash_before[i], NULL);
    state.taken = 0;
    // The kernel's SIGHUP may come after poll has told us: it must not kill what goes on without a terminal.
    if (hung_up) signal(SIGHUP, SIG_IGN);
}

void csignals_mark_read(void) { state.unread = 0; }

void csignals_arm(int terminal, int flags, struct termios modes, const void *restore, size_t size) {
    state.terminal = terminal;
    state.flags = flags;
    state.modes = modes;
    state.restore_size = size < RESTORE_SIZE ? size : RESTORE_SIZE;
    memcpy(state.restore, restore, state.restore_size);
    state.armed = 1;
}

void csignals_disarm(void) { state.armed = 0; }
int csignals_is_armed(void) { return state.armed; }

void csignals_stop_here(void) {
    struct sigaction ours, stop;
    memset(&stop, 0, sizeof stop);
    sigemptyset(&stop.sa_mask);
    stop.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &stop, &ours);
    sigset_t only, before;
    sigemptyset(&only);
    sigaddset(&only, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &only, &before);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    sigaction(SIGTSTP, &ours, NULL);
}
