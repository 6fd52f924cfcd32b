/*
 * Kinds of place: what is held of each week by week, and the minutes that
 * supervisors have to lead it.
 */
#include <stdlib.h>
#include <string.h>

#include "model/horizon_parts.h"

static int least(int a, int b)
{
    return a < b ? a : b;
}

static enum am_week_part part_of(int weekday)
{
    return weekday == AM_SA   ? AM_PART_SATURDAY
           : weekday == AM_SU ? AM_PART_SUNDAY
                              : AM_PART_WEEKDAYS;
}

static int day_of(const struct am_horizon_work *work, int session)
{
    return work->caseload->sessions[session].date - work->caseload->from;
}

/* ---- kinds ---- */

/* The largest group that somebody qualified for the project may lead. */
static int32_t group_limit(const struct am_caseload *caseload, int project)
{
    int32_t most = 0;
    for (int m = 0; m < caseload->supervisor_count; m++) {
        const struct am_supervisor *who = &caseload->supervisors[m];
        if (who->group_limit > most &&
            (who->any_project || am_indices_have(who->projects, project)))
            most = who->group_limit;
    }
    return most;
}

/* A pinned supervisor may lead what they are not qualified for. */
static int32_t seats_of(const struct am_caseload *caseload, const struct am_session *at,
                        const int32_t *limits)
{
    int32_t places = at->places, limit = limits[at->project];
    if (at->pinned_supervisor >= 0)
        limit = caseload->supervisors[at->pinned_supervisor].group_limit;
    return am_bookable(&caseload->policy, at->supervised ? least(places, limit) : places);
}

static bool is_open(const struct am_horizon_work *work, int session, int32_t seats)
{
    const struct am_session *at = &work->caseload->sessions[session];
    return at->closed == AM_OPEN && !am_session_past(work->caseload, session) && seats > 0 &&
           day_of(work, session) < work->days &&
           work->caseload->projects[at->project].type != AM_INDUCTION &&
           (!at->supervised || work->genders[session] != 0);
}

/* Number what is alike among the sessions at which somebody new could be. */
static am_status number(struct am_horizon_work *work, const int32_t *seats, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    size_t sessions = (size_t)caseload->session_count;
    struct am_alike kinds = {0};
    int open = 0;
    struct am_alike_key *keys = AM_ARENA_NEW(&work->scratch, sessions, struct am_alike_key);
    int32_t *listed = AM_ARENA_NEW(&work->scratch, sessions, int32_t);
    if (!keys || !listed)
        return am_fail_memory(err);
    for (int s = 0; s < caseload->session_count; s++) {
        const struct am_session *at = &caseload->sessions[s];
        if (!is_open(work, s, seats[s]))
            continue;
        keys[open] = (struct am_alike_key){{at->project, at->place, at->minutes, seats[s],
                                            at->supervised, (int32_t)part_of(day_of(work, s) % 7)},
                                           open};
        listed[open++] = s;
    }
    am_status status = am_alike_build(keys, open, &work->scratch, &kinds, err);
    if (status != AM_OK)
        return status;
    for (int i = 0; i < open; i++)
        work->kind_of[listed[i]] = kinds.of[i];
    struct am_horizon *horizon = work->horizon;
    horizon->kind_count = kinds.count;
    horizon->kinds = AM_ARENA_NEW(work->arena, (size_t)kinds.count, struct am_place_kind);
    if (!horizon->kinds)
        return am_fail_memory(err);
    for (int k = 0; k < kinds.count; k++) {
        int s = listed[kinds.example[k]];
        const struct am_session *at = &caseload->sessions[s];
        horizon->kinds[k] = (struct am_place_kind){.project = at->project,
                                                   .place = at->place,
                                                   .minutes = at->minutes,
                                                   .seats = seats[s],
                                                   .supervised = at->supervised,
                                                   .part = part_of(day_of(work, s) % 7),
                                                   .example = s};
    }
    return AM_OK;
}

static am_status find_kinds(struct am_horizon_work *work, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    size_t sessions = (size_t)caseload->session_count;
    int32_t *limits = AM_ARENA_NEW(&work->scratch, (size_t)caseload->project_count, int32_t);
    int32_t *seats = AM_ARENA_NEW(&work->scratch, sessions, int32_t);
    work->genders = AM_ARENA_NEW(&work->scratch, sessions, am_genders);
    work->kind_of = AM_ARENA_NEW(&work->scratch, sessions, int32_t);
    if (!limits || !seats || !work->genders || !work->kind_of)
        return am_fail_memory(err);
    for (int j = 0; j < caseload->project_count; j++)
        limits[j] = group_limit(caseload, j);
    for (int s = 0; s < caseload->session_count; s++) {
        const struct am_session *at = &caseload->sessions[s];
        work->kind_of[s] = -1;
        seats[s] = seats_of(caseload, at, limits);
        if (at->supervised && at->closed == AM_OPEN && day_of(work, s) < work->days)
            work->genders[s] = am_leading_genders(caseload, s);
    }
    return number(work, seats, err);
}

