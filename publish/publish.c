#include "publish/publish.h"

#include <string.h>

#include "io/utc.h"
#include "publish/event_text.h"
#include "publish/feed_parts.h"
#include "publish/publish_feed.h"

static const char *const view_words[] = {"team", "supervisor", "project", "person"};
enum { VIEW_COUNT = sizeof view_words / sizeof *view_words, NAME_TEXT = 512 };

struct run {
    struct am_store *store;
    const struct am_roster_context *context;
    const struct am_caseload *caseload;
    const struct am_roster *roster;
    const struct am_publish_options *options;
    struct am_publish_result *result;
    struct am_arena arena;
    struct am_figures figures;
    struct am_id_key key;
    struct am_publish_feed feed; /* what all feeds share */
    bool *seen, *gone;           /* of the ledger's feeds */
    int seen_room;
};

/* ---- who has a feed ---- */

static int count_of(const struct run *run, enum am_calendar_view view)
{
    switch (view) {
    case AM_CALENDAR_SUPERVISOR:
        return run->caseload->supervisor_count;
    case AM_CALENDAR_PROJECT:
        return run->caseload->project_count;
    case AM_CALENDAR_PERSON:
        return run->caseload->person_count;
    case AM_CALENDAR_TEAM:
        break;
    }
    return 1;
}

static const char *code_of(const struct run *run, enum am_calendar_view view, int index)
{
    switch (view) {
    case AM_CALENDAR_SUPERVISOR:
        return run->caseload->supervisors[index].code;
    case AM_CALENDAR_PROJECT:
        return run->caseload->projects[index].code;
    case AM_CALENDAR_PERSON:
        return run->caseload->people[index].crn;
    case AM_CALENDAR_TEAM:
        break;
    }
    return "";
}

static void id_of(const struct run *run, enum am_calendar_view view, int index,
                  char id[AM_OPAQUE_ID_TEXT])
{
    const char *parts[] = {"feed", view_words[view], code_of(run, view, index)};
    am_opaque_id(&run->key, parts, 3, id);
}

static am_status name_feed(struct run *run, int feed, enum am_calendar_view view, int index,
                           struct am_err *err)
{
    char name[NAME_TEXT];
    if (view == AM_CALENDAR_TEAM)
        (void)snprintf(name, sizeof name, "%s", view_words[view]);
    else
        (void)snprintf(name, sizeof name, "%s:%s", view_words[view], code_of(run, view, index));
    struct am_ledger_feed *at = &run->store->ledger.feeds[feed];
    if (strcmp(at->name, name) == 0)
        return AM_OK;
    at->name = am_arena_strdup(&run->store->arena, name);
    return at->name ? AM_OK : am_fail_memory(err);
}

/* After the ledger was lost nobody knows whose a feed is until the ids of all
 * who might have one are reckoned again. */
static am_status name_unknown(struct run *run, struct am_err *err)
{
    am_status status = AM_OK;
    bool unknown = false;
    for (int i = 0; i < run->store->ledger.feed_count; i++)
        unknown |= *run->store->ledger.feeds[i].name == '\0';
    for (int v = 0; unknown && v < VIEW_COUNT; v++)
        for (int i = 0; i < count_of(run, (enum am_calendar_view)v) && !status; i++) {
            char id[AM_OPAQUE_ID_TEXT];
            id_of(run, (enum am_calendar_view)v, i, id);
            int feed = am_names_find(&run->store->ids, id);
            if (feed >= 0)
                status = name_feed(run, feed, (enum am_calendar_view)v, i, err);
        }
    return status;
}

/* A person has a calendar where there is an order to work, or an appointment. */
static am_status find_due(struct run *run, bool **due, struct am_err *err)
{
    *due = AM_ARENA_NEW(&run->arena, (size_t)run->caseload->person_count, bool);
    if (!*due)
        return am_fail_memory(err);
    for (int p = 0; p < run->caseload->person_count; p++)
        (*due)[p] = run->context->orders->people[p].order >= 0;
    for (int i = 0; i < run->roster->appointment_count; i++)
        (*due)[run->roster->appointments[i].person] = true;
    return AM_OK;
}

/* ---- one feed ---- */

static am_status note_seen(struct run *run, int feed, struct am_err *err)
{
    if (feed >= run->seen_room) {
        int room = 2 * feed + 64;
        bool *seen = AM_ARENA_NEW(&run->arena, (size_t)room, bool);
        if (!seen)
            return am_fail_memory(err);
        if (run->seen_room > 0)
            memcpy(seen, run->seen, (size_t)run->seen_room * sizeof *seen);
        run->seen = seen;
        run->seen_room = room;
    }
    run->seen[feed] = true;
    return AM_OK;
}

static void add_counts(struct am_merge_counts *to, const struct am_merge_counts *more)
{
    to->same += more->same;
    to->added += more->added;
    to->changed += more->changed;
    to->cancelled += more->cancelled;
    to->removed += more->removed;
}

/* Count what became of a feed that is published. */
static void count_feed(struct run *run, int feed, bool had_address, int staged_before)
{
    struct am_publish_result *result = run->result;
    result->feeds++;
    if (!had_address) {
        result->made++;
        am_text_format(&result->addresses, "%s\n", run->store->ledger.feeds[feed].name);
    } else if (run->store->set.count > staged_before)
        result->changed++;
}

