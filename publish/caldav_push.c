#include "publish/caldav_push.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/text.h"

enum { URL_TEXT = 4096, REDIRECTS_MOST = 3, SAVE_EVERY = 25, REFUSED_MOST = 20 };

/* ---- reading the calendar ---- */

static const char list_body[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<D:propfind xmlns:D=\"DAV:\"><D:prop><D:getetag/><D:resourcetype/></D:prop></D:propfind>\n";

static am_status send_list(const struct am_caldav_push *push, const char *url, const char *depth,
                           struct am_caldav_reply *reply, struct am_err *err)
{
    struct am_caldav_request request = {.method = "PROPFIND",
                                        .url = url,
                                        .depth = depth,
                                        .content_type = "application/xml; charset=utf-8",
                                        .body = list_body,
                                        .body_size = sizeof list_body - 1};
    return am_caldav_ask(push->session, &request, reply, err);
}

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 307 || status == 308;
}

/* The answer to a listing of the target, wherever on its server that has moved. */
static am_status ask_list(struct am_caldav_push *push, struct am_caldav_reply *reply,
                          struct am_err *err)
{
    for (int moves = 0;; moves++) {
        struct am_caldav_target moved;
        am_status status = send_list(push, push->target.url, "1", reply, err);
        if (status || !is_redirect(reply->status) || !*reply->location || moves == REDIRECTS_MOST)
            return status;
        am_text_release(&reply->body);
        status = am_caldav_target_follow(&push->target, reply->location, &moved, err);
        if (status)
            return status;
        am_caldav_target_release(&push->target);
        push->target = moved;
    }
}

static am_status read_list(const struct am_caldav_reply *reply, struct am_arena *arena,
                           struct am_caldav_listing *listing, struct am_err *err)
{
    if (reply->status == 404)
        return am_fail(err, AM_EIO,
                       "there is no calendar at this address (HTTP 404); make one at the server "
                       "first, and give its address");
    if (reply->status != 207)
        return am_caldav_explain(reply, "the calendar cannot be read", err);
    am_status status =
        am_caldav_listing_read(am_text_string(&reply->body), reply->body.size, arena, listing, err);
    if (status)
        return status;
    const struct am_caldav_resource *itself = NULL; /* all others are inside it */
    for (int i = 0; i < listing->count; i++)
        if (!itself || strlen(listing->resources[i].href) < strlen(itself->href))
            itself = &listing->resources[i];
    if (itself && itself->is_calendar)
        return AM_OK;
    return am_fail(err, AM_EINVALID,
                   "what is at this address is no calendar; give the address of the calendar "
                   "itself, as the server's settings show it");
}

/* The ledger forgets what is neither wanted nor there any longer. */
static void forget_gone(struct am_caldav_push *push)
{
    struct am_caldav_ledger *ledger = push->ledger;
    for (int i = ledger->count - 1; i >= 0; i--) {
        bool planned = false;
        for (int step = 0; !planned && step < push->plan.count; step++)
            planned = strcmp(push->plan.steps[step].uid, ledger->entries[i].uid) == 0;
        if (!planned)
            am_caldav_ledger_remove(ledger, ledger->entries[i].uid);
    }
}

am_status am_caldav_push_plan(struct am_caldav_push *push, struct am_arena *arena,
                              struct am_err *err)
{
    struct am_caldav_reply reply;
    struct am_caldav_listing listing;
    am_status status = ask_list(push, &reply, err);
    if (status)
        return status;
    status = read_list(&reply, arena, &listing, err);
    am_text_release(&reply.body);
    if (!status)
        status = am_caldav_plan_make(push->feed, push->ledger, &listing, arena, &push->plan, err);
    if (status)
        return status;
    if (push->feed->event_count == 0 && push->plan.counts[AM_CALDAV_DELETE] > 0 && !push->may_empty)
        return am_fail(err, AM_EINVALID,
                       "the feed holds no event: all %d at the server would be deleted; say "
                       "--empty if that is meant",
                       push->plan.counts[AM_CALDAV_DELETE]);
    forget_gone(push);
    return AM_OK;
}

/* ---- one event ---- */

/* An event that is being put right. */
struct work {
    struct am_caldav_push *push;
    const struct am_caldav_step *step;
    char name[URL_TEXT / 4];
    char etag[AM_CALDAV_ETAG_TEXT]; /* that it has at the server; "" unknown */
    struct am_caldav_reply reply;   /* the last */
};

static void set(char *text, size_t room, const char *value)
{
    (void)snprintf(text, room, "%s", value);
}

