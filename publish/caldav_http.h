/*
 * caldav_http - one request to a calendar server, and its answer.
 *
 * What sends requests is behind a pointer, so that everything above it can be
 * tested without a network; am_caldav_curl is the one that reaches a server. It
 * speaks only http and https, follows no redirection, checks certificates, and
 * gives user name and password to the server it is asked to reach alone.
 */
#ifndef AM_PUBLISH_CALDAV_HTTP_H
#define AM_PUBLISH_CALDAV_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "io/text.h"
#include "publish/caldav_secret.h"

enum { AM_CALDAV_ETAG_TEXT = 256, AM_CALDAV_LOCATION_TEXT = 2048, AM_CALDAV_REASON_TEXT = 256 };

struct am_caldav_request {
    const char *method, *url;
    const char *depth;        /* "0", "1" or NULL */
    const char *if_match;     /* an ETag, or NULL */
    bool if_none_match;       /* only where nothing is there yet */
    const char *content_type; /* of the body, or NULL */
    const char *body;
    size_t body_size;
};

struct am_caldav_reply {
    int status;                             /* of HTTP; 0: there was no whole answer */
    bool passing;                           /* without an answer: it may go better in a while */
    int32_t wait_s;                         /* what the server asks to wait; 0: it does not */
    char etag[AM_CALDAV_ETAG_TEXT];         /* "" without */
    char location[AM_CALDAV_LOCATION_TEXT]; /* "" without */
    char reason[AM_CALDAV_REASON_TEXT];     /* without an answer: why */
    struct am_text body;                    /* released by whoever asked */
};

/* Sends requests: answers go into an empty reply, and so does what kept a
 * request from being answered. Fails with AM_ENOMEM alone. */
struct am_caldav_sender {
    am_status (*send)(void *context, const struct am_caldav_request *request,
                      struct am_caldav_reply *reply, struct am_err *err);
    void *context;
};

enum { AM_CALDAV_BODY_MOST = 64 << 20 }; /* bytes of an answer */

struct am_caldav_curl;

struct am_caldav_curl_settings {
    const struct am_caldav_secret *secret; /* copied */
    const char *authorities;               /* file of certificates, or NULL: the system's */
    int32_t timeout_s;                     /* of one request */
    bool (*stopped)(void);                 /* asked now and then: give up? */
};

AM_MUST_CHECK am_status am_caldav_curl_new(const struct am_caldav_curl_settings *settings,
                                           struct am_caldav_curl **curl, struct am_err *err);
void am_caldav_curl_free(struct am_caldav_curl *curl); /* NULL is accepted */
struct am_caldav_sender am_caldav_curl_sender(struct am_caldav_curl *curl);

#endif
