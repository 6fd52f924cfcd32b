/*
 * held_signals - signals that end a program wait while files are half written.
 *
 * Hang-up, interrupt, quit, terminate, broken pipe and "file too large". Holding nests when
 * it is undone in the opposite order. For the calling thread alone.
 */
#ifndef AM_IO_HELD_SIGNALS_H
#define AM_IO_HELD_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

/* The mask to go back to is put into *before. */
void am_signals_hold(sigset_t *before);

/* Go back; what waited arrives now. A file that grew too large has been
 * reported as an error of writing: its signal, which would end the program on
 * top of that, is dropped. errno is kept. */
void am_signals_release(const sigset_t *before);

/* Does one of them wait, so that long work should be given up? */
bool am_signals_waiting(void);

#endif
