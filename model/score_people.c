/*
 * What each person's window is measured against: the start (S1), the deadline
 * (S2), the weekly offer (S3) and the pace (S4).
 */
#include "model/score_parts.h"

#include <string.h>

/* Minutes of one person in the window, day by day and week by week. */
struct minutes {
    int64_t *day;  /* not recorded */
    int64_t *work; /* by week, not ETE: also what is recorded as offered */
    int64_t *new;  /* by week, not fixed */
    int first_day; /* of the order to credit, not recorded; days: none */
    int days, weeks;
};

static bool is_ete(const struct am_caseload *caseload, int session)
{
    return caseload->projects[caseload->sessions[session].project].type == AM_ETE;
}

static int day_of(const struct am_caseload *caseload, int session)
{
    return caseload->sessions[session].date - caseload->from;
}

static void add_roster(const struct am_scoring *scoring, int p, struct minutes *minutes)
{
    const struct am_caseload *caseload = scoring->caseload;
    for (int i = scoring->first[p]; i < scoring->first[p + 1]; i++) {
        const struct am_roster_appointment *a = scoring->mine[i];
        int day = day_of(caseload, a->session);
        minutes->day[day] += a->minutes;
        if (!is_ete(caseload, a->session))
            minutes->work[day / 7] += a->minutes;
        if (!a->fixed)
            minutes->new[day / 7] += a->minutes;
        if (a->order == scoring->orders->people[p].order && day < minutes->first_day)
            minutes->first_day = day;
    }
}

static void add_recorded(const struct am_scoring *scoring, int p, struct minutes *minutes)
{
    const struct am_person_state *state = &scoring->orders->people[p];
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++) {
        const struct am_fixed *fixed = &scoring->orders->fixed[i];
        if (fixed->recorded && fixed->offered && !is_ete(scoring->caseload, fixed->session))
            minutes->work[day_of(scoring->caseload, fixed->session) / 7] += fixed->minutes;
    }
}

static void fill(const struct am_scoring *scoring, int p, struct minutes *minutes)
{
    memset(minutes->day, 0, (size_t)minutes->days * sizeof *minutes->day);
    memset(minutes->work, 0, (size_t)minutes->weeks * sizeof *minutes->work);
    memset(minutes->new, 0, (size_t)minutes->weeks * sizeof *minutes->new);
    minutes->first_day = minutes->days;
    add_roster(scoring, p, minutes);
    add_recorded(scoring, p, minutes);
}

static int64_t short_of(int64_t wanted, int64_t had)
{
    return wanted > had ? wanted - had : 0;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* S1 */
static void score_start(const struct am_scoring *scoring, const struct am_order_state *order,
                        const struct minutes *minutes)
{
    const struct am_caseload *caseload = scoring->caseload;
    if (order->started || order->start_due == AM_NO_DATE)
        return;
    am_score_wish(scoring->score, AM_S1,
                  short_of((int64_t)caseload->from + minutes->first_day, order->start_due),
                  caseload->policy.weights.start_late_day);
}

/* S2 and S4 */
static void score_clock(const struct am_scoring *scoring, const struct am_person_clock *clock,
                        const struct minutes *minutes)
{
    const struct am_weights *weights = &scoring->caseload->policy.weights;
    int64_t before_must = 0, all = 0;
    for (int d = 0; d < minutes->days; d++) {
        all += minutes->day[d];
        if (d <= clock->must_day)
            before_must += minutes->day[d];
    }
    am_score_wish(scoring->score, AM_S2, short_of(clock->must_min, before_must),
                  weights->must_minute);
    am_score_wish(scoring->score, AM_S4, short_of(clock->pace_min, all), weights->pace_minute);
}

/* S3 */
static void score_offers(const struct am_scoring *scoring, int p, const struct minutes *minutes)
{
    const struct am_policy *policy = &scoring->caseload->policy;
    const struct am_person *person = &scoring->caseload->people[p];
    int64_t offer = short_of(policy->offer_minutes, policy->offer_tolerance_minutes);
    int64_t target = person->intensive_agreed ? person->intensive_target_min : 0;
    int64_t left = scoring->orders->people[p].free_min;
    for (int w = 0; w < minutes->weeks; w++) {
        int64_t work = minutes->work[w];
        left -= minutes->new[w];
        int64_t reach = work + left;
        am_score_wish(scoring->score, AM_S3, short_of(least(offer, reach), work),
                      policy->weights.offer_minute);
        if (target > offer)
            am_score_wish(scoring->score, AM_S3, short_of(least(target, reach), most(work, offer)),
                          policy->weights.intensive_minute);
    }
}

am_status am_score_people(struct am_scoring *scoring, struct am_err *err)
{
    const struct am_caseload *caseload = scoring->caseload;
    struct minutes minutes = {.days = am_caseload_days(caseload), .weeks = caseload->weeks};
    minutes.day = AM_ARENA_NEW(&scoring->scratch, (size_t)minutes.days, int64_t);
    minutes.work = AM_ARENA_NEW(&scoring->scratch, (size_t)minutes.weeks, int64_t);
    minutes.new = AM_ARENA_NEW(&scoring->scratch, (size_t)minutes.weeks, int64_t);
    if (!minutes.day || !minutes.work || !minutes.new)
        return am_fail_memory(err);
    for (int p = 0; p < caseload->person_count; p++) {
        int order = scoring->orders->people[p].order;
        if (order < 0)
            continue;
        fill(scoring, p, &minutes);
        am_score_of_person(scoring, p);
        score_start(scoring, &scoring->orders->orders[order], &minutes);
        score_clock(scoring, &scoring->clocks->people[p], &minutes);
        score_offers(scoring, p, &minutes);
    }
    return AM_OK;
}
