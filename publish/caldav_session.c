#include "publish/caldav_session.h"

#include <inttypes.h>
#include <stdio.h>

/* May the same request go better in a while? */
static bool is_passing(const struct am_caldav_reply *reply)
{
    switch (reply->status) {
    case 0:
        return reply->passing;
    case 408: /* the request took too long */
    case 425: /* too early */
    case 429: /* too many requests */
    case 502: /* a proxy in front of the server... */
    case 503:
    case 504: /* ... does not reach it */
        return true;
    default:
        return false;
    }
}

/* Seconds until the next attempt, or -1 when the server asks for too many. */
static int32_t wait_before(const struct am_caldav_reply *reply, int32_t attempt)
{
    int32_t wait_s = attempt < 6 ? 1 << attempt : 60;
    if (reply->wait_s > AM_CALDAV_WAIT_MOST_S)
        return -1;
    return reply->wait_s > wait_s ? reply->wait_s : wait_s;
}

am_status am_caldav_ask(const struct am_caldav_session *session,
                        const struct am_caldav_request *request, struct am_caldav_reply *reply,
                        struct am_err *err)
{
    for (int32_t attempt = 0;; attempt++) {
        *reply = (struct am_caldav_reply){0};
        am_status status = session->sender.send(session->sender.context, request, reply, err);
        if (!status && session->stopped && session->stopped())
            status = am_fail(err, AM_EINTERRUPTED, "stopped");
        if (status) {
            am_text_release(&reply->body);
            return status;
        }
        int32_t wait_s = wait_before(reply, attempt);
        if (!is_passing(reply) || attempt >= session->retries || wait_s < 0)
            return AM_OK;
        am_text_release(&reply->body);
        session->pause(session->context, wait_s);
    }
}

bool am_caldav_is_hopeless(const struct am_caldav_reply *reply)
{
    return reply->status == 0 || reply->status == 401 || reply->status == 507 || is_passing(reply);
}

/* What a status means, for somebody who does not know HTTP. */
static const char *meaning(int status)
{
    switch (status) {
    case 401:
        return "the server does not accept the user name and password";
    case 403:
        return "the server does not allow it: may this user change this calendar?";
    case 404:
    case 410:
        return "there is nothing at this address";
    case 405:
        return "this address takes no events: is it the address of a calendar?";
    case 409:
        return "the server sees a conflict: an event of the same id elsewhere, or no calendar here";
    case 412:
        return "somebody else keeps changing it";
    case 413:
        return "the server finds it too large";
    case 423:
        return "it is locked by somebody else";
    case 429:
        return "the server was asked too often";
    case 507:
        return "the server has no room left";
    default:
        if (status >= 300 && status < 400)
            return "the server sends us on to another address";
        return status >= 500 ? "the server is in trouble" : "the server refuses";
    }
}

am_status am_caldav_explain(const struct am_caldav_reply *reply, const char *what,
                            struct am_err *err)
{
    if (reply->status == 0)
        return am_fail(err, AM_EIO, "%s: the server gives no answer: %s", what, reply->reason);
    if (reply->wait_s > AM_CALDAV_WAIT_MOST_S)
        return am_fail(err, AM_EIO,
                       "%s: %s (HTTP %d); it asks to be left alone for %" PRId32 " seconds", what,
                       meaning(reply->status), reply->status, reply->wait_s);
    return am_fail(err, AM_EIO, "%s: %s (HTTP %d)", what, meaning(reply->status), reply->status);
}
