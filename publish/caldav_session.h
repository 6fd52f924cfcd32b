/*
 * caldav_session - asking a calendar server with patience, and saying what went
 * wrong.
 */
#ifndef AM_PUBLISH_CALDAV_SESSION_H
#define AM_PUBLISH_CALDAV_SESSION_H

#include "publish/caldav_http.h"

enum {
    AM_CALDAV_WAIT_MOST_S = 120 /* who asks to wait longer is asked again in the next run */
};

struct am_caldav_session {
    struct am_caldav_sender sender;
    int32_t retries; /* after the first attempt */
    void (*pause)(void *context, int32_t seconds);
    void *context;
    bool (*stopped)(void); /* NULL: never */
};

/* Ask; again after 1, 2, 4, ... seconds (or as long as the server says) where
 * it is overloaded, does not answer in time or goes away half-way. The last
 * reply is the answer; its body is the caller's. Fails with AM_ENOMEM, or
 * AM_EINTERRUPTED when stopped. */
AM_MUST_CHECK am_status am_caldav_ask(const struct am_caldav_session *session,
                                      const struct am_caldav_request *request,
                                      struct am_caldav_reply *reply, struct am_err *err);

static inline bool am_caldav_succeeded(const struct am_caldav_reply *reply)
{
    return reply->status >= 200 && reply->status < 300;
}

/* Is there no use in asking this server for anything more, in this run? */
bool am_caldav_is_hopeless(const struct am_caldav_reply *reply);

/* An error that says in plain words what a reply means. what: "the calendar
 * cannot be read". */
am_status am_caldav_explain(const struct am_caldav_reply *reply, const char *what,
                            struct am_err *err);

#endif
