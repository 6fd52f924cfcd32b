/* Pushing to a calendar server that is played here, and that fails in every way at every request.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "publish/caldav_push.h"

enum { HELD_MOST = 32, BODY_TEXT = 2000, NAME_TEXT = 128 };

struct held {
    char name[NAME_TEXT], body[BODY_TEXT];
    int tag;
};

enum fault {
    NO_FAULT,
    LOST_REQUEST, /* nothing happens and no answer comes */
    LOST_ANSWER,  /* it is done, but the answer does not come */
    STATUS        /* an answer of this status, and nothing is done */
};

/* The server. */
struct server {
    struct held held[HELD_MOST];
    int count, tags;
    int requests, changes;
    int fault_at; /* the request that goes wrong; -1: none */
    enum fault fault;
    int fault_status;
    bool no_tags;     /* PUT tells no ETag */
    bool principal;   /* the address is no calendar */
    bool unique_uids; /* refuses a UID that is there under another name */
    char location[64];
};

static struct held *find(struct server *server, const char *name)
{
    for (int i = 0; i < server->count; i++)
        if (strcmp(server->held[i].name, name) == 0)
            return &server->held[i];
    return NULL;
}

/* One that is there. */
static struct held *get(struct server *server, const char *name)
{
    struct held *held = find(server, name);
    assert_non_null(held);
    return held ? held : server->held;
}

static void uid_of(const char *body, char uid[NAME_TEXT])
{
    const char *at = strstr(body, "UID:");
    assert_non_null(at);
    (void)snprintf(uid, NAME_TEXT, "%.*s", (int)strcspn(at + 4, "\r\n"), at + 4);
}

static struct held *find_uid(struct server *server, const char *uid)
{
    char other[NAME_TEXT];
    for (int i = 0; i < server->count; i++) {
        uid_of(server->held[i].body, other);
        if (strcmp(other, uid) == 0)
            return &server->held[i];
    }
    return NULL;
}

static void tell(struct am_caldav_reply *reply, const struct held *held)
{
    am_text_format(&reply->body,
                   "<D:response><D:href>/c/%s</D:href><D:propstat><D:prop><D:getetag>\"%d\""
                   "</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
                   "</D:response>",
                   held->name, held->tag);
}

static int list(struct server *server, const char *name, struct am_caldav_reply *reply)
{
    const struct held *held = find(server, name);
    if (*name && !held)
        return 404;
    am_text_add(&reply->body, "<D:multistatus xmlns:D=\"DAV:\" "
                              "xmlns:C=\"urn:ietf:params:xml:ns:caldav\">");
    if (!*name)
        am_text_format(&reply->body,
                       "<D:response><D:href>/c/</D:href><D:propstat><D:prop><D:resourcetype>"
                       "<D:collection/>%s</D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK"
                       "</D:status></D:propstat></D:response>",
                       server->principal ? "" : "<C:calendar/>");
    for (int i = 0; i < server->count; i++)
        if (!*name || held == &server->held[i])
            tell(reply, &server->held[i]);
    am_text_add(&reply->body, "</D:multistatus>");
    return 207;
}

static int query(struct server *server, const char *body, struct am_caldav_reply *reply)
{
    const char *at = strstr(body, "octet\">");
    char uid[NAME_TEXT];
    assert_non_null(at);
    (void)snprintf(uid, sizeof uid, "%.*s", (int)strcspn(at + 7, "<"), at + 7);
    const struct held *held = find_uid(server, uid);
    am_text_add(&reply->body, "<D:multistatus xmlns:D=\"DAV:\">");
    if (held)
        tell(reply, held);
    am_text_add(&reply->body, "</D:multistatus>");
    return 207;
}

static bool condition_holds(const struct am_caldav_request *request, const struct held *held)
{
    char tag[32];
    if (request->if_none_match)
        return !held;
    if (!request->if_match)
        return true;
    if (!held)
        return false;
    (void)snprintf(tag, sizeof tag, "\"%d\"", held->tag);
    return strcmp(request->if_match, "*") == 0 || strcmp(request->if_match, tag) == 0;
}

