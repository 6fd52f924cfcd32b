/*
 * The rows of one session: whether it runs and under whom (R8 to R10), who may
 * not be there together (R11, R12), and company and stand-downs (S9, S11).
 *
 * A session that must run has no y: it is 1. f is the number of the fixed.
 */
#include "solver/compact_model.h"

static int64_t pairs_of(const struct am_compact *compact, int s)
{
    return compact->first_of[s + 1] - compact->first_of[s];
}

/* value * x of every pair of the session into the row in hand */
static void enter_pairs(struct am_compact *compact, int s, double value)
{
    for (int64_t k = compact->first_of[s]; k < compact->first_of[s + 1]; k++)
        am_compact_entry(compact, compact->x[compact->of_session[k]], value);
}

static int32_t least(int64_t a, int64_t b)
{
    return (int32_t)(a < b ? a : b);
}

/* ---- R8 to R10: places, minimum group, supervisor ---- */

static bool useful(const struct am_isession *at, const struct am_icandidate *candidate)
{
    return candidate->capacity >= at->min_heads;
}

static int count_useful(const struct am_isession *at)
{
    int count = 0;
    for (int k = 0; k < at->candidate_count; k++)
        count += useful(at, &at->candidates[k]);
    return count;
}

/* z, and y where it is not z itself. Led or not, a session that must run
 * earns its unled_cost back when somebody leads it. */
static void add_columns(struct am_compact *compact, int s)
{
    const struct am_isession *at = &compact->instance->sessions[s];
    int *lead = &compact->lead[compact->first_lead[s]];
    bool only = !at->must_run && count_useful(at) == 1;
    compact->run[s] = -1;
    if (at->must_run)
        compact->constant += (double)(at->run_cost + (at->supervised ? at->unled_cost : 0));
    else if (!at->supervised || !only)
        compact->run[s] = am_compact_column(compact, (double)at->run_cost, 1.0, true, "y.s%d", s);
    for (int k = 0; k < at->candidate_count; k++) {
        const struct am_icandidate *candidate = &at->candidates[k];
        int64_t cost = candidate->cost + (only ? at->run_cost : 0);
        lead[k] = -1;
        if (!useful(at, candidate))
            continue;
        if (at->must_run)
            cost -= at->unled_cost;
        lead[k] = am_compact_column(compact, (double)cost, 1.0, true, "z.m%d.s%d",
                                    candidate->supervisor, s);
        if (only)
            compact->run[s] = lead[k];
    }
}

/* (R10) sum_m z_ms = y_s; at most 1 where it must run. */
static void add_leader(struct am_compact *compact, int s)
{
    const struct am_isession *at = &compact->instance->sessions[s];
    const int *lead = &compact->lead[compact->first_lead[s]];
    int count = count_useful(at);
    if (!at->supervised || count < 2)
        return;
    am_compact_row(compact, at->must_run ? -AM_LP_INFINITY : 0.0, at->must_run ? 1.0 : 0.0,
                   "R10.s%d", s);
    for (int k = 0; k < at->candidate_count; k++)
        am_compact_entry(compact, lead[k], 1.0);
    am_compact_entry(compact, compact->run[s], -1.0);
    am_compact_end(compact);
}

/* (R8) sum_p x_ps <= (capacity - f) y_s; supervised (R10):
 * sum_p x_ps <= sum_m (capacity_m - f) z_ms. */
static void add_places(struct am_compact *compact, int s)
{
    const struct am_isession *at = &compact->instance->sessions[s];
    const int *lead = &compact->lead[compact->first_lead[s]];
    int64_t pairs = pairs_of(compact, s);
    int32_t places = least(at->capacity - at->fixed_heads, pairs);
    if (pairs == 0 || (at->must_run && !at->supervised && places == pairs))
        return;
    am_compact_row(compact, -AM_LP_INFINITY, at->must_run && !at->supervised ? places : 0.0,
                   "R8.s%d", s);
    enter_pairs(compact, s, 1.0);
    if (!at->supervised)
        am_compact_entry(compact, compact->run[s], -places);
    for (int k = 0; k < at->candidate_count; k++)
        am_compact_entry(compact, lead[k],
                         -least(at->candidates[k].capacity - at->fixed_heads, pairs));
    am_compact_end(compact);
}

/* (R8) x_ps <= y_s, which the sum implies only for whole y. Measured: with these
 * rows GLPK's search is two to eight times as fast, CBC takes two to five times
 * as long, and HiGHS is faster up to some hundred people and worse beyond: so
 * the export goes without. */
