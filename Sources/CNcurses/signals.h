// Signal handlers. In C, because a handler may touch nothing but plain memory and a few system calls.
//
// Swift gives every object file that calls one of these a copy of the static state, and inlining decides
// which files those are. So only cn_take_signals touches the static one, together with the handlers that it
// installs; everybody else gets a pointer to it.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define CN_RESTORE_SIZE 512

static const int cn_loop_signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
static const int cn_crash_signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE};
enum { CN_LOOP_SIGNALS = 7, CN_CRASH_SIGNALS = 6 };

struct cn_signals {
    volatile int pipe;             // the end to write to, or -1
    volatile sig_atomic_t unread;  // requests to end that nobody has taken from the pipe yet
    volatile sig_atomic_t armed;   // the terminal is ours: put it back if we crash
    int terminal;
    int flags;  // of the descriptor, to put back; -1: nothing to put back
    struct termios modes;
    char restore[CN_RESTORE_SIZE];
    size_t restore_size;
    struct sigaction loop_before[CN_LOOP_SIGNALS];
    struct sigaction crash_before[CN_CRASH_SIGNALS];
};

// Initialised: Swift's importer emits no tentative definitions.
static struct cn_signals cn_signals = {.pipe = -1, .terminal = -1, .flags = -1};

static inline void cn_put_terminal_back(void) {
    if (!cn_signals.armed) return;
    cn_signals.armed = 0;
    // Never wait for a terminal that doesn't read: the program is dying.
    int flags = fcntl(cn_signals.terminal, F_GETFL);
    if (flags >= 0) fcntl(cn_signals.terminal, F_SETFL, flags | O_NONBLOCK);
    ssize_t written = write(cn_signals.terminal, cn_signals.restore, cn_signals.restore_size);
    (void)written;
    tcsetattr(cn_signals.terminal, TCSANOW, &cn_signals.modes);
    if (cn_signals.flags >= 0) fcntl(cn_signals.terminal, F_SETFL, cn_signals.flags);
}

static inline void cn_on_crash(int number, siginfo_t *info, void *context) {
    (void)context;
    int saved = errno;
    cn_put_terminal_back();
    for (int i = 0; i < CN_CRASH_SIGNALS; i++)
        if (cn_crash_signals[i] == number) sigaction(number, &cn_signals.crash_before[i], NULL);
    errno = saved;
    // A fault happens again by itself on return, now with the former action (the default one, or the
    // Swift runtime's backtrace); a signal that was sent has to be sent again.
    if (info == NULL || info->si_code <= 0) raise(number);
}

static inline void cn_on_signal(int number) {
    int saved = errno;
    int ends = number == SIGTERM || number == SIGHUP || number == SIGINT || number == SIGQUIT;
    if (ends && ++cn_signals.unread > 3) {
        // The loop hasn't looked for three requests: it hangs. Go without it.
        cn_put_terminal_back();
        signal(number, SIG_DFL);
        raise(number);
    }
    unsigned char byte = (unsigned char)number;
    if (cn_signals.pipe >= 0) {
        ssize_t written = write(cn_signals.pipe, &byte, 1);
        (void)written;
    }
    errno = saved;
}

static inline struct cn_signals *_Nonnull cn_take_signals(int pipe) {
    // For an exit() somewhere else in the program while the screen is up.
    static int registered = 0;
    if (!registered) registered = atexit(cn_put_terminal_back) == 0;
    cn_signals.pipe = pipe;
    cn_signals.unread = 0;
    signal(SIGPIPE, SIG_IGN);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = cn_on_signal;
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    for (int i = 0; i < CN_LOOP_SIGNALS; i++) {
        sigaction(cn_loop_signals[i], NULL, &cn_signals.loop_before[i]);
        // What the parent had us ignore (nohup) stays ignored; a lost terminal shows in poll as well.
        int optional = cn_loop_signals[i] == SIGHUP || cn_loop_signals[i] == SIGINT
            || cn_loop_signals[i] == SIGQUIT || cn_loop_signals[i] == SIGTSTP;
        if (optional && cn_signals.loop_before[i].sa_handler == SIG_IGN) continue;
        sigaction(cn_loop_signals[i], &action, NULL);
    }
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_sigaction = cn_on_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    for (int i = 0; i < CN_CRASH_SIGNALS; i++)
        sigaction(cn_crash_signals[i], &action, &cn_signals.crash_before[i]);
    return &cn_signals;
}

static inline void cn_leave_signals(struct cn_signals *state, int hung_up) {
    state->pipe = -1;
    for (int i = 0; i < CN_LOOP_SIGNALS; i++) sigaction(cn_loop_signals[i], &state->loop_before[i], NULL);
    for (int i = 0; i < CN_CRASH_SIGNALS; i++) sigaction(cn_crash_signals[i], &state->crash_before[i], NULL);
    // The kernel's SIGHUP may come after poll has told us: it must not kill what goes on without a terminal.
    if (hung_up) signal(SIGHUP, SIG_IGN);
}

// Neither end ever waits, and neither is handed on to a program that we start.
static inline int cn_open_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    }
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}

static inline void cn_mark_signals_read(struct cn_signals *state) { state->unread = 0; }

static inline void cn_arm(
    struct cn_signals *state, int terminal, int flags, struct termios modes, const void *restore, size_t size
) {
    state->terminal = terminal;
    state->flags = flags;
    state->modes = modes;
    state->restore_size = size < CN_RESTORE_SIZE ? size : CN_RESTORE_SIZE;
    memcpy(state->restore, restore, state->restore_size);
    state->armed = 1;
}

static inline void cn_disarm(struct cn_signals *state) { state->armed = 0; }
static inline int cn_is_armed(struct cn_signals *state) { return state->armed; }

// Stops the process as SIGTSTP does by default, and comes back when it is continued. In a process group
// whose shell is gone the kernel ignores this, and it comes back at once.
static inline void cn_stop_here(void) {
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