static int put(struct server *server, const struct am_caldav_request *request, const char *name,
               struct am_caldav_reply *reply)
{
    struct held *held = find(server, name);
    char uid[NAME_TEXT];
    uid_of(request->body, uid);
    assert_true(request->if_match || request->if_none_match);
    if (!condition_holds(request, held))
        return 412;
    if (server->unique_uids && find_uid(server, uid) && find_uid(server, uid) != held)
        return 409;
    int status = held ? 204 : 201;
    if (!held) {
        assert_true(server->count < HELD_MOST);
        held = &server->held[server->count++];
        (void)snprintf(held->name, sizeof held->name, "%s", name);
    }
    assert_true(request->body_size < BODY_TEXT);
    (void)snprintf(held->body, sizeof held->body, "%s", request->body);
    held->tag = ++server->tags;
    server->changes++;
    if (!server->no_tags)
        (void)snprintf(reply->etag, sizeof reply->etag, "\"%d\"", held->tag);
    return status;
}

static int delete (struct server *server, const struct am_caldav_request *request, const char *name)
{
    struct held *held = find(server, name);
    if (!held)
        return 404;
    if (!condition_holds(request, held))
        return 412;
    *held = server->held[--server->count];
    server->changes++;
    return 204;
}

static int serve(struct server *server, const struct am_caldav_request *request,
                 struct am_caldav_reply *reply)
{
    static const char base[] = "http://127.0.0.1/c/";
    if (*server->location && strncmp(request->url, base, sizeof base - 1) != 0) {
        (void)snprintf(reply->location, sizeof reply->location, "%s", server->location);
        return 301;
    }
    assert_memory_equal(request->url, base, sizeof base - 1);
    const char *name = request->url + sizeof base - 1;
    assert_null(strchr(name, '/'));
    if (strcmp(request->method, "PROPFIND") == 0)
        return list(server, name, reply);
    if (strcmp(request->method, "REPORT") == 0)
        return query(server, request->body, reply);
    if (strcmp(request->method, "PUT") == 0)
        return put(server, request, name, reply);
    assert_string_equal(request->method, "DELETE");
    return delete (server, request, name);
}

static am_status send_to(void *context, const struct am_caldav_request *request,
                         struct am_caldav_reply *reply, struct am_err *err)
{
    struct server *server = context;
    bool faulty = server->requests++ == server->fault_at;
    (void)err;
    if (faulty && server->fault == STATUS) {
        reply->status = server->fault_status;
        return AM_OK;
    }
    if (!faulty || server->fault == LOST_ANSWER)
        reply->status = serve(server, request, reply);
    if (faulty) {
        am_text_release(&reply->body);
        *reply = (struct am_caldav_reply){.passing = true, .reason = "gone"};
    }
    return AM_OK;
}

static void no_pause(void *context, int32_t seconds)
{
    (void)context;
    (void)seconds;
}

/* ---- feeds ---- */

