/*
 * file_names - names of files from codes that may hold anything.
 */
#ifndef AM_IO_FILE_NAMES_H
#define AM_IO_FILE_NAMES_H

#include "base/arena.h"
#include "base/err.h"

/*
 * One name a code: <prefix><code>.ics where the code is made of ASCII letters,
 * digits, - and _ alone, is at most 60 long, and no earlier code differs from it
 * by case only (file systems may not tell them apart). Any other code keeps
 * what it has of such characters, with _ for the rest, and a hash of the whole
 * code sets it apart. So no name leaves its folder, none is too long, none is
 * reserved anywhere (the prefix must not be empty) and no two are the same.
 */
AM_MUST_CHECK am_status am_file_names(const char *prefix, const char *const *codes, int count,
                                      struct am_arena *arena, const char ***names,
                                      struct am_err *err);

#endif
