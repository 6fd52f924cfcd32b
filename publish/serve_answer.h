/*
 * serve_answer - what to say to a request, whatever carries it.
 *
 * 200 and 304 for a feed, 404 for what is no feed, 405 for other methods than
 * GET and HEAD, 410 for a feed that was taken back, 429 for a client that asks
 * too often. Nothing of a request is told again, neither in an answer nor in
 * the log: a token shows there as the beginning of its hash, which the ledger
 * knows too.
 */
#ifndef AM_PUBLISH_SERVE_ANSWER_H
#define AM_PUBLISH_SERVE_ANSWER_H

#include "publish/serve_files.h"
#include "publish/serve_limit.h"

struct am_serve_request {
    const char *method, *path;                   /* as sent, nothing decoded; no query */
    const char *if_none_match, *accept_encoding; /* NULL: not sent */
    struct am_serve_client client;
    int64_t now_ms; /* never goes back */
};

struct am_serve_header {
    const char *name;
    char value[AM_SERVE_ETAG_TEXT];
};

enum { AM_SERVE_HEADERS = 10, AM_SERVE_WHO_TEXT = 13 };

struct am_serve_answer {
    int status;
    struct am_serve_body *body; /* held; NULL: send text, or nothing with 304 */
    const char *text;           /* never NULL */
    struct am_serve_header headers[AM_SERVE_HEADERS];
    int header_count;
    const char *method;          /* for the log: GET, HEAD or "other" */
    char who[AM_SERVE_WHO_TEXT]; /* for the log: of the token's hash, or "-" */
    bool gzipped;
    const char *trouble; /* not NULL: what the log should warn of */
};

/* The answer to a request. Drop its body with am_serve_body_drop. */
void am_serve_answer(struct am_serve_files *files, struct am_serve_limit *limit,
                     const struct am_serve_request *request, struct am_serve_answer *answer);

/* Append a line for the log, with the time in seconds since 1970 and the
 * client's address as text: "2026-03-02T08:30:00Z 127.0.0.1 GET 9f86d081884c
 * 200 5120 gzip". bytes are those of the body that went out; cut: the client
 * left before the end. */
struct am_text;
void am_serve_log_line(struct am_text *text, const struct am_serve_answer *answer,
                       const char *client, int64_t now_s, size_t bytes, bool cut);

#endif