static const char head[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\n"
                           "X-AMENDS-FEED:01234567-89ab-8def-8123-456789abcdef\r\n"
                           "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nEND:VTIMEZONE\r\n";

/* A feed of such events: letters are UIDs, digits behind them what they say. */
static void make_feed(const char *events, struct am_arena *arena, struct am_feed *feed)
{
    int count = (int)strlen(events) / 2;
    *feed = (struct am_feed){
        .id = "01234567-89ab-8def-8123-456789abcdef", .head = head, .head_size = sizeof head - 1};
    feed->events = AM_ARENA_NEW(arena, (size_t)count, struct am_feed_event);
    assert_non_null(feed->events);
    for (int i = 0; i < count; i++) {
        char uid[2] = {events[2 * i], '\0'}, ics[200];
        (void)snprintf(ics, sizeof ics, "BEGIN:VEVENT\r\nUID:%s\r\nSUMMARY:%c\r\nEND:VEVENT\r\n",
                       uid, events[2 * i + 1]);
        feed->events[i] = (struct am_feed_event){.uid = am_arena_strdup(arena, uid),
                                                 .ics = am_arena_strdup(arena, ics),
                                                 .size = strlen(ics)};
        assert_non_null(feed->events[i].uid);
        assert_non_null(feed->events[i].ics);
    }
    feed->event_count = count;
}

/* ---- runs ---- */

/* What stays on our side from run to run. */
struct side {
    struct am_arena arena;
    struct am_caldav_ledger ledger, saved;
    int refused, saves;
    bool cannot_save, may_empty;
    int32_t retries;
    const char *url;
    struct am_err err;
    int done[AM_CALDAV_DELETE + 1];
};

static am_status save(void *context, struct am_err *err)
{
    struct side *side = context;
    if (side->cannot_save)
        return am_fail(err, AM_EIO, "the disk is full");
    side->saves++;
    am_caldav_ledger_init(&side->saved, &side->arena, "x");
    for (int i = 0; i < side->ledger.count; i++)
        assert_int_equal(am_caldav_ledger_put(&side->saved, &side->ledger.entries[i], err), AM_OK);
    return AM_OK;
}

static void refused(void *context, const struct am_caldav_step *step, const struct am_err *why)
{
    struct side *side = context;
    assert_non_null(step->uid);
    assert_true(*why->msg != '\0');
    side->refused++;
}

static void begin(struct side *side)
{
    *side = (struct side){.url = "http://127.0.0.1/c/"};
    am_arena_init(&side->arena);
    am_caldav_ledger_init(&side->saved, &side->arena, "x");
}

static am_status run(struct side *side, struct server *server, const char *events)
{
    struct am_caldav_session session = {{send_to, server}, side->retries, no_pause, NULL, NULL};
    struct am_feed feed;
    struct am_caldav_push push = {.session = &session,
                                  .feed = &feed,
                                  .ledger = &side->ledger,
                                  .may_empty = side->may_empty,
                                  .save = save,
                                  .refused = refused,
                                  .context = side};
    make_feed(events, &side->arena, &feed);
    side->ledger = side->saved;
    side->refused = 0;
    server->requests = 0;
    assert_int_equal(am_caldav_target_read(side->url, &push.target, NULL), AM_OK);
    am_status status = am_caldav_push_plan(&push, &side->arena, &side->err);
    if (!status)
        status = am_caldav_push_run(&push, &side->err);
    memcpy(side->done, push.done, sizeof side->done);
    am_caldav_target_release(&push.target);
    return status;
}

/* The server has these events and no others, each once. */
static void assert_holds(struct server *server, const char *events)
{
    struct am_arena arena;
    struct am_feed feed;
    am_arena_init(&arena);
    make_feed(events, &arena, &feed);
    assert_int_equal(server->count, feed.event_count);
    for (int i = 0; i < feed.event_count; i++) {
        struct am_text text = {0};
        const struct held *held = find_uid(server, feed.events[i].uid);
        am_feed_put_event(&feed, i, &text);
        assert_non_null(held);
        assert_string_equal(held->body, am_text_string(&text));
        am_text_release(&text);
    }
    am_arena_release(&arena);
}

static void only_what_differs_is_sent(void **state)
{
    struct server server = {.fault_at = -1};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1b1c1"), AM_OK);
    assert_holds(&server, "a1b1c1");
    assert_int_equal(server.requests, 4);
    assert_int_equal(run(&side, &server, "a1b1c1"), AM_OK);
    assert_int_equal(server.requests, 1);
    assert_int_equal(run(&side, &server, "a1b2d1"), AM_OK);
    assert_int_equal(server.requests, 4);
    assert_int_equal(side.done[AM_CALDAV_CREATE], 1);
    assert_int_equal(side.done[AM_CALDAV_UPDATE], 1);
    assert_int_equal(side.done[AM_CALDAV_DELETE], 1);
    assert_holds(&server, "a1b2d1");
    assert_string_equal(server.held[0].name, "amends-01234567-a.ics");
    am_arena_release(&side.arena);
}

static void a_resource_holds_no_method_and_no_others_properties(void **state)
{
    struct server server = {.fault_at = -1};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1"), AM_OK);
    assert_null(strstr(server.held[0].body, "METHOD"));
    assert_non_null(strstr(server.held[0].body, "BEGIN:VTIMEZONE"));
    am_arena_release(&side.arena);
}

static void a_server_without_tags_is_asked_for_them(void **state)
{
    struct server server = {.fault_at = -1, .no_tags = true};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1b1"), AM_OK);
    assert_int_equal(server.requests, 5);
    assert_int_equal(run(&side, &server, "a1b1"), AM_OK);
    assert_int_equal(server.requests, 1);
    am_arena_release(&side.arena);
}

static void a_lost_ledger_makes_no_duplicates_and_leaves_nothing_behind(void **state)
{
    struct server server = {.fault_at = -1};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1b1c1"), AM_OK);
    am_caldav_ledger_init(&side.saved, &side.arena, "x");
    assert_int_equal(run(&side, &server, "a1b2d1"), AM_OK);
    assert_holds(&server, "a1b2d1");
    assert_int_equal(run(&side, &server, "a1b2d1"), AM_OK);
    assert_int_equal(server.requests, 1);
    am_arena_release(&side.arena);
}

static void what_others_put_there_is_left_alone(void **state)
{
    struct server server = {
        .fault_at = -1,
        .count = 2,
        .held = {{"birthday.ics", "UID:other", 900}, {"amends-ffffffff-a.ics", "UID:far", 901}}};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1"), AM_OK);
    side.may_empty = true;
    assert_int_equal(run(&side, &server, ""), AM_OK);
    assert_int_equal(server.count, 2);
    assert_string_equal(get(&server, "birthday.ics")->body, "UID:other");
    assert_string_equal(get(&server, "amends-ffffffff-a.ics")->body, "UID:far");
    am_arena_release(&side.arena);
}

static void what_somebody_changed_or_removed_is_put_right(void **state)
{
    struct server server = {.fault_at = -1};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1b1c1"), AM_OK);
    struct held *held = get(&server, "amends-01234567-a.ics");
    (void)snprintf(held->body, sizeof held->body, "UID:a\r\nSUMMARY:mine now\r\n");
    held->tag = ++server.tags;
    held = get(&server, "amends-01234567-b.ics");
    *held = server.held[--server.count];
    assert_int_equal(run(&side, &server, "a1b1c1"), AM_OK);
    assert_int_equal(side.done[AM_CALDAV_UPDATE], 1);
    assert_int_equal(side.done[AM_CALDAV_CREATE], 1);
    assert_holds(&server, "a1b1c1");
    am_arena_release(&side.arena);
}

static void an_event_under_another_name_is_found_and_kept_there(void **state)
{
    struct server server = {.fault_at = -1,
                            .unique_uids = true,
                            .count = 1,
                            .held = {{"imported.ics", "UID:a\r\n", 900}}};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1b1"), AM_OK);
    assert_holds(&server, "a1b1");
    assert_non_null(find(&server, "imported.ics"));
    assert_int_equal(run(&side, &server, "a1b1"), AM_OK);
    assert_int_equal(server.requests, 1);
    assert_int_equal(run(&side, &server, "b1"), AM_OK);
    assert_holds(&server, "b1");
    am_arena_release(&side.arena);
}

/* One run from "a1b1c1d1" to "a1b2d2e1f1", with one fault; then one without. */
static int heal(enum fault fault, int status, int at, int32_t retries)
{
    static struct server server;
    struct side side;
    server = (struct server){.fault_at = -1, .unique_uids = true};
    begin(&side);
    assert_int_equal(run(&side, &server, "a1b1c1d1"), AM_OK);
    side.retries = retries;
    server.fault_at = at;
    server.fault = fault;
    server.fault_status = status;
    am_status first = run(&side, &server, "a1b2d2e1f1");
    int requests = server.requests;
    server.fault_at = -1;
    if (first)
        assert_true(*side.err.msg != '\0');
    if (!first && status != 404) /* a server that says "not there" of what is, is believed once */
        assert_holds(&server, "a1b2d2e1f1");
    if (retries > 0)
        assert_int_equal(first, AM_OK);
    assert_int_equal(run(&side, &server, "a1b2d2e1f1"), AM_OK);
    assert_holds(&server, "a1b2d2e1f1");
    assert_int_equal(run(&side, &server, "a1b2d2e1f1"), AM_OK);
    assert_int_equal(server.requests, 1);
    am_arena_release(&side.arena);
    return requests;
}

static void the_next_run_heals_whatever_went_wrong(void **state)
{
    static const int statuses[] = {301, 400, 401, 403, 404, 405, 409, 412,
                                   413, 423, 429, 500, 502, 503, 504, 507};
    (void)state;
    for (int at = 0; at < 7; at++) {
        (void)heal(LOST_REQUEST, 0, at, 0);
        (void)heal(LOST_ANSWER, 0, at, 0);
        for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
            (void)heal(STATUS, statuses[i], at, 0);
    }
}

static void one_that_passes_is_healed_in_the_same_run(void **state)
{
    static const int statuses[] = {408, 425, 429, 502, 503, 504};
    (void)state;
    for (int at = 0; at < 6; at++) {
        (void)heal(LOST_REQUEST, 0, at, 1);
        (void)heal(LOST_ANSWER, 0, at, 1);
        for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
            (void)heal(STATUS, statuses[i], at, 1);
    }
}

static void one_event_that_is_refused_does_not_keep_back_the_others(void **state)
{
    struct server server = {.fault_at = 2, .fault = STATUS, .fault_status = 413};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1b1c1"), AM_EIO);
    assert_int_equal(side.refused, 1);
    assert_int_equal(side.done[AM_CALDAV_CREATE], 2);
    assert_holds(&server, "a1c1");
    am_arena_release(&side.arena);
}

static void after_a_refused_password_nothing_more_is_asked(void **state)
{
    struct server server = {.fault_at = 2, .fault = STATUS, .fault_status = 401};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1b1c1"), AM_EIO);
    assert_int_equal(server.requests, 3);
    assert_int_equal(side.refused, 0);
    assert_non_null(strstr(side.err.msg, "password"));
    assert_int_equal(side.saved.count, 1);
    am_arena_release(&side.arena);
}

static void what_is_no_calendar_gets_no_events(void **state)
{
    struct server server = {.fault_at = -1, .principal = true};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, "a1"), AM_EINVALID);
    assert_int_equal(server.changes, 0);
    assert_non_null(strstr(side.err.msg, "no calendar"));
    am_arena_release(&side.arena);
}