static bool make_url(const struct work *work, char url[URL_TEXT])
{
    int size = snprintf(url, URL_TEXT, "%s%s", work->push->target.url, work->name);
    return size > 0 && size < URL_TEXT;
}

/* Weak tags never match where a strong one is asked for: a server that gives
 * them means the strong one. */
static const char *strong(const char *etag)
{
    return strncmp(etag, "W/", 2) == 0 ? etag + 2 : etag;
}

/* Send one request about the work's resource. text: what it is to hold; NULL: it is to go. */
static am_status send_one(struct work *work, const struct am_text *text, bool create,
                          struct am_err *err)
{
    char url[URL_TEXT];
    struct am_caldav_request request = {.method = text ? "PUT" : "DELETE",
                                        .url = url,
                                        .if_none_match = create,
                                        .if_match = create        ? NULL
                                                    : *work->etag ? strong(work->etag)
                                                                  : "*"};
    if (text) {
        request.content_type = "text/calendar; charset=utf-8";
        request.body = am_text_string(text);
        request.body_size = text->size;
    }
    if (!make_url(work, url))
        return am_fail(err, AM_EINVALID, "the address is too long");
    am_text_release(&work->reply.body);
    return am_caldav_ask(work->push->session, &request, &work->reply, err);
}

/* Ask for the tag that the resource has now. *there: it exists. */
static am_status refresh_etag(struct work *work, bool *there, struct am_err *err)
{
    char url[URL_TEXT];
    struct am_arena arena;
    struct am_caldav_listing listing = {0};
    *there = false;
    if (!make_url(work, url))
        return am_fail(err, AM_EINVALID, "the address is too long");
    am_text_release(&work->reply.body);
    am_status status = send_list(work->push, url, "0", &work->reply, err);
    if (status || work->reply.status != 207)
        return status;
    am_arena_init(&arena);
    status = am_caldav_listing_read(am_text_string(&work->reply.body), work->reply.body.size,
                                    &arena, &listing, err);
    if (!status && listing.count > 0 && !listing.resources[0].missing) {
        *there = true;
        set(work->etag, sizeof work->etag, listing.resources[0].etag);
    }
    am_arena_release(&arena);
    return status;
}

