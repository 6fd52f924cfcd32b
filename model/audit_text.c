/*
 * Breaches in words: what is broken, with the figures that show it. Rules whose
 * facts are sensitive say that there is a restriction, and no more.
 */
#include "model/audit_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char restricted_text[] = "a restriction on this case";

static struct am_breach *new_breach(struct am_audit *audit)
{
    if (audit->breach_count == audit->breach_room) {
        int room = audit->breach_room > 0 ? 2 * audit->breach_room : 16;
        struct am_breach *larger = AM_ARENA_NEW(&audit->arena, (size_t)room, struct am_breach);
        if (!larger)
            return NULL;
        for (int i = 0; i < audit->breach_count; i++)
            larger[i] = audit->breaches[i];
        audit->breaches = larger;
        audit->breach_room = room;
    }
    return &audit->breaches[audit->breach_count++];
}

void am_audit_note(struct am_audit_log *log, enum am_rule rule, bool accepted,
                   struct am_audit_place place, const char *fmt, ...)
{
    log->broken += !accepted;
    log->accepted += accepted;
    if (!log->audit)
        return;
    char text[256];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args); /* a longer sentence is cut */
    va_end(args);
    const char *detail =
        am_rule_restricted(rule) ? restricted_text : am_arena_strdup(&log->audit->arena, text);
    struct am_breach *breach = detail ? new_breach(log->audit) : NULL;
    if (!breach) {
        log->no_memory = true;
        return;
    }
    *breach = (struct am_breach){
        rule, accepted, place.person, place.session, place.supervisor, place.date, detail};
}

/* ---- a person at a session ---- */

struct subject {
    const struct am_audit_facts *facts;
    const struct am_audit_booking *booking;
    const struct am_session *session;
};

static void describe_order(const struct subject *subject, char *text, size_t size)
{
    const struct am_caseload *caseload = subject->facts->caseload;
    const struct am_order *order = &caseload->orders[subject->booking->order];
    char date[AM_DATE_TEXT];
    if (order->status != AM_ORDER_ACTIVE)
        (void)snprintf(text, size, "the order (event %s) is %s", order->event,
                       am_order_status_word(order->status));
    else if (subject->session->date < order->sentence_date)
        (void)snprintf(text, size, "the sentence (event %s) is of %s", order->event,
                       am_date_format(order->sentence_date, date));
    else
        (void)snprintf(text, size, "event %s is not the order to be credited", order->event);
}

static void describe_journey(const struct subject *subject, char *text, size_t size)
{
    const struct am_caseload *caseload = subject->facts->caseload;
    struct am_audit_journey journey =
        am_audit_journey_of(caseload, subject->booking->person, subject->booking->session);
    if (journey.known)
        (void)snprintf(text, size,
                       "the journey takes %d minutes there and %d back; the limit is %d",
                       journey.there, journey.back, caseload->policy.travel_limit_minutes);
    else
        (void)snprintf(text, size, "no journey is known both ways");
}

static void describe_hours(const struct subject *subject, char *text, size_t size)
{
    char from[AM_MINUTE_TEXT], to[AM_MINUTE_TEXT];
    (void)snprintf(text, size, "not available for the whole session, %s to %s",
                   am_minute_format(subject->session->start, from),
                   am_minute_format(subject->session->start + subject->session->minutes, to));
}

static void describe_minutes(const struct subject *subject, char *text, size_t size)
{
    const struct am_audit_person *person = &subject->facts->people[subject->booking->person];
    (void)snprintf(
        text, size, "%d minutes booked of a session of %d; %lld could be booked in the window",
        subject->booking->minutes, subject->session->minutes, (long long)person->free_min);
}

static void describe_week(const struct subject *subject, char *text, size_t size)
{
    const struct am_caseload *caseload = subject->facts->caseload;
    int week = am_audit_week(caseload, subject->booking->session);
    (void)snprintf(text, size, "over the weekly maximum of %d minutes",
                   am_audit_week_max_waived(caseload, subject->booking->person, week));
}

static void describe_education(const struct subject *subject, char *text, size_t size)
{
    (void)snprintf(text, size, "over the %lld minutes of education that are left",
                   (long long)subject->facts->people[subject->booking->person].ete_left_min);
}

static void describe(enum am_rule rule, const struct subject *subject, char *text, size_t size)
{
    static void (*const described[AM_RULE_COUNT])(const struct subject *, char *, size_t) = {
        [AM_R1] = describe_order, [AM_R2] = describe_hours,   [AM_R3] = describe_journey,
        [AM_R5] = describe_week,  [AM_R6] = describe_minutes, [AM_R7] = describe_education,
    };
    if (described[rule])
        described[rule](subject, text, size);
    else
        (void)snprintf(text, size, "%s", am_rule_sentence(rule));
}

void am_audit_note_set(struct am_audit_log *log, const struct am_audit_facts *facts,
                       am_rule_set rules, bool accepted, const struct am_audit_booking *booking)
{
    struct subject subject = {facts, booking, &facts->caseload->sessions[booking->session]};
    struct am_audit_place place = {booking->person, booking->session, -1, subject.session->date};
    for (int r = 0; r < AM_RULE_COUNT; r++) {
        char text[256] = "";
        if (!(rules & AM_RULE_BIT(r)))
            continue;
        if (log->audit)
            describe((enum am_rule)r, &subject, text, sizeof text);
        am_audit_note(log, (enum am_rule)r, accepted, place, "%s", text);
    }
}

/* ---- order ---- */

static int compare_breaches(const void *left, const void *right)
{
    const struct am_breach *a = left, *b = right;
    const int keys_a[] = {(int)a->rule, a->session, a->person, a->supervisor, a->date};
    const int keys_b[] = {(int)b->rule, b->session, b->person, b->supervisor, b->date};
    for (size_t i = 0; i < sizeof keys_a / sizeof keys_a[0]; i++)
        if (keys_a[i] != keys_b[i])
            return keys_a[i] < keys_b[i] ? -1 : 1;
    return (int)a->accepted - (int)b->accepted;
}

void am_audit_sort(struct am_audit *audit)
{
    if (audit->breach_count > 0)
        qsort(audit->breaches, (size_t)audit->breach_count, sizeof *audit->breaches,
              compare_breaches);
}