static void a_calendar_that_moved_on_its_server_is_followed(void **state)
{
    struct server server = {.fault_at = -1, .location = "/c/"};
    struct side side;
    (void)state;
    begin(&side);
    side.url = "http://127.0.0.1/old/";
    assert_int_equal(run(&side, &server, "a1"), AM_OK);
    assert_holds(&server, "a1");
    (void)snprintf(server.location, sizeof server.location, "https://evil.example/c/");
    assert_int_equal(run(&side, &server, "a2"), AM_EINVALID);
    assert_holds(&server, "a1");
    (void)snprintf(server.location, sizeof server.location, "/old/"); /* round and round */
    assert_int_equal(run(&side, &server, "a2"), AM_EIO);
    am_arena_release(&side.arena);
}

static void an_empty_feed_takes_nothing_away_unless_told(void **state)
{
    struct server server = {.fault_at = -1};
    struct side side;
    (void)state;
    begin(&side);
    assert_int_equal(run(&side, &server, ""), AM_OK);
    assert_int_equal(run(&side, &server, "a1b1"), AM_OK);
    assert_int_equal(run(&side, &server, ""), AM_EINVALID);
    assert_holds(&server, "a1b1");
    side.may_empty = true;
    assert_int_equal(run(&side, &server, ""), AM_OK);
    assert_int_equal(server.count, 0);
    assert_int_equal(side.saved.count, 0);
    am_arena_release(&side.arena);
}

