/*
 * flush - bytes that must be on the disk before anything else happens.
 */
#ifndef AM_IO_FLUSH_H
#define AM_IO_FLUSH_H

#include <stdbool.h>

/* Flush a file or a folder. Some file systems cannot flush a folder, nor
 * devices a stream of bytes, and say so: nothing more can be done there, and
 * it is no failure. False leaves the reason in errno. */
bool am_flush(const char *path);

/*
 * Flush them all; the index of one that failed (its reason in errno), or -1.
 *
 * Several threads wait at once, because a disk writes many files in hardly
 * more time than one: five thousand in half a second, and in half a minute one
 * after the other.
 */
int am_flush_all(const char *const *paths, int count);

#endif
