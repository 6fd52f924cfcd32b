/*
 * document - the bytes of a file at hand, and what to call it.
 *
 * Owns nothing: path and bytes belong to whoever made it. Bytes made in memory
 * get a path of their own too, such as "(one more place)": findings name it.
 */
#ifndef AM_IO_DOCUMENT_H
#define AM_IO_DOCUMENT_H

#include <stddef.h>

struct am_document {
    const char *path;
    const char *bytes; /* need not end with a NUL */
    size_t size;
};

/* A copy of the bytes with a NUL behind them, to be freed with free (am_json_parse
 * takes it as it is). NULL: no memory. */
char *am_document_copy(const struct am_document *document);

#endif