/* ---- classes: kinds by weekday and start ---- */

static am_status find_classes(struct am_horizon_work *work, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    size_t sessions = (size_t)caseload->session_count;
    struct am_alike alike = {0};
    struct am_alike_key *keys = AM_ARENA_NEW(&work->scratch, sessions, struct am_alike_key);
    int32_t *listed = AM_ARENA_NEW(&work->scratch, sessions, int32_t);
    work->class_of = AM_ARENA_NEW(&work->scratch, sessions, int32_t);
    if (!keys || !listed || !work->class_of)
        return am_fail_memory(err);
    int count = 0;
    for (int s = 0; s < caseload->session_count; s++) {
        work->class_of[s] = -1;
        if (work->kind_of[s] < 0)
            continue;
        keys[count] = (struct am_alike_key){
            {work->kind_of[s], day_of(work, s) % 7, caseload->sessions[s].start}, count};
        listed[count++] = s;
    }
    am_status status = am_alike_build(keys, count, &work->scratch, &alike, err);
    if (status != AM_OK)
        return status;
    size_t classes = (size_t)alike.count;
    work->class_count = alike.count;
    work->words = (size_t)work->horizon->weeks / 64 + 1;
    work->classes = AM_ARENA_NEW(&work->scratch, classes, struct am_slot_class);
    work->class_held = AM_ARENA_NEW(&work->scratch, classes * work->words, uint64_t);
    if (!work->classes || !work->class_held)
        return am_fail_memory(err);
    for (int i = 0; i < count; i++) {
        int s = listed[i], c = alike.of[i], week = day_of(work, s) / 7;
        struct am_slot_class *of = &work->classes[c];
        work->class_of[s] = c;
        if (i == alike.example[c])
            of->example = s;
        of->kind = work->kind_of[s];
        of->weekday = day_of(work, s) % 7;
        of->start = caseload->sessions[s].start;
        of->genders |= work->genders[s];
        work->class_held[(size_t)c * work->words + (size_t)week / 64] |= UINT64_C(1) << week % 64;
    }
    return AM_OK;
}

/* ---- what is held ---- */

static am_status count_fixed_heads(struct am_horizon_work *work, struct am_err *err)
{
    const struct am_orders *orders = work->orders;
    work->fixed_heads =
        AM_ARENA_NEW(&work->scratch, (size_t)work->caseload->window_session_count, int32_t);
    if (!work->fixed_heads)
        return am_fail_memory(err);
    for (int i = 0; i < orders->fixed_count; i++)
        work->fixed_heads[orders->fixed[i].session] += !orders->fixed[i].recorded;
    return AM_OK;
}

/* Minutes of the session that are taken by those who are fixed to it, as a
 * share of its seats, rounded up. */
static int32_t fixed_share(const struct am_horizon_work *work, int session)
{
    if (session >= work->caseload->window_session_count || work->fixed_heads[session] == 0)
        return 0;
    const struct am_place_kind *kind = &work->horizon->kinds[work->kind_of[session]];
    int32_t heads = least(work->fixed_heads[session], kind->seats);
    return (kind->minutes * heads + kind->seats - 1) / kind->seats;
}

static am_status add_held(struct am_horizon_work *work, struct am_err *err)
{
    struct am_horizon *horizon = work->horizon;
    size_t cells = (size_t)horizon->kind_count * (size_t)horizon->weeks;
    horizon->held_min = AM_ARENA_NEW(work->arena, cells, int32_t);
    if (!horizon->held_min)
        return am_fail_memory(err);
    for (int s = 0; s < work->caseload->session_count; s++)
        if (work->kind_of[s] >= 0)
            horizon->held_min[work->kind_of[s] * horizon->weeks + day_of(work, s) / 7] +=
                work->caseload->sessions[s].minutes - fixed_share(work, s);
    return AM_OK;
}

/* ---- supervisors ---- */

/* Sessions of one day at which a supervisor could be, by end. */
struct lead {
    int start, end;
};

