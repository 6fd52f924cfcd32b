#include "publish/serve_answer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "io/text.h"
#include "publish/feed.h"
#include "publish/serve_headers.h"
#include "publish/token.h"

static void add_header(struct am_serve_answer *answer, const char *name, const char *value)
{
    struct am_serve_header *header = &answer->headers[answer->header_count++];
    header->name = name;
    (void)snprintf(header->value, sizeof header->value, "%s", value);
}

static void begin(struct am_serve_answer *answer)
{
    *answer = (struct am_serve_answer){.status = 200, .text = "", .method = "other", .who = "-"};
    add_header(answer, "Cache-Control", "private, no-cache");
    add_header(answer, "Referrer-Policy", "no-referrer");
    add_header(answer, "X-Robots-Tag", "noindex");
    add_header(answer, "X-Content-Type-Options", "nosniff");
}

/* An answer that is not a feed. */
static void refuse(struct am_serve_answer *answer, int status, const char *text)
{
    answer->status = status;
    answer->text = text;
    add_header(answer, "Content-Type", "text/plain; charset=utf-8");
}

/* "/<token>.ics" and nothing else. */
static bool token_of(const char *path, char token[AM_TOKEN_TEXT])
{
    enum { LENGTH = AM_TOKEN_TEXT - 1 };
    if (path[0] != '/' || strlen(path) != 1 + LENGTH + 4 || strcmp(path + 1 + LENGTH, ".ics") != 0)
        return false;
    memcpy(token, path + 1, LENGTH);
    token[LENGTH] = '\0';
    return am_token_is_valid(token);
}

static void set_who(struct am_serve_answer *answer, const char *token)
{
    char text[AM_DIGEST_TEXT];
    am_token_hash(token, text);
    (void)snprintf(answer->who, sizeof answer->who, "%.*s", AM_SERVE_WHO_TEXT - 1, text);
}

static void send_feed(struct am_serve_answer *answer, const struct am_serve_request *request,
                      const struct am_serve_found *found)
{
    add_header(answer, "ETag", found->body->etag);
    add_header(answer, "Vary", "Accept-Encoding");
    if (am_serve_etag_listed(request->if_none_match, found->body->etag)) {
        answer->status = 304;
        am_serve_body_drop(found->body);
        return;
    }
    answer->body = found->body;
    answer->gzipped = found->gzipped;
    add_header(answer, "Content-Type", "text/calendar; charset=utf-8");
    if (found->gzipped)
        add_header(answer, "Content-Encoding", "gzip");
}

static void answer_token(struct am_serve_files *files, const struct am_serve_request *request,
                         const char *token, struct am_serve_answer *answer)
{
    struct am_serve_found found =
        am_serve_find(files, token, am_serve_takes_gzip(request->accept_encoding), request->now_ms);
    set_who(answer, token);
    answer->trouble = found.trouble;
    switch (found.state) {
    case AM_SERVE_FOUND:
        send_feed(answer, request, &found);
        break;
    case AM_SERVE_REVOKED:
        refuse(answer, 410, "This calendar is no longer published at this address.\n");
        break;
    case AM_SERVE_UNREADABLE:
        /* 404 and not 5xx: after one 5xx a client may not ask again; after 404 it keeps its events
         * and does */
    case AM_SERVE_UNKNOWN:
        refuse(answer, 404, "There is nothing at this address.\n");
        break;
    }
}

void am_serve_answer(struct am_serve_files *files, struct am_serve_limit *limit,
                     const struct am_serve_request *request, struct am_serve_answer *answer)
{
    char token[AM_TOKEN_TEXT];
    int32_t wait_s = am_serve_limit_take(limit, request->client, request->now_ms);
    bool get = strcmp(request->method, "GET") == 0, head = strcmp(request->method, "HEAD") == 0;
    begin(answer);
    if (get || head)
        answer->method = get ? "GET" : "HEAD";
    if (wait_s > 0) {
        char seconds[16];
        (void)snprintf(seconds, sizeof seconds, "%" PRId32, wait_s);
        add_header(answer, "Retry-After", seconds);
        refuse(answer, 429, "Too many requests from this address; try again later.\n");
    } else if (!get && !head) {
        add_header(answer, "Allow", "GET, HEAD");
        refuse(answer, 405, "Only GET and HEAD are understood here.\n");
    } else if (!token_of(request->path, token)) {
        refuse(answer, 404, "There is nothing at this address.\n");
    } else {
        answer_token(files, request, token, answer);
    }
}

void am_serve_log_line(struct am_text *text, const struct am_serve_answer *answer,
                       const char *client, int64_t now_s, size_t bytes, bool cut)
{
    char when[32] = "";
    time_t seconds = (time_t)now_s;
    struct tm parts;
    if (gmtime_r(&seconds, &parts))
        (void)strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &parts);
    am_text_format(text, "%s %s %s %s %d %zu%s%s", when, client, answer->method, answer->who,
                   answer->status, bytes, answer->gzipped ? " gzip" : "", cut ? " cut" : "");
    if (answer->trouble)
        am_text_format(text, " (%s)", answer->trouble);
    am_text_add(text, "\n");
}