static am_status publish_one(struct run *run, enum am_calendar_view view, int index,
                             struct am_err *err)
{
    char id[AM_OPAQUE_ID_TEXT];
    struct am_merge_counts counts;
    int feed, staged = run->store->set.count;
    id_of(run, view, index, id);
    am_status status = am_store_feed(run->store, id, &feed, err);
    if (!status)
        status = note_seen(run, feed, err);
    if (!status)
        status = name_feed(run, feed, view, index, err);
    if (status)
        return status;
    if (run->store->ledger.feeds[feed].revoked) {
        run->result->revoked++;
        return AM_OK;
    }
    bool had_address = run->store->tokens[feed] != NULL;
    status = am_publish_feed(&run->feed, feed, view, index, &counts, err);
    if (status)
        return status;
    add_counts(&run->result->events, &counts);
    count_feed(run, feed, had_address, staged);
    return AM_OK;
}

static am_status publish_view(struct run *run, enum am_calendar_view view, struct am_err *err)
{
    bool *due = NULL;
    am_status status = view == AM_CALENDAR_PERSON ? find_due(run, &due, err) : AM_OK;
    for (int i = 0; i < count_of(run, view) && !status; i++)
        if (!due || due[i])
            status = publish_one(run, view, i, err);
    return status;
}

/* ---- feeds whose supervisor, project or person has left ---- */

/* Feeds of views that are not asked for stay as they are. */
static bool is_asked_for(const struct run *run, const char *name)
{
    for (int v = 0; v < VIEW_COUNT; v++) {
        size_t size = strlen(view_words[v]);
        if (strncmp(name, view_words[v], size) == 0 && (name[size] == ':' || name[size] == '\0'))
            return (run->options->views & 1U << v) != 0;
    }
    return true;
}

static am_status end_one(struct run *run, int feed, struct am_err *err)
{
    struct am_merge_counts counts;
    bool over;
    int staged = run->store->set.count;
    am_status status = am_publish_gone(&run->feed, feed, &over, &counts, err);
    if (status)
        return status;
    add_counts(&run->result->events, &counts);
    if (!over) {
        count_feed(run, feed, true, staged);
        return AM_OK;
    }
    run->gone[feed] = true;
    run->result->withdrawn++;
    return am_store_withdraw(run->store, feed, AM_MARK_WITHDRAWN, err);
}

/* Drop from the ledger those that are over. */
static void forget_gone(struct run *run)
{
    struct am_store *store = run->store;
    int kept = 0;
    for (int i = 0; i < store->ledger.feed_count; i++) {
        if (run->gone[i])
            continue;
        store->tokens[kept] = store->tokens[i];
        store->ledger.feeds[kept++] = store->ledger.feeds[i];
    }
    store->ledger.feed_count = kept;
}

static am_status end_missing(struct run *run, struct am_err *err)
{
    am_status status = AM_OK;
    int count = run->store->ledger.feed_count;
    run->gone = AM_ARENA_NEW(&run->arena, (size_t)count, bool);
    if (!run->gone)
        return am_fail_memory(err);
    for (int i = 0; i < count && !status; i++) {
        const struct am_ledger_feed *feed = &run->store->ledger.feeds[i];
        bool seen = i < run->seen_room && run->seen[i];
        if (feed->revoked)
            am_publish_forget(&run->feed, i);
        else if (!seen && is_asked_for(run, feed->name))
            status = end_one(run, i, err);
    }
    if (!status)
        forget_gone(run);
    return status;
}

/* ---- all ---- */

static int64_t midnight(am_date date)
{
    return am_utc_of_london(date, 0);
}

static am_status begin(struct run *run, struct am_err *err)
{
    const struct am_caseload *caseload = run->caseload;
    struct am_ledger *ledger = &run->store->ledger;
    struct am_publish_feed *feed = &run->feed;
    feed->store = run->store;
    feed->from = midnight(caseload->from);
    feed->to = midnight(caseload->from + 7 * caseload->weeks);
    if (run->options->now >= feed->to)
        return am_fail(err, AM_EINVALID, "%s: its data is from after the last day of the roster",
                       caseload->file);
    /* an older roster once more does not turn the clock back */
    ledger->now = ledger->now > run->options->now ? ledger->now : run->options->now;
    feed->now = ledger->now;
    run->key = am_id_key_of_bytes(ledger->key, strlen(ledger->key));
    am_status status =
        am_figures_gather(run->context, run->roster, &run->arena, &run->figures, err);
    if (!status)
        status = am_calendars_new(run->context, run->roster, &run->figures, &feed->calendars, err);
    if (!status)
        am_calendars_use(feed->calendars, run->key, run->options->detail);
    return status ? status : name_unknown(run, err);
}

am_status am_publish_roster(struct am_store *store, const struct am_roster_context *context,
                            const struct am_roster *roster,
                            const struct am_publish_options *options,
                            struct am_publish_result *result, struct am_err *err)
{
    struct run run = {.store = store,
                      .context = context,
                      .caseload = context->caseload,
                      .roster = roster,
                      .options = options,
                      .result = result};
    *result = (struct am_publish_result){0};
    am_arena_init(&run.arena);
    am_status status = begin(&run, err);
    for (int v = 0; v < VIEW_COUNT && !status; v++)
        if (options->views & 1U << v)
            status = publish_view(&run, (enum am_calendar_view)v, err);
    if (!status)
        status = end_missing(&run, err);
    if (!status)
        status = am_text_status(&result->addresses, err);
    am_calendars_free(run.feed.calendars);
    am_arena_release(&run.arena);
    return status;
}
