/*
 * key - the file of --key, from which ids in calendars come.
 */
#ifndef AM_COMMAND_KEY_H
#define AM_COMMAND_KEY_H

#include "io/outputs.h"

/* Read path (NULL: nothing happens) into *key, which the caller frees and which
 * outputs points to. Fails as am_read_file does, and with AM_EINVALID when the
 * file is empty. */
AM_MUST_CHECK am_status am_key_read(const char *path, char **key, struct am_output_options *outputs,
                                    struct am_err *err);

#endif
