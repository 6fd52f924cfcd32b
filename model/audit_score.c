/*
 * The score (docs/formulation.md, section 5), reckoned again: S1-S10 of each
 * person, and what each session costs.
 */
#include "model/audit_parts.h"

struct sum {
    const struct am_audit_facts *facts;
    const struct am_caseload *caseload;
    const struct am_weights *weights;
    struct am_audit_range bookings;
    struct am_score *score;
    int person;
};

static void add(const struct sum *sum, enum am_wish wish, int64_t units, int64_t points)
{
    sum->score->wish_units[wish] += units;
    sum->score->wish_points[wish] += points;
}

static int64_t above_0(int64_t value)
{
    return value > 0 ? value : 0;
}

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static const struct am_session *session_of(const struct sum *sum, int i)
{
    return &sum->caseload->sessions[sum->bookings.at[i].session];
}

static const struct am_project *project_of(const struct sum *sum, int i)
{
    return &sum->caseload->projects[session_of(sum, i)->project];
}

/* ---- S1, S2, S4: against the clock ---- */

static void add_start(const struct sum *sum)
{
    int order = sum->facts->people[sum->person].order;
    const struct am_audit_order *credited = &sum->facts->orders[order];
    if (credited->started || credited->start_due == AM_NO_DATE)
        return;
    am_date first = am_caseload_last(sum->caseload) + 1;
    for (int i = sum->bookings.count - 1; i >= 0; i--)
        if (!sum->bookings.at[i].recorded && sum->bookings.at[i].order == order)
            first = session_of(sum, i)->date;
    int64_t late = above_0((int64_t)first - credited->start_due);
    add(sum, AM_S1, late, late * sum->weights->start_late_day);
}

/* Minutes, not recorded, up to the end of a day of the window. */
static int64_t minutes_up_to(const struct sum *sum, int day)
{
    int64_t minutes = 0;
    for (int i = 0; i < sum->bookings.count; i++)
        if (!sum->bookings.at[i].recorded && session_of(sum, i)->date - sum->caseload->from <= day)
            minutes += sum->bookings.at[i].minutes;
    return minutes;
}

static void add_clock(const struct sum *sum)
{
    const struct am_audit_person *person = &sum->facts->people[sum->person];
    int64_t must = above_0(person->must_min - minutes_up_to(sum, person->must_day));
    int64_t pace = above_0(person->pace_min - minutes_up_to(sum, am_caseload_days(sum->caseload)));
    add(sum, AM_S2, must, must * sum->weights->must_minute);
    add(sum, AM_S4, pace, pace * sum->weights->pace_minute);
}

/* ---- S3: the weekly offer ---- */

static int64_t work_of_week(const struct sum *sum, int week)
{
    int64_t minutes = 0;
    for (int i = 0; i < sum->bookings.count; i++)
        if (sum->bookings.at[i].offered && project_of(sum, i)->type != AM_ETE &&
            am_audit_week(sum->caseload, sum->bookings.at[i].session) == week)
            minutes += sum->bookings.at[i].minutes;
    return minutes;
}

static int64_t new_up_to_week(const struct sum *sum, int week)
{
    int64_t minutes = 0;
    for (int i = 0; i < sum->bookings.count; i++)
        if (sum->bookings.at[i].fixed < 0 &&
            am_audit_week(sum->caseload, sum->bookings.at[i].session) <= week)
            minutes += sum->bookings.at[i].minutes;
    return minutes;
}

static void add_offer(const struct sum *sum, int week)
{
    const struct am_policy *policy = &sum->caseload->policy;
    const struct am_person *person = &sum->caseload->people[sum->person];
    int64_t n = work_of_week(sum, week);
    int64_t reach = n + sum->facts->people[sum->person].free_min - new_up_to_week(sum, week);
    int64_t t = above_0((int64_t)policy->offer_minutes - policy->offer_tolerance_minutes);
    int64_t less = above_0(lesser(t, reach) - n), less_intensive = 0;
    if (person->intensive_agreed && person->intensive_target_min > t)
        less_intensive = above_0(lesser(person->intensive_target_min, reach) - greater(n, t));
    add(sum, AM_S3, less + less_intensive,
        less * sum->weights->offer_minute + less_intensive * sum->weights->intensive_minute);
}