static int compare_leads(const void *a, const void *b)
{
    const struct lead *x = a, *y = b;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

/* The most minutes of sessions that do not overlap. best[i]: of the first i. */
static int32_t most_led(struct lead *leads, int count, int32_t *best)
{
    int kept = 0;
    qsort(leads, (size_t)count, sizeof *leads, compare_leads);
    for (int i = 0; i < count; i++)
        if (kept == 0 || compare_leads(&leads[kept - 1], &leads[i]) != 0)
            leads[kept++] = leads[i];
    best[0] = 0;
    for (int i = 0; i < kept; i++) {
        int before = i;
        while (before > 0 && leads[before - 1].end > leads[i].start)
            before--;
        int32_t with = best[before] + leads[i].end - leads[i].start;
        best[i + 1] = with > best[i] ? with : best[i];
    }
    return best[kept];
}

/* The most that supervisor m can lead on a day, whose sessions are first .. end - 1. */
static int32_t led_on_day(const struct am_horizon_work *work, int m, int first, int end,
                          struct lead *leads, int32_t *best)
{
    const struct am_caseload *caseload = work->caseload;
    int count = 0;
    for (int s = first; s < end; s++) {
        const struct am_session *at = &caseload->sessions[s];
        if (work->kind_of[s] < 0 || !at->supervised)
            continue;
        struct lead lead = {at->start, at->start + at->minutes};
        /* one that is the same as the last is soon told */
        if (count > 0 && leads[count - 1].start == lead.start && leads[count - 1].end == lead.end)
            continue;
        if (am_may_lead(caseload, m, s))
            leads[count++] = lead;
    }
    return most_led(leads, count, best);
}

static void add_supervisor(struct am_horizon_work *work, int m, struct lead *leads, int32_t *best)
{
    const struct am_caseload *caseload = work->caseload;
    int32_t most = caseload->supervisors[m].weekly_max_min;
    int s = 0;
    for (int w = 0; w < work->horizon->weeks; w++) {
        int32_t *rows = work->horizon->supervised_min + w * AM_SUPERVISED_ROWS;
        int32_t sums[AM_SUPERVISED_ROWS] = {0};
        for (int d = 7 * w; d < 7 * (w + 1); d++) {
            int first = s;
            while (s < caseload->session_count && day_of(work, s) == d)
                s++;
            int32_t led = first < s ? led_on_day(work, m, first, s, leads, best) : 0;
            sums[part_of(d % 7)] += led;
            sums[AM_SUPERVISED_WEEK] += led;
        }
        for (int r = 0; r < AM_SUPERVISED_ROWS; r++)
            rows[r] += least(sums[r], most);
    }
}

/* Those who are fixed to a session take their share of who leads it. */
static void take_fixed(struct am_horizon_work *work)
{
    for (int s = 0; s < work->caseload->window_session_count; s++) {
        if (work->kind_of[s] < 0 || !work->caseload->sessions[s].supervised)
            continue;
        int32_t *rows = work->horizon->supervised_min + day_of(work, s) / 7 * AM_SUPERVISED_ROWS;
        int part = (int)part_of(day_of(work, s) % 7);
        int32_t share = fixed_share(work, s);
        rows[part] -= least(share, rows[part]);
        rows[AM_SUPERVISED_WEEK] -= least(share, rows[AM_SUPERVISED_WEEK]);
    }
}

static int most_in_a_day(const struct am_caseload *caseload)
{
    int most = 0;
    for (int s = 0, first = 0; s < caseload->session_count; s++) {
        if (caseload->sessions[s].date != caseload->sessions[first].date)
            first = s;
        if (s - first + 1 > most)
            most = s - first + 1;
    }
    return most;
}

static am_status add_supervisors(struct am_horizon_work *work, struct am_err *err)
{
    size_t rows = (size_t)work->horizon->weeks * AM_SUPERVISED_ROWS;
    size_t most = (size_t)most_in_a_day(work->caseload) + 1;
    struct lead *leads = AM_ARENA_NEW(&work->scratch, most, struct lead);
    int32_t *best = AM_ARENA_NEW(&work->scratch, most + 1, int32_t);
    work->horizon->supervised_min = AM_ARENA_NEW(work->arena, rows, int32_t);
    if (!leads || !best || !work->horizon->supervised_min)
        return am_fail_memory(err);
    for (int m = 0; m < work->caseload->supervisor_count; m++)
        add_supervisor(work, m, leads, best);
    take_fixed(work);
    return AM_OK;
}

am_status am_horizon_places(struct am_horizon_work *work, struct am_err *err)
{
    am_status status = find_kinds(work, err);
    if (status == AM_OK)
        status = find_classes(work, err);
    if (status == AM_OK)
        status = count_fixed_heads(work, err);
    if (status == AM_OK)
        status = add_held(work, err);
    return status == AM_OK ? add_supervisors(work, err) : status;
}