static void a_ledger_that_cannot_be_saved_is_an_error_that_heals(void **state)
{
    struct server server = {.fault_at = -1};
    struct side side;
    (void)state;
    begin(&side);
    side.cannot_save = true;
    assert_int_equal(run(&side, &server, "a1b1"), AM_EIO);
    assert_non_null(strstr(side.err.msg, "disk"));
    side.cannot_save = false;
    assert_int_equal(run(&side, &server, "a1b1"), AM_OK);
    assert_holds(&server, "a1b1");
    assert_int_equal(run(&side, &server, "a1b1"), AM_OK);
    assert_int_equal(server.requests, 1);
    am_arena_release(&side.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_differs_is_sent),
        cmocka_unit_test(a_resource_holds_no_method_and_no_others_properties),
        cmocka_unit_test(a_server_without_tags_is_asked_for_them),
        cmocka_unit_test(a_lost_ledger_makes_no_duplicates_and_leaves_nothing_behind),
        cmocka_unit_test(what_others_put_there_is_left_alone),
        cmocka_unit_test(what_somebody_changed_or_removed_is_put_right),
        cmocka_unit_test(an_event_under_another_name_is_found_and_kept_there),
        cmocka_unit_test(the_next_run_heals_whatever_went_wrong),
        cmocka_unit_test(one_that_passes_is_healed_in_the_same_run),
        cmocka_unit_test(one_event_that_is_refused_does_not_keep_back_the_others),
        cmocka_unit_test(after_a_refused_password_nothing_more_is_asked),
        cmocka_unit_test(what_is_no_calendar_gets_no_events),
        cmocka_unit_test(a_calendar_that_moved_on_its_server_is_followed),
        cmocka_unit_test(an_empty_feed_takes_nothing_away_unless_told),
        cmocka_unit_test(a_ledger_that_cannot_be_saved_is_an_error_that_heals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