/* ---- S7: continuity ---- */

/* The one day of an allocation that happens once. */
static am_date once_day(const struct am_allocation *allocation)
{
    am_date day = allocation->from;
    while (allocation->days && !(allocation->days >> am_weekday_of(day) & 1))
        day++;
    return day;
}

static bool in_force(const struct am_allocation *allocation, am_date date)
{
    am_date monday = am_monday_of(date);
    if (allocation->from > monday + 6 || (allocation->to != AM_NO_DATE && allocation->to < monday))
        return false;
    return allocation->frequency != AM_ONCE || date <= once_day(allocation);
}

static bool allocation_has(const struct am_allocation *allocation, const struct am_session *session)
{
    if (allocation->project != session->project ||
        !(allocation->days >> am_weekday_of(session->date) & 1))
        return false;
    if (allocation->frequency == AM_ONCE)
        return session->date == once_day(allocation);
    return allocation->frequency != AM_FORTNIGHTLY ||
           am_week_of(session->date, allocation->from) % 2 == 0;
}

/* Is it other than what was done the week before? */
static bool differs_from_last_week(const struct sum *sum, const struct am_session *session)
{
    const struct am_audit_person *person = &sum->facts->people[sum->person];
    if (am_monday_of(session->date) != sum->caseload->from || person->last_week_count == 0)
        return false;
    for (int i = 0; i < person->last_week_count; i++) {
        const struct am_appointment *a =
            &sum->caseload->appointments[sum->facts->last_week[person->first_last_week + i]];
        if (a->project == session->project &&
            am_weekday_of(a->date) == am_weekday_of(session->date))
            return false;
    }
    return true;
}

static bool breaks_continuity(const struct sum *sum, const struct am_session *session)
{
    const struct am_person *person = &sum->caseload->people[sum->person];
    bool any = false;
    for (int i = 0; i < person->allocation_count; i++) {
        if (!in_force(&person->allocations[i], session->date))
            continue;
        if (allocation_has(&person->allocations[i], session))
            return false;
        any = true;
    }
    return any || differs_from_last_week(sum, session);
}

/* ---- S8: few changes ---- */

/* Is each published appointment there, and no other? */
static bool is_as_published(const struct sum *sum)
{
    const struct am_audit_person *person = &sum->facts->people[sum->person];
    int there = 0;
    for (int i = 0; i < sum->bookings.count; i++) {
        const struct am_audit_booking *b = &sum->bookings.at[i];
        if (b->recorded || !sum->facts->sessions[b->session].open)
            continue;
        bool found = false;
        for (int k = 0; k < person->published_count && !found; k++)
            found = sum->facts->published[person->first_published + k].session == b->session;
        if (!found)
            return false;
        there++;
    }
    return there == person->published_count;
}

static void add_disturbed(const struct sum *sum)
{
    if (sum->facts->people[sum->person].published_count > 0 && !is_as_published(sum))
        add(sum, AM_S8, 1, sum->weights->person_disturbed);
}

/* ---- S5, S6, S7, S9, S10 of one appointment ---- */

static bool misses_preference(const struct sum *sum, int project)
{
    const struct am_indices *prefers = &sum->caseload->people[sum->person].prefers;
    for (int i = 0; i < prefers->count; i++)
        if (prefers->at[i] == project)
            return false;
    return prefers->count > 0;
}

static void add_appointment(const struct sum *sum, int i)
{
    const struct am_weights *weights = sum->weights;
    const struct am_session *session = session_of(sum, i);
    const struct am_project *project = project_of(sum, i);
    int64_t minutes = sum->bookings.at[i].minutes;
    if (project->type == AM_ETE)
        add(sum, AM_S5, minutes, -minutes * weights->ete_minute);
    struct am_audit_journey journey =
        am_audit_journey_of(sum->caseload, sum->person, sum->bookings.at[i].session);
    int64_t travel = journey.known ? journey.there + journey.back : 0;
    add(sum, AM_S6, travel, travel * weights->travel_minute);
    if (breaks_continuity(sum, session))
        add(sum, AM_S7, 1, weights->continuity_break);
    int64_t below = 5 - project->quality;
    add(sum, AM_S9, below, below * weights->quality_point);
    if (misses_preference(sum, session->project))
        add(sum, AM_S9, 1, weights->preference_missed);
    int64_t day = session->date - sum->caseload->from;
    add(sum, AM_S10, minutes, day * weights->later_day - minutes * weights->booked_minute);
}

