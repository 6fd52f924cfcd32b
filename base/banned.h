/*
 * banned - unsafe functions become compile errors.
 *
 * Forced into every translation unit of the program by the Makefile.
 */
#ifndef AM_BASE_BANNED_H
#define AM_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Some C libraries define these as macros, and poisoning a macro is a warning. */
#undef sprintf
#undef vsprintf
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok
#pragma GCC poison atoi atol atoll atof asctime ctime gmtime localtime tmpnam mktemp

#endif
