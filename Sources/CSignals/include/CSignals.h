// What a signal handler does is in C, because it may touch nothing but plain memory and a few system calls.
#pragma once
#include <stddef.h>
#include <termios.h>

// From now on TERM, HUP and INT arrive at `pipe`, a byte each: whatever asks the program to end. With `screen`, QUIT,
// TSTP, CONT and WINCH do as well, and a crash puts the terminal back.
void csignals_take(int pipe, int screen);

// Former handlers again; after a hang-up, SIGHUP is ignored.
void csignals_leave(int hung_up);

// What is in the pipe was taken from it.
void csignals_mark_read(void);

// The terminal is ours, and this is how to put it back from a handler. `flags` are those of the descriptor; -1:
// nothing to put back.
void csignals_arm(int terminal, int flags, struct termios modes, const void *_Nonnull restore, size_t size);
void csignals_disarm(void);
int csignals_is_armed(void);

// Stops the process as SIGTSTP does by default, and comes back when it is continued. In a process group whose shell is
// gone the kernel ignores this, and it comes back at once.
void csignals_stop_here(void);