void am_audit_score_person(const struct am_audit_facts *facts, int person,
                           struct am_audit_range bookings, struct am_score *score)
{
    const struct am_caseload *caseload = facts->caseload;
    struct sum sum = {facts, caseload, &caseload->policy.weights, bookings, score, person};
    if (facts->people[person].order >= 0) {
        add_start(&sum);
        add_clock(&sum);
        for (int w = 0; w < caseload->weeks; w++)
            add_offer(&sum, w);
    }
    for (int i = 0; i < bookings.count; i++)
        if (!bookings.at[i].recorded)
            add_appointment(&sum, i);
    if (facts->any_published)
        add_disturbed(&sum);
}

/* ---- one session: S7, S8, S9, S11, R11, R15 ---- */

static int64_t attendance_percent(const struct am_audit_facts *facts, struct am_audit_range booked)
{
    int64_t percent = 0;
    for (int i = 0; i < booked.count; i++)
        if (!booked.at[i].recorded)
            percent += facts->caseload->people[booked.at[i].person].attendance_percent;
    return percent;
}

static void add_rule(struct am_score *score, enum am_rule rule, int64_t points)
{
    score->rule_units[rule]++;
    score->rule_points[rule] += points;
}

/* S9, S11, R11 and R15 of an open session that runs. */
static void add_running(const struct sum *sum, int session, struct am_roster_session as)
{
    const struct am_policy *policy = &sum->caseload->policy;
    const struct am_session *given = &sum->caseload->sessions[session];
    if (sum->caseload->projects[given->project].type == AM_GROUP) {
        int64_t heads = above_0(lesser(policy->near_empty_heads, given->places) -
                                am_audit_heads(sum->bookings));
        add(sum, AM_S9, heads, heads * sum->weights->near_empty_head);
    }
    int64_t over =
        above_0(attendance_percent(sum->facts, sum->bookings) - 100 * (int64_t)given->places);
    add(sum, AM_S11, over, over * sum->weights->stand_down);
    if (policy->lone_woman == AM_LONE_WOMAN_SOFT &&
        am_audit_lone_woman(sum->facts, session, sum->bookings) >= 0)
        add_rule(sum->score, AM_R11, sum->weights->lone_woman_soft);
    if (given->supervised && as.supervisor < 0)
        add_rule(sum->score, AM_R15, sum->weights->unsupervised);
}

void am_audit_score_session(const struct am_audit_facts *facts, int session,
                            struct am_roster_session as, struct am_audit_range booked,
                            struct am_score *score)
{
    const struct am_audit_session *state = &facts->sessions[session];
    const struct am_weights *weights = &facts->caseload->policy.weights;
    struct sum sum = {facts, facts->caseload, weights, booked, score, -1};
    if (!state->open)
        return;
    bool led = as.runs && as.supervisor >= 0;
    if (led && state->last_leader >= 0 && as.supervisor != state->last_leader)
        add(&sum, AM_S7, 1, weights->supervisor_break);
    bool other =
        as.runs && state->published_leader >= 0 && as.supervisor != state->published_leader;
    if (facts->any_published && (as.runs != state->published || other))
        add(&sum, AM_S8, 1, weights->session_changed);
    if (as.runs)
        add_running(&sum, session, as);
}

/* ---- the whole ---- */

void am_audit_total(struct am_score *score)
{
    score->total = 0;
    for (int i = 0; i < AM_WISH_COUNT; i++)
        score->total += score->wish_points[i];
    for (int i = 0; i < AM_RULE_COUNT; i++)
        score->total += score->rule_points[i];
}

void am_audit_score_all(const struct am_audit_view *view, struct am_score *score)
{
    const struct am_caseload *caseload = view->facts->caseload;
    *score = (struct am_score){0};
    for (int p = 0; p < caseload->person_count; p++)
        am_audit_score_person(view->facts, p, am_audit_of_person(view, p), score);
    for (int s = 0; s < caseload->window_session_count; s++)
        am_audit_score_session(view->facts, s, view->sessions[s], am_audit_of_session(view, s),
                               score);
    am_audit_total(score);
}