static const char query_begin[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<C:calendar-query xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">"
    "<D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name=\"VCALENDAR\">"
    "<C:comp-filter name=\"VEVENT\"><C:prop-filter name=\"UID\">"
    "<C:text-match collation=\"i;octet\">";
static const char query_end[] = "</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter>"
                                "</C:filter></C:calendar-query>\n";

/* Take the first resource of an answer to our query as the one of the work. */
static am_status take_found(struct work *work, bool *found, struct am_err *err)
{
    struct am_arena arena;
    struct am_caldav_listing listing = {0};
    am_arena_init(&arena);
    am_status status = am_caldav_listing_read(am_text_string(&work->reply.body),
                                              work->reply.body.size, &arena, &listing, err);
    if (!status && listing.count > 0 && !listing.resources[0].missing) {
        const char *name = am_caldav_name_of(listing.resources[0].href);
        if (name) {
            *found = true;
            set(work->name, sizeof work->name, name);
            set(work->etag, sizeof work->etag, listing.resources[0].etag);
        }
    }
    am_arena_release(&arena);
    return status;
}

/* The event is in the calendar under some other name: somebody imported it, or
 * the server renames. Find that. */
static am_status find_by_uid(struct work *work, bool *found, struct am_err *err)
{
    struct am_text body = {0};
    struct am_caldav_request request = {.method = "REPORT",
                                        .url = work->push->target.url,
                                        .depth = "1",
                                        .content_type = "application/xml; charset=utf-8"};
    *found = false;
    am_text_format(&body, "%s%s%s", query_begin, work->step->uid, query_end);
    am_status status = am_text_status(&body, err);
    if (!status) {
        request.body = body.bytes;
        request.body_size = body.size;
        am_text_release(&work->reply.body);
        status = am_caldav_ask(work->push->session, &request, &work->reply, err);
    }
    am_text_release(&body);
    return status || work->reply.status != 207 ? status : take_found(work, found, err);
}

/* Send the event; where it was created or changed meanwhile, see what is there
 * and send it once more. */
static am_status put(struct work *work, const struct am_text *text, struct am_err *err)
{
    bool there = false, found = false;
    bool create = work->step->deed == AM_CALDAV_CREATE;
    am_status status = send_one(work, text, create, err);
    if (status || am_caldav_succeeded(&work->reply))
        return status;
    int refusal = work->reply.status;
    if (create && (refusal == 409 || refusal == 403)) {
        status = find_by_uid(work, &found, err);
        if (status || !found) {
            work->reply.status = refusal; /* that is what to explain */
            return status;
        }
        return send_one(work, text, false, err);
    }
    if (refusal != 412 && refusal != 404)
        return AM_OK;
    status = refresh_etag(work, &there, err);
    if (status || (work->reply.status != 207 && work->reply.status != 404))
        return status;
    return send_one(work, text, !there, err);
}

static am_status delete (struct work *work, struct am_err *err)
{
    bool there = false;
    am_status status = send_one(work, NULL, false, err);
    if (!status && work->reply.status == 412) {
        status = refresh_etag(work, &there, err);
        if (!status && there)
            status = send_one(work, NULL, false, err);
    }
    if (!status && (work->reply.status == 404 || work->reply.status == 410 ||
                    (work->reply.status == 207 && !there)))
        work->reply.status = 204; /* gone is gone */
    return status;
}

/* ---- all of them ---- */

/* Put what was done into the ledger. A server that gives no tag with its
 * answer has changed what it was sent, and is asked for one. */
static am_status record(struct work *work, struct am_err *err)
{
    struct am_caldav_ledger *ledger = work->push->ledger;
    bool there;
    if (work->step->deed == AM_CALDAV_DELETE) {
        am_caldav_ledger_remove(ledger, work->step->uid);
        return AM_OK;
    }
    set(work->etag, sizeof work->etag, work->reply.etag);
    if (!*work->etag) {
        am_status status = refresh_etag(work, &there, err);
        if (status)
            return status;
    }
    struct am_caldav_entry entry = {work->step->uid, work->name, work->etag, work->step->hash};
    return am_caldav_ledger_put(ledger, &entry, err);
}

static am_status carry_out(struct work *work, struct am_err *err)
{
    struct am_text text = {0};
    am_status status;
    if (work->step->deed == AM_CALDAV_DELETE) {
        status = delete (work, err);
    } else {
        am_feed_put_event(work->push->feed, work->step->event, &text);
        status = am_text_status(&text, err);
        if (!status)
            status = put(work, &text, err);
        am_text_release(&text);
    }
    return status;
}

static const char *failing_deed(enum am_caldav_deed deed)
{
    return deed == AM_CALDAV_DELETE ? "an event cannot be deleted" : "an event cannot be sent";
}

/* *stop: there is no use in going on after this one. */
static am_status do_step(struct am_caldav_push *push, const struct am_caldav_step *step, bool *stop,
                         struct am_err *err)
{
    struct work work = {.push = push, .step = step};
    set(work.name, sizeof work.name, step->name);
    set(work.etag, sizeof work.etag, step->etag);
    am_status status = carry_out(&work, err);
    if (status) {
        *stop = true;
    } else if (am_caldav_succeeded(&work.reply)) {
        push->done[step->deed]++;
        status = record(&work, err);
        *stop = status != AM_OK;
    } else {
        status = am_caldav_explain(&work.reply, failing_deed(step->deed), err);
        *stop = am_caldav_is_hopeless(&work.reply);
    }
    am_text_release(&work.reply.body);
    return status;
}

static am_status do_steps(struct am_caldav_push *push, struct am_err *err)
{
    am_status first = AM_OK;
    int since = 0;
    bool stop = false;
    for (int i = 0; i < push->plan.count && !stop; i++) {
        const struct am_caldav_step *step = &push->plan.steps[i];
        struct am_err why;
        if (step->deed == AM_CALDAV_KEEP)
            continue;
        am_status status = do_step(push, step, &stop, &why);
        if (status && !stop) {
            push->refused_count++;
            push->refused(push->context, step, &why);
            stop = push->refused_count >= REFUSED_MOST;
        }
        if (status && !first) {
            first = status;
            *err = why;
        }
        if (status && stop)
            *err = why;
        if (++since >= SAVE_EVERY && !stop) {
            since = 0;
            status = push->save(push->context, &why);
            if (status) {
                *err = why;
                return status;
            }
        }
    }
    return first;
}

am_status am_caldav_push_run(struct am_caldav_push *push, struct am_err *err)
{
    struct am_err why, saving;
    am_status status = do_steps(push, &why);
    am_status saved = push->save(push->context, &saving);
    if (!status && !saved)
        return AM_OK;
    if (err)
        *err = status ? why : saving;
    return status ? status : saved;
}
