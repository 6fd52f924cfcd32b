/* Recurring sessions become occurrences: from the window's first day to the
 * last day that the completion of an open order can depend on, and beyond it for
 * plans. */
#include "io/caseload_reader.h"

#include <stdlib.h>
#include <string.h>

#include "io/recurrence.h"
#include "model/horizon.h"

struct occurrence {
    struct am_session session;
    const cJSON *pin; /* what pins the supervisor, or NULL */
};

struct expansion {
    struct am_reader *reader;
    am_date horizon;
    struct am_date_list dates; /* of the definition at hand */
    struct occurrence *at;
    size_t count, room;
};

/* The latest deadline of an open order, at least the window's last day. */
static am_date find_horizon(const struct am_caseload *caseload)
{
    am_date horizon = am_caseload_last(caseload);
    int months = caseload->policy.completion_months;
    for (int i = 0; i < caseload->order_count; i++) {
        const struct am_order *order = &caseload->orders[i];
        int32_t left = order->ordered_min + order->adjustment_min - order->worked_min;
        am_date deadline = order->own_deadline;
        if (order->status != AM_ORDER_ACTIVE || left <= 0 || order->sentence_date == AM_NO_DATE)
            continue;
        if (deadline == AM_NO_DATE && months != AM_NO_LIMIT)
            deadline = am_months_end(order->sentence_date, months);
        if (deadline != AM_NO_DATE && deadline > horizon)
            horizon = deadline;
    }
    return horizon;
}

/* Likewise, with the weeks beyond that are asked for; a deadline ages away adds none. */
static am_date find_end(const struct am_reader *reader)
{
    am_date horizon = find_horizon(reader->caseload);
    am_date most = reader->caseload->from + 7 * AM_PLAN_WEEKS_MAX - 1;
    am_date end = horizon + 7 * reader->weeks_beyond;
    end = end < most ? end : most;
    return reader->weeks_beyond > 0 && end > horizon ? end : horizon;
}

static bool push(struct expansion *x, const struct occurrence *occurrence)
{
    if (x->count == x->room) {
        size_t room = x->room > 0 ? 2 * x->room : 1024;
        struct occurrence *at = realloc(x->at, room * sizeof *at);
        if (!at) {
            x->reader->status = am_fail_memory(x->reader->err);
            return false;
        }
        x->at = at;
        x->room = room;
    }
    x->at[x->count++] = *occurrence;
    return true;
}

static struct occurrence make_occurrence(const struct am_caseload *caseload,
                                         const struct am_definition *definition, int ordinal,
                                         am_date date, const struct am_override *override)
{
    struct am_session session = {
        .id = definition->id,
        .definition = ordinal,
        .project = definition->project,
        .original_date = date,
        .date = override ? override->new_date : date,
        .start = (int16_t)(override ? override->start : definition->start),
        .minutes = (int16_t)(override ? override->minutes : definition->minutes),
        .place = override ? override->place : definition->place,
        .places = override ? override->places : definition->places,
        .min_group = definition->min_group,
        .supervised = definition->supervised,
        .pinned_supervisor = override ? override->supervisor : -1,
    };
    if (override && override->cancelled)
        session.closed = AM_CANCELLED;
    else if (am_dates_contain(caseload->non_working, session.date))
        session.closed = AM_NON_WORKING_DAY;
    return (struct occurrence){session,
                               session.pinned_supervisor >= 0 ? override->supervisor_value : NULL};
}

static bool is_kept(const struct expansion *x, const struct am_session *session)
{
    const struct am_caseload *caseload = x->reader->caseload;
    if (session->date < caseload->from || session->date > x->horizon)
        return false;
    return session->date <= am_caseload_last(caseload) || session->closed == AM_OPEN;
}

/* In the hour that does not exist or exists twice nobody knows what a time
 * means. False after an error. */
static bool check_clock_change(struct am_reader *reader, const cJSON *value,
                               const struct am_session *session)
{
    int end = session->start + session->minutes;
    bool starts = am_in_clock_change(session->date, session->start);
    if (!starts && (end == AM_DAY_MINUTES || !am_in_clock_change(session->date, end)))
        return true;
    char date[AM_DATE_TEXT];
    am_json_error(&reader->json, value,
                  "on %s the clocks change between 01:00 and 02:00, where this session %s",
                  am_date_format(session->date, date), starts ? "starts" : "ends");
    return false;
}

static bool takes_place(const struct am_date_list *dates, am_date date)
{
    return am_dates_contain((struct am_dates){dates->at, dates->count}, date);
}

