/*
 * serve_http - the server: libmicrohttpd in one thread, the caller's.
 *
 * What it says is up to publish/serve_answer.h. Connections, their idle time,
 * the time a request or an answer may take and the size of a request's head are
 * limited; bodies of requests are not read.
 */
#ifndef AM_PUBLISH_SERVE_HTTP_H
#define AM_PUBLISH_SERVE_HTTP_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
    AM_SERVE_CONNECTIONS = 1000,   /* at a time */
    AM_SERVE_FROM_ONE = 250,       /* connections of one address at a time */
    AM_SERVE_IDLE_S = 30,          /* nothing happens on a connection */
    AM_SERVE_ASK_S = 60,           /* from the last answer until a request has arrived */
    AM_SERVE_SEND_S = 300,         /* until an answer has gone out */
    AM_SERVE_HEAD_MOST = 16 << 10, /* bytes of a request's head, and what it takes to answer */
    AM_SERVE_STOP_S = 10           /* until answers under way are cut, when told to stop */
};

struct am_serve_settings {
    const char *folder; /* one of ours: publish/feed.h */
    int socket;         /* listens; closed by am_serve_run */
    int32_t per_minute; /* requests of one address; 0: no limit */
    bool behind_proxy;  /* believe X-Forwarded-For, from this computer */
    /* one line of the log, with its newline; NULL: nothing is logged */
    void (*log)(void *context, const char *line);
    void *context;
};

/* Serve until *stop is set (by a signal handler; looked at every quarter of a
 * second), then let answers under way go out. Fails with AM_ENOMEM or AM_EIO
 * when it cannot begin. */
AM_MUST_CHECK am_status am_serve_run(const struct am_serve_settings *settings,
                                     const volatile sig_atomic_t *stop, struct am_err *err);

#endif