static void add_places_each(struct am_compact *compact, int s)
{
    if (!compact->each || compact->run[s] < 0)
        return;
    for (int64_t k = compact->first_of[s]; k < compact->first_of[s + 1]; k++) {
        int64_t pair = compact->of_session[k];
        am_compact_row(compact, -AM_LP_INFINITY, 0.0, "R8.p%d.s%d",
                       am_pair_person(compact->instance, pair), s);
        am_compact_entry(compact, compact->x[pair], 1.0);
        am_compact_entry(compact, compact->run[s], -1.0);
        am_compact_end(compact);
    }
}

/* (R9) sum_p x_ps >= min y_s */
static void add_group(struct am_compact *compact, int s)
{
    const struct am_isession *at = &compact->instance->sessions[s];
    if (at->must_run)
        return;
    am_compact_row(compact, 0.0, AM_LP_INFINITY, "R9.s%d", s);
    enter_pairs(compact, s, 1.0);
    am_compact_entry(compact, compact->run[s], -at->min_heads);
    am_compact_end(compact);
}

static bool gender_is(const struct am_compact *compact, int supervisor, int gender)
{
    return (int)compact->instance->caseload->supervisors[supervisor].gender == gender;
}

/* (R10) x_ps <= sum of z_ms over m of the gender demanded, where others may
 * lead too. */
static void add_genders(struct am_compact *compact, int s)
{
    const struct am_isession *at = &compact->instance->sessions[s];
    const int *lead = &compact->lead[compact->first_lead[s]];
    for (int64_t i = compact->first_of[s]; i < compact->first_of[s + 1]; i++) {
        int64_t pair = compact->of_session[i];
        const struct am_ipair *at_pair = &compact->instance->pairs[pair];
        int others = 0;
        if (at_pair->supervisor_gender < 0)
            continue;
        am_compact_row(compact, -AM_LP_INFINITY, 0.0, "R10.p%d.s%d",
                       am_pair_person(compact->instance, pair), s);
        am_compact_entry(compact, compact->x[pair], 1.0);
        for (int k = 0; k < at->candidate_count; k++) {
            bool fits =
                gender_is(compact, at->candidates[k].supervisor, at_pair->supervisor_gender);
            others += lead[k] >= 0 && !fits;
            if (fits)
                am_compact_entry(compact, lead[k], -1.0);
        }
        if (others > 0 || at->must_run)
            am_compact_end(compact);
    }
}

/* ---- R11: no lone woman among men ---- */

/* What the rule turns on at one session. */
struct company {
    struct am_compact *compact;
    int s;
    int men;    /* pairs of them */
    int mixed;  /* column: a man is newly booked; -1: no man can be */
    int broken; /* column, where the rule is soft */
};

static const struct am_iperson *person_of(const struct am_compact *compact, int64_t pair)
{
    return &compact->instance->people[am_pair_person(compact->instance, pair)];
}

/* (R11) sum of x over the men <= min(capacity, men) mixed_s */
static void add_mixed(struct company *company)
{
    struct am_compact *compact = company->compact;
    const struct am_isession *at = &compact->instance->sessions[company->s];
    int32_t most = least(at->capacity - at->fixed_heads, company->men);
    company->mixed = -1;
    if (company->men == 0)
        return;
    company->mixed = am_compact_column(compact, 0.0, 1.0, true, "mixed.s%d", company->s);
    am_compact_row(compact, -AM_LP_INFINITY, 0.0, "R11.s%d.men", company->s);
    for (int64_t k = compact->first_of[company->s]; k < compact->first_of[company->s + 1]; k++) {
        int64_t pair = compact->of_session[k];
        if (person_of(compact, pair)->man)
            am_compact_entry(compact, compact->x[pair], 1.0);
    }
    am_compact_entry(compact, company->mixed, -most);
    am_compact_end(compact);
}

/* -value * x over the women but one */
static void enter_other_women(const struct company *company, int64_t but)
{
    struct am_compact *compact = company->compact;
    for (int64_t k = compact->first_of[company->s]; k < compact->first_of[company->s + 1]; k++) {
        int64_t pair = compact->of_session[k];
        if (pair != but && person_of(compact, pair)->woman)
            am_compact_entry(compact, compact->x[pair], -1.0);
    }
    am_compact_entry(compact, company->broken, -1.0);
}