/* Every override must be of a date that the rule yields and that is not excluded. */
static void check_overrides(struct expansion *x, const struct am_definition *definition)
{
    struct am_json *json = &x->reader->json;
    for (int i = 0; i < definition->override_count; i++) {
        const struct am_override *override = &definition->overrides[i];
        if (!takes_place(&x->dates, override->date))
            am_json_error(json, override->value, "session \"%s\" does not take place on this date",
                          definition->id);
        else if (am_dates_contain(definition->exdates, override->date))
            am_json_error(json, override->value, "this date is among \"exdates\" too");
    }
}

/* The dates of a definition up to the horizon, and to its last override, which
 * may bring a later occurrence forward. */
static bool find_dates(struct expansion *x, const struct am_definition *definition)
{
    struct am_err err = {0};
    am_date last = x->horizon;
    if (definition->override_count > 0) {
        am_date latest = definition->overrides[definition->override_count - 1].date;
        last = latest > last ? latest : last;
    }
    am_status status = am_recurrence_expand(definition->rrule, definition->first, definition->start,
                                            last, &x->dates, &err);
    if (status == AM_EINVALID)
        am_json_error(&x->reader->json, definition->rrule_value, "%s", err.msg);
    else if (status != AM_OK)
        x->reader->status = am_fail_memory(x->reader->err);
    return status == AM_OK;
}

static void expand(struct expansion *x, int ordinal)
{
    const struct am_definition *definition = &x->reader->definition[ordinal];
    int next = 0;
    bool clock_reported = false;
    if (definition->first == AM_NO_DATE || !find_dates(x, definition))
        return;
    check_overrides(x, definition);
    for (int i = 0; i < x->dates.count; i++) {
        am_date date = x->dates.at[i];
        while (next < definition->override_count && definition->overrides[next].date < date)
            next++;
        bool overridden =
            next < definition->override_count && definition->overrides[next].date == date;
        const struct am_override *override = overridden ? &definition->overrides[next] : NULL;
        if ((!overridden && date < x->reader->caseload->from) ||
            am_dates_contain(definition->exdates, date))
            continue;
        struct occurrence occurrence =
            make_occurrence(x->reader->caseload, definition, ordinal, date, override);
        if (!is_kept(x, &occurrence.session))
            continue;
        if (!clock_reported)
            clock_reported = !check_clock_change(
                x->reader, override ? override->value : definition->value, &occurrence.session);
        if (!push(x, &occurrence))
            return;
    }
}

static int compare_occurrences(const void *a, const void *b)
{
    const struct am_session *x = &((const struct occurrence *)a)->session;
    const struct am_session *y = &((const struct occurrence *)b)->session;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->definition != y->definition)
        return x->definition < y->definition ? -1 : 1;
    return x->original_date < y->original_date ? -1 : 1;
}

static void take_over(struct expansion *x)
{
    struct am_reader *reader = x->reader;
    struct am_caseload *caseload = reader->caseload;
    caseload->sessions = AM_KEEP(reader, x->count, struct am_session);
    if (!caseload->sessions)
        return;
    if (!x->at) /* no session at all */
        return;
    qsort(x->at, x->count, sizeof *x->at, compare_occurrences);
    for (size_t i = 0; i < x->count; i++)
        caseload->sessions[i] = x->at[i].session;
    caseload->session_count = (int)x->count;
    while (caseload->window_session_count < caseload->session_count &&
           caseload->sessions[caseload->window_session_count].date <= am_caseload_last(caseload))
        caseload->window_session_count++;
    reader->session_pin = AM_SCRATCH(reader, caseload->window_session_count, const cJSON *);
    for (int i = 0; reader->session_pin && i < caseload->window_session_count; i++)
        reader->session_pin[i] = x->at[i].pin;
}

enum { OCCURRENCES_MOST = 20000000 };

void am_expand_sessions(struct am_reader *reader)
{
    struct expansion x = {.reader = reader, .horizon = find_end(reader)};
    for (int d = 0; d < reader->definition_count && reader->status == AM_OK; d++) {
        expand(&x, d);
        if (x.count > OCCURRENCES_MOST) {
            am_json_error(&reader->json, reader->definition[d].value,
                          "more than %d occurrences of sessions", OCCURRENCES_MOST);
            break;
        }
    }
    if (reader->status == AM_OK)
        take_over(&x);
    free(x.at);
    am_date_list_release(&x.dates);
}
