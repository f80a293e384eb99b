// What Swift can't import from ncurses by itself (macros, globals, variadic functions), as functions.
//
// None of these may be called from two threads at once: the UI thread owns them all.
#pragma once
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// <term.h> would bring some hundred macros with names such as `columns`; these are all we want of it.
struct term;
extern struct term *cur_term;
extern int setupterm(const char *term, int fd, int *error);
extern int del_curterm(struct term *);
extern char *tigetstr(const char *name);
extern int tigetnum(const char *name);
extern int tigetflag(const char *name);

// A terminfo string; NULL when the terminal hasn't got it.
static inline const char *cn_string(const char *name) {
    const char *value = tigetstr(name);
    return value == (const char *)-1 ? NULL : value;
}

// 1: found; 0: found, but unfit to draw on (hard copy, generic, or no way to move the cursor); -1: unknown.
// Colours go to *colors.
static inline int cn_inspect(const char *term, int *colors) {
    int error = 0;
    int result = -1;
    // A descriptor that is no terminal is fine here: only the database is read.
    if (setupterm(term, 2, &error) == 0) {
        result = (cn_string("cup") != NULL && tigetflag("hc") <= 0) ? 1 : 0;
        int found = tigetnum("colors");
        *colors = found > 0 ? found : 0;
    } else if (error == 1) {
        // Known, but hard copy. Error 0 is either "not found" or "generic", both without an entry loaded.
        return 0;
    }
    if (result >= 0 && cur_term != NULL) del_curterm(cur_term);
    return result;
}

// The codeset of the user's locale, after taking the locale over for characters but not for numbers.
// A locale that isn't installed (usual after ssh from another machine) but asks for UTF-8 gets C.UTF-8.
static inline const char *cn_take_locale(int wants_utf8) {
    if (setlocale(LC_ALL, "") == NULL && wants_utf8) setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
    return nl_langinfo(CODESET);
}

// A file in memory for ncurses to write into, so that a terminal that doesn't read can't block it.
static inline int cn_memory_file(void) {
#ifdef SYS_memfd_create
    int fd = (int)syscall(SYS_memfd_create, "frame", 1u /* MFD_CLOEXEC */);
    if (fd >= 0) return fd;
#endif
    char path[] = "/tmp/frame-XXXXXX";
    int file = mkstemp(path);
    if (file >= 0) unlink(path);
    return file;
}

// Columns in the current locale, as ncurses counts them; -1 for what can't be shown.
static inline int cn_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static inline int cn_window_size(int fd, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

// Bytes that the line hasn't sent yet: true for serial lines, always 0 for a pty.
static inline int cn_output_queue(int fd) {
    int bytes = 0;
    return ioctl(fd, TIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

static inline int cn_same_terminal(int left, int right) {
    unsigned int a = 0, b = 0;
    return ioctl(left, TIOCGDEV, &a) == 0 && ioctl(right, TIOCGDEV, &b) == 0 && a == b;
}

static inline void cn_hide_cursor_and_prepare(void) {
    set_escdelay(25);
    noecho();  // not the line's echo, which is off: wgetch() would put the keys into the window itself
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    typeahead(-1);  // or else doupdate() breaks off in the middle when a key is waiting
    leaveok(stdscr, TRUE);
    scrollok(stdscr, FALSE);
    curs_set(0);
}

static inline int cn_get(void) { return wgetch(stdscr); }
static inline int cn_lines(void) { return LINES; }
static inline int cn_colors(void) { return COLORS; }
static inline int cn_color_pairs(void) { return COLOR_PAIRS; }
static inline void cn_erase(void) { werase(stdscr); }
static inline void cn_repaint_all(void) { clearok(curscr, TRUE); }
static inline void cn_show(void) {
    wnoutrefresh(stdscr);
    doupdate();
}

enum { CN_BOLD = 1, CN_DIM = 2, CN_UNDERLINE = 4, CN_REVERSE = 8 };

// Puts cells without moving the cursor or wrapping. Each scalar takes as many columns as wcwidth says.
static inline void cn_put(int y, int x, const uint32_t *scalars, int count, int flags, int pair) {
    attr_t attributes = A_NORMAL;
    if (flags & CN_BOLD) attributes |= A_BOLD;
    if (flags & CN_DIM) attributes |= A_DIM;
    if (flags & CN_UNDERLINE) attributes |= A_UNDERLINE;
    if (flags & CN_REVERSE) attributes |= A_REVERSE;
    int at = x;
    for (int done = 0; done < count;) {
        cchar_t cells[64];
        int n = 0;
        int columns = 0;
        for (; n < 64 && done < count; n++, done++) {
            wchar_t text[2] = {(wchar_t)scalars[done], 0};
            int width = wcwidth(text[0]);
            columns += width > 0 ? width : 1;
            setcchar(&cells[n], text, attributes, 0, &pair);
        }
        mvwadd_wchnstr(stdscr, y, at, cells, n);
        at += columns;
    }
}