/* (R11) a woman newly booked who may not be the only one, nobody fixed being
 * company: x_is + mixed_s <= y_s + sum of x over other women; where men are
 * fixed: x_is <= sum of x over other women. */
static void add_new_woman(const struct company *company, int64_t pair)
{
    struct am_compact *compact = company->compact;
    const struct am_isession *at = &compact->instance->sessions[company->s];
    bool among = at->fixed_men > 0;
    am_compact_row(compact, -AM_LP_INFINITY, among || !at->must_run ? 0.0 : 1.0, "R11.p%d.s%d",
                   am_pair_person(compact->instance, pair), company->s);
    am_compact_entry(compact, compact->x[pair], 1.0);
    if (!among) {
        am_compact_entry(compact, company->mixed, 1.0);
        am_compact_entry(compact, compact->run[company->s], -1.0);
    }
    enter_other_women(company, pair);
    am_compact_end(compact);
}

/* (R11) one woman is fixed and may not be the only one: mixed_s <= sum of x
 * over the women. */
static void add_fixed_woman(const struct company *company)
{
    struct am_compact *compact = company->compact;
    am_compact_row(compact, -AM_LP_INFINITY, 0.0, "R11.s%d", company->s);
    am_compact_entry(compact, company->mixed, 1.0);
    enter_other_women(company, -1);
    am_compact_end(compact);
}

static void add_lone_woman(struct am_compact *compact, int s)
{
    const struct am_instance *instance = compact->instance;
    const struct am_isession *at = &instance->sessions[s];
    struct company company = {.compact = compact, .s = s, .broken = -1};
    int lone = 0;
    if (!at->lone_woman_rule)
        return;
    for (int64_t k = compact->first_of[s]; k < compact->first_of[s + 1]; k++) {
        int64_t pair = compact->of_session[k];
        company.men += person_of(compact, pair)->man;
        lone += instance->pairs[pair].lone_woman;
    }
    bool men = company.men > 0 || (at->fixed_men > 0 && at->fixed_women == 0);
    if (!men || (lone == 0 && at->fixed_women == 0))
        return;
    if (instance->policy->lone_woman == AM_LONE_WOMAN_SOFT)
        company.broken = am_compact_column(compact, instance->policy->weights.lone_woman_soft, 1.0,
                                           false, "lone.s%d", s);
    if (at->fixed_men == 0 || at->fixed_women > 0)
        add_mixed(&company);
    if (at->fixed_women > 0) {
        add_fixed_woman(&company);
        return;
    }
    for (int64_t k = compact->first_of[s]; k < compact->first_of[s + 1]; k++)
        if (instance->pairs[compact->of_session[k]].lone_woman)
            add_new_woman(&company, compact->of_session[k]);
}

/* ---- S9, S11 ---- */

/* (S9) empty_s >= heads y_s - f - sum_p x_ps */
static void add_near_empty(struct am_compact *compact, int s)
{
    const struct am_isession *at = &compact->instance->sessions[s];
    int32_t weight = compact->instance->policy->weights.near_empty_head;
    int32_t present = at->must_run ? at->fixed_heads : at->min_heads;
    if (weight == 0 || at->company_heads <= present)
        return;
    if (pairs_of(compact, s) == 0) {
        compact->constant += (double)weight * (at->company_heads - present);
        return;
    }
    am_compact_row(compact, at->must_run ? at->company_heads - present : 0.0, AM_LP_INFINITY,
                   "S9.s%d", s);
    am_compact_entry(
        compact,
        am_compact_column(compact, weight, at->company_heads - present, false, "empty.s%d", s),
        1.0);
    enter_pairs(compact, s, 1.0);
    am_compact_entry(compact, compact->run[s], -at->company_heads);
    am_compact_end(compact);
}

