/*
 * err - how a call says that it failed.
 *
 * A call that can fail returns an am_status and takes a struct am_err as its
 * last argument. The err is filled once, where the fault is understood, and is
 * untouched on success. NULL is accepted where the caller does not want the
 * text. Whether a problem has a solution is an answer, not a status: see
 * enum am_outcome in solver/solve.h.
 */
#ifndef AM_BASE_ERR_H
#define AM_BASE_ERR_H

#include <stdarg.h>

#if defined(__GNUC__)
#define AM_MUST_CHECK __attribute__((warn_unused_result))
#define AM_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define AM_MUST_CHECK
#define AM_PRINTF(fmt, args)
#endif

typedef enum am_status {
    AM_OK = 0,
    AM_EINVALID,     /* an argument or a value is not acceptable */
    AM_EPARSE,       /* a file is not in its format */
    AM_EIO,          /* reading or writing failed */
    AM_ENOMEM,       /* no memory */
    AM_ESOLVER,      /* the LP engine gave up */
    AM_EINTERRUPTED, /* stopped by a signal before there was an answer */
} am_status;

enum { AM_ERR_TEXT = 1024 };

struct am_err {
    am_status status;
    char msg[AM_ERR_TEXT];
};

/* Fill err (which may be NULL) and return status, so that a failing branch is
 * one line: return am_fail(err, AM_EIO, "%s: %s", path, strerror(errno)); */
am_status am_fail(struct am_err *err, am_status status, const char *fmt, ...) AM_PRINTF(3, 4);

/* The usual am_fail for an allocation that returned NULL. Here, so that whoever
 * reads one file alone (an analyser) sees that it never returns AM_OK. */
static inline am_status am_fail_memory(struct am_err *err)
{
    (void)am_fail(err, AM_ENOMEM, "out of memory");
    return AM_ENOMEM;
}

#endif
