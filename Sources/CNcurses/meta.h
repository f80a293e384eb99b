// Last in the module map: <term.h> defines macros with names such as `columns`.
#pragma once
#include "shim.h"
#include <term.h>

// Bytes over 0x7F come through whole. ncurses would otherwise go by the modes of its output, which is no
// terminal here. Without the string that goes with it: on xterm that changes what Alt sends.
static inline void cn_take_eight_bits(void) {
    char *on = meta_on;
    meta_on = NULL;
    meta(stdscr, TRUE);
    meta_on = on;
}