/* (S11) over_s >= attendance of the fixed + sum_p attendance_p x_ps - 100 places y_s */
static void add_stand_downs(struct am_compact *compact, int s)
{
    const struct am_isession *at = &compact->instance->sessions[s];
    int32_t weight = compact->instance->policy->weights.stand_down;
    int64_t most = at->fixed_attendance;
    if (weight == 0 || !at->stand_down_rule)
        return;
    if (pairs_of(compact, s) == 0 && at->fixed_attendance > at->places100)
        compact->constant += (double)weight * (at->fixed_attendance - at->places100);
    for (int64_t k = compact->first_of[s]; k < compact->first_of[s + 1]; k++)
        most += person_of(compact, compact->of_session[k])->attendance_percent;
    if (pairs_of(compact, s) == 0 || most <= at->places100)
        return;
    int over =
        am_compact_column(compact, weight, (double)(most - at->places100), false, "over.s%d", s);
    am_compact_row(compact, at->fixed_attendance - (at->must_run ? at->places100 : 0),
                   AM_LP_INFINITY, "S11.s%d", s);
    am_compact_entry(compact, over, 1.0);
    am_compact_entry(compact, compact->run[s], at->places100);
    for (int64_t k = compact->first_of[s]; k < compact->first_of[s + 1]; k++) {
        int64_t pair = compact->of_session[k];
        am_compact_entry(compact, compact->x[pair], -person_of(compact, pair)->attendance_percent);
    }
    am_compact_end(compact);
}

/* ---- several sessions ---- */

static int lead_column(const struct am_compact *compact, int supervisor, int s)
{
    const struct am_isession *at = &compact->instance->sessions[s];
    for (int k = 0; k < at->candidate_count; k++)
        if (at->candidates[k].supervisor == supervisor)
            return compact->lead[compact->first_lead[s] + k];
    return -1;
}

/* (R10) sum of z_ms over the sessions of m that hold one instant <= 1 */
static void add_clashes(struct am_compact *compact)
{
    const struct am_instance *instance = compact->instance;
    for (int i = 0; i < instance->clash_count; i++) {
        const struct am_iclash *clash = &instance->clashes[i];
        am_compact_row(compact, -AM_LP_INFINITY, 1.0, "R10.m%d.k%d", clash->supervisor, i);
        for (int k = 0; k < clash->count; k++)
            am_compact_entry(compact, lead_column(compact, clash->supervisor, clash->sessions[k]),
                             1.0);
        if (compact->count > 1)
            am_compact_end(compact);
    }
}

/* (R10) sum_s len_s z_ms <= hours left, over the sessions of one week */
static void add_hours(struct am_compact *compact)
{
    const struct am_instance *instance = compact->instance;
    for (int i = 0; i < instance->hours_count; i++) {
        const struct am_ihours *hours = &instance->hours[i];
        am_compact_row(compact, -AM_LP_INFINITY, hours->left_min, "R10.m%d.w%d", hours->supervisor,
                       hours->week);
        for (int s = 0; s < instance->session_count; s++)
            if (instance->sessions[s].day / 7 == hours->week)
                am_compact_entry(compact, lead_column(compact, hours->supervisor, s),
                                 instance->sessions[s].minutes);
        am_compact_end(compact);
    }
}

/* (R12) x_ps + x_qs <= y_s */
static void add_aparts(struct am_compact *compact)
{
    const struct am_instance *instance = compact->instance;
    for (int64_t i = 0; i < instance->apart_count; i++) {
        const struct am_iapart *apart = &instance->aparts[i];
        int a = compact->x[apart->pair_a], b = compact->x[apart->pair_b];
        if (a < 0 || b < 0)
            continue;
        am_compact_row(compact, -AM_LP_INFINITY,
                       instance->sessions[apart->session].must_run ? 1.0 : 0.0, "R12.p%d.p%d.s%d",
                       am_pair_person(instance, apart->pair_a),
                       am_pair_person(instance, apart->pair_b), apart->session);
        am_compact_entry(compact, a, 1.0);
        am_compact_entry(compact, b, 1.0);
        am_compact_entry(compact, compact->run[apart->session], -1.0);
        am_compact_end(compact);
    }
}

void am_compact_sessions(struct am_compact *compact)
{
    const struct am_instance *instance = compact->instance;
    for (int s = 0; s < instance->session_count && compact->status == AM_OK; s++) {
        const struct am_isession *at = &instance->sessions[s];
        compact->run[s] = -1;
        for (int k = 0; k < at->candidate_count; k++)
            compact->lead[compact->first_lead[s] + k] = -1;
        if (!at->open || (!at->must_run && pairs_of(compact, s) == 0))
            continue;
        add_columns(compact, s);
        add_leader(compact, s);
        add_places(compact, s);
        add_places_each(compact, s);
        add_group(compact, s);
        add_genders(compact, s);
        add_lone_woman(compact, s);
        add_near_empty(compact, s);
        add_stand_downs(compact, s);
    }
    add_clashes(compact);
    add_hours(compact);
    add_aparts(compact);
}
