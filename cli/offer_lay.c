#include "cli/offer_lay.h"

#include <string.h>

#include "solver/heads.h"

/* ---- a person's appointments ---- */

static struct am_offer_appointment appointment(const struct am_offer_lay *lay,
                                               const struct am_decision *decision,
                                               const struct am_heads *heads, int64_t pair,
                                               int16_t minutes)
{
    int s = lay->instance->pairs[pair].session;
    const struct am_isession *at = &lay->instance->sessions[s];
    return (struct am_offer_appointment){
        .session = s,
        .minutes = minutes,
        .supervisor = at->led_by >= 0 ? at->led_by : decision->supervisor[s],
        .journey = am_pair_find(&lay->derived->eligibility, lay->person, s),
        .booked = heads[s].all,
        .opens = !lay->decision->runs[s] && heads[s].all == 0,
    };
}

/* chosen: of the person, by day. */
static am_status lay_appointments(const struct am_offer_lay *lay,
                                  const struct am_decision *decision, const struct am_heads *heads,
                                  const int64_t *chosen, const struct am_offer_appointment **list,
                                  int *count, struct am_err *err)
{
    int days = lay->instance->days;
    int16_t minutes[7 * AM_WEEKS_MAX];
    struct am_offer_appointment *all =
        AM_ARENA_NEW(lay->arena, (size_t)days, struct am_offer_appointment);
    if (!all)
        return am_fail_memory(err);
    (void)am_pattern_points(lay->instance, lay->person, chosen, minutes);
    *count = 0;
    for (int d = 0; d < days; d++)
        if (chosen[d] >= 0)
            all[(*count)++] = appointment(lay, decision, heads, chosen[d], minutes[d]);
    *list = all;
    return AM_OK;
}

/* ---- patterns ---- */

static int32_t days_late(const struct am_offer_report *report, am_date first)
{
    if (report->start_due == AM_NO_DATE)
        return -1;
    return first > report->start_due ? first - report->start_due : 0;
}

static am_status lay_pattern(const struct am_offer_lay *lay, const struct am_heads *heads,
                             const struct am_offers *offers, int i, struct am_offer_report *report,
                             struct am_offer_pattern *pattern, struct am_err *err)
{
    const struct am_offer *offer = &offers->at[i];
    const struct am_offer *best = &offers->at[0];
    *pattern = (struct am_offer_pattern){.points = offer->points,
                                         .others = offer->others,
                                         .gained = offers->nothing - offer->points - offer->others,
                                         .behind = offer->points + offer->others - best->points -
                                                   best->others};
    am_status status = lay_appointments(lay, lay->decision, heads, offer->chosen,
                                        &pattern->appointments, &pattern->count, err);
    for (int k = 0; k < pattern->count && status == AM_OK; k++) {
        const struct am_offer_appointment *a = &pattern->appointments[k];
        const struct am_session *at = &lay->derived->caseload.sessions[a->session];
        pattern->minutes += a->minutes;
        if (lay->derived->caseload.projects[at->project].type == AM_ETE)
            pattern->ete_minutes += a->minutes;
        if (k == 0)
            pattern->first = at->date;
    }
    pattern->late_days = days_late(report, pattern->first);
    return status;
}

/* ---- who else would move ---- */

static int list_sessions(const struct am_offer_lay *lay, const struct am_decision *decision,
                         int person, int32_t *sessions)
{
    int count = 0;
    for (int d = 0; d < lay->instance->days; d++) {
        int64_t k = decision->chosen[(int64_t)person * lay->instance->days + d];
        if (k >= 0)
            sessions[count++] = lay->instance->pairs[k].session;
    }
    return count;
}

static am_status lay_move(const struct am_offer_lay *lay, const struct am_decision *after,
                          int person, struct am_offer_move *move, struct am_err *err)
{
    size_t days = (size_t)lay->instance->days;
    int32_t *had = AM_ARENA_NEW(lay->arena, days, int32_t);
    int32_t *has = AM_ARENA_NEW(lay->arena, days, int32_t);
    if (!had || !has)
        return am_fail_memory(err);
    *move = (struct am_offer_move){
        .person = person,
        .before = had,
        .after = has,
        .before_count = list_sessions(lay, lay->decision, person, had),
        .after_count = list_sessions(lay, after, person, has),
    };
    return AM_OK;
}

static bool has_moved(const struct am_offer_lay *lay, const struct am_decision *after, int person)
{
    size_t days = (size_t)lay->instance->days, first = (size_t)person * days;
    return memcmp(lay->decision->chosen + first, after->chosen + first,
                  days * sizeof *after->chosen) != 0;
}

static am_status lay_moves(const struct am_offer_lay *lay, const struct am_rearranged *rearranged,
                           struct am_heads *heads, struct am_offer_moves *moves, struct am_err *err)
{
    const struct am_decision *after = &rearranged->decision;
    const int64_t *theirs = after->chosen + (int64_t)lay->person * lay->instance->days;
    int people = lay->instance->person_count;
    struct am_offer_move *moved = AM_ARENA_NEW(lay->arena, (size_t)people, struct am_offer_move);
    if (!moved)
        return am_fail_memory(err);
    *moves = (struct am_offer_moves){.free = rearranged->others,
                                     .proven = rearranged->proven,
                                     .gained = rearranged->before - rearranged->after,
                                     .moved = moved};
    am_heads_count(lay->instance, after, heads);
    for (int d = 0; d < lay->instance->days; d++)
        if (theirs[d] >= 0)
            am_heads_add(lay->instance, theirs[d], lay->person, -1,
                         &heads[lay->instance->pairs[theirs[d]].session]);
    am_status status =
        lay_appointments(lay, after, heads, theirs, &moves->appointments, &moves->count, err);
    for (int p = 0; p < people && status == AM_OK; p++)
        if (p != lay->person && has_moved(lay, after, p))
            status = lay_move(lay, after, p, &moved[moves->moved_count++], err);
    return status;
}

am_status am_offer_lay(const struct am_offer_lay *lay, const struct am_offers *offers,
                       const struct am_rearranged *rearranged, struct am_offer_report *report,
                       struct am_err *err)
{
    const int64_t *weekly =
        rearranged->decision.chosen + (int64_t)lay->person * lay->instance->days;
    struct am_offer_pattern *patterns =
        AM_ARENA_NEW(lay->arena, (size_t)offers->count, struct am_offer_pattern);
    struct am_heads *heads =
        AM_ARENA_NEW(lay->arena, (size_t)lay->instance->session_count, struct am_heads);
    if (!patterns || !heads)
        return am_fail_memory(err);
    am_heads_count(lay->instance, lay->decision, heads);
    am_status status = AM_OK;
    for (int i = 0; i < offers->count && status == AM_OK; i++) {
        status = lay_pattern(lay, heads, offers, i, report, &patterns[i], err);
        patterns[i].weekly =
            memcmp(offers->at[i].chosen, weekly, (size_t)lay->instance->days * sizeof *weekly) == 0;
    }
    report->patterns = patterns;
    report->count = offers->count;
    return status == AM_OK ? lay_moves(lay, rearranged, heads, &report->moves, err) : status;
}
