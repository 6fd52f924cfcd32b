/*
 * A decision in terms of the instance: what a pattern and a whole roster cost,
 * by direct reckoning. The definition that pricing and the models must match.
 */
#include <stdlib.h>

#include "solver/heads.h"

/* A person's walk through the window in time. */
struct walk {
    const struct am_instance *instance;
    const struct am_iperson *person;
    int32_t booked_min;    /* u: new minutes so far */
    int32_t ete_min;       /* of which education */
    int32_t week_min;      /* new minutes of this week */
    int32_t week_work_min; /* of which not education */
    int first_day;         /* of the first appointment; days: none yet */
    bool changed;          /* S8: differs from what was published */
    int64_t points;
};

/* S3: points of one week, n work minutes done and r minutes not yet booked. */
static int64_t offer_points(const struct am_instance *instance, const struct am_iperson *person,
                            int64_t n, int64_t r)
{
    const struct am_weights *weights = &instance->policy->weights;
    int64_t reach = n + r, floor_min = instance->offer_floor_min, target = person->intensive_min;
    int64_t met = reach < floor_min ? reach : floor_min, points = 0;
    if (met > n)
        points += (met - n) * weights->offer_minute;
    if (target <= floor_min)
        return points;
    int64_t above = n > floor_min ? n : floor_min;
    int64_t wanted = reach < target ? reach : target;
    if (wanted > above)
        points += (wanted - above) * weights->intensive_minute;
    return points;
}

int64_t am_week_points(const struct am_instance *instance, int p, int week, int32_t work_min,
                       int32_t booked_min)
{
    const struct am_iperson *person = &instance->people[p];
    if (!person->counted)
        return 0;
    return offer_points(instance, person, (int64_t)person->weeks[week].work_min + work_min,
                        (int64_t)person->free_min - booked_min);
}

int64_t am_must_points(const struct am_instance *instance, int p, int32_t booked_min)
{
    const struct am_iperson *person = &instance->people[p];
    int64_t missing = (int64_t)person->must_min - booked_min;
    return missing > 0 ? missing * instance->policy->weights.must_minute : 0;
}

int64_t am_pace_points(const struct am_instance *instance, int p, int32_t booked_min)
{
    const struct am_iperson *person = &instance->people[p];
    int64_t missing = (int64_t)person->pace_min - booked_min;
    return missing > 0 ? missing * instance->policy->weights.pace_minute : 0;
}

int64_t am_minute_points(const struct am_instance *instance, bool ete, int32_t minutes)
{
    const struct am_weights *weights = &instance->policy->weights;
    int64_t each = weights->booked_minute + (ete ? weights->ete_minute : 0);
    return -each * minutes;
}

int32_t am_credited(const struct am_instance *instance, int p, const struct am_ipair *pair,
                    int32_t booked_min)
{
    const struct am_iperson *person = &instance->people[p];
    int32_t left = person->free_min - booked_min;
    if (left <= 0)
        return 0;
    int32_t minutes = pair->minutes < left ? pair->minutes : left;
    if (minutes < instance->policy->shortest_appointment_minutes && minutes < left)
        return 0;
    if (minutes < pair->minutes && person->last_fixed_day > pair->day)
        return 0; /* R6: only the last appointment is cut */
    return minutes;
}

/* Book one pair; false when that makes no pattern. */
static bool walk_book(struct walk *walk, int p, const struct am_ipair *pair, int32_t *minutes_out)
{
    const struct am_iperson *person = walk->person;
    const struct am_iweek *week = &person->weeks[pair->day / 7];
    int32_t minutes = am_credited(walk->instance, p, pair, walk->booked_min);
    bool first = walk->first_day == walk->instance->days;
    if (minutes <= 0 || pair->induction != (person->needs_induction && first))
        return false;
    if (week->used_min + walk->week_min + minutes > week->maximum_min)
        return false;
    if (pair->ete && walk->ete_min + minutes > person->ete_left_min)
        return false;
    walk->booked_min += minutes;
    walk->week_min += minutes;
    if (pair->ete)
        walk->ete_min += minutes;
    else
        walk->week_work_min += minutes;
    if (first)
        walk->first_day = pair->day;
    walk->points += pair->cost + am_minute_points(walk->instance, pair->ete, minutes);
    *minutes_out = minutes;
    return true;
}

/* What falls due when a day is over. */
static void walk_end_day(struct walk *walk, int p, int day)
{
    if (walk->person->counted && day == walk->person->must_day)
        walk->points += am_must_points(walk->instance, p, walk->booked_min);
    if (day % 7 != 6)
        return;
    walk->points +=
        am_week_points(walk->instance, p, day / 7, walk->week_work_min, walk->booked_min);
    walk->week_min = 0;
    walk->week_work_min = 0;
}

int64_t am_pattern_points(const struct am_instance *instance, int p, const int64_t *chosen,
                          int16_t *minutes)
{
    const struct am_iperson *person = &instance->people[p];
    struct walk walk = {.instance = instance,
                        .person = person,
                        .first_day = instance->days,
                        .changed = person->disturbed_anyway};
    int kept = 0;
    for (int d = 0; d < instance->days; d++) {
        int32_t got = 0;
        if (chosen[d] >= 0) {
            const struct am_ipair *pair = &instance->pairs[chosen[d]];
            if (!walk_book(&walk, p, pair, &got))
                return INT64_MAX;
            kept += pair->published;
            walk.changed = walk.changed || !pair->published;
        }
        if (minutes)
            minutes[d] = (int16_t)got;
        walk_end_day(&walk, p, d);
    }
    walk.points += person->start_points[walk.first_day];
    if (person->counted)
        walk.points += am_pace_points(instance, p, walk.booked_min);
    if (person->has_published && (walk.changed || kept != person->published_pairs))
        walk.points += instance->policy->weights.person_disturbed;
    return walk.points;
}

int64_t am_pattern_points_of(const struct am_instance *instance, int person, const int64_t *pairs,
                             int count)
{
    int64_t chosen[7 * AM_WEEKS_MAX];
    for (int d = 0; d < instance->days; d++)
        chosen[d] = -1;
    for (int i = 0; i < count; i++)
        chosen[instance->pairs[pairs[i]].day] = pairs[i];
    return am_pattern_points(instance, person, chosen, NULL);
}

bool am_sessions_overlap(const struct am_isession *a, const struct am_isession *b)
{
    return a->day == b->day && a->start < b->start + b->minutes && b->start < a->start + a->minutes;
}

const struct am_icandidate *am_candidate(const struct am_isession *session, int supervisor)
{
    for (int c = 0; c < session->candidate_count; c++)
        if (session->candidates[c].supervisor == supervisor)
            return &session->candidates[c];
    return NULL;
}

bool am_can_lead(const struct am_instance *instance, const struct am_decision *decision,
                 int supervisor, int session)
{
    const struct am_isession *at = &instance->sessions[session];
    int64_t minutes = at->minutes;
    for (int s = 0; s < instance->session_count; s++) {
        const struct am_isession *other = &instance->sessions[s];
        if (s == session || decision->supervisor[s] != supervisor || other->day / 7 != at->day / 7)
            continue;
        if (am_sessions_overlap(at, other))
            return false;
        minutes += other->minutes;
    }
    for (int i = 0; i < instance->hours_count; i++)
        if (instance->hours[i].supervisor == supervisor && instance->hours[i].week == at->day / 7)
            return minutes <= instance->hours[i].left_min;
    return true;
}

/* R10's clashes and hours, R12. */
static bool obeys_rows(const struct am_instance *instance, const struct am_decision *decision)
{
    for (int i = 0; i < instance->clash_count; i++) {
        int led = 0;
        for (int j = 0; j < instance->clashes[i].count; j++)
            led += decision->supervisor[instance->clashes[i].sessions[j]] ==
                   instance->clashes[i].supervisor;
        if (led > 1)
            return false;
    }
    for (int i = 0; i < instance->hours_count; i++) {
        int64_t minutes = 0;
        for (int s = 0; s < instance->session_count; s++)
            if (instance->sessions[s].open &&
                instance->sessions[s].day / 7 == instance->hours[i].week &&
                decision->supervisor[s] == instance->hours[i].supervisor)
                minutes += instance->sessions[s].minutes;
        if (minutes > instance->hours[i].left_min)
            return false;
    }
    return true;
}

static bool is_chosen(const struct am_instance *instance, const struct am_decision *decision,
                      int person, int64_t pair)
{
    return decision->chosen[(int64_t)person * instance->days + instance->pairs[pair].day] == pair;
}

static bool keeps_apart(const struct am_instance *instance, const struct am_decision *decision)
{
    for (int64_t i = 0; i < instance->apart_count; i++) {
        const struct am_iapart *apart = &instance->aparts[i];
        if (is_chosen(instance, decision, am_pair_person(instance, apart->pair_a), apart->pair_a) &&
            is_chosen(instance, decision, am_pair_person(instance, apart->pair_b), apart->pair_b))
            return false;
    }
    return true;
}

/* Sessions at a time whose heads are counted: so many fit on the stack, so that
 * points need no memory and never are those of a roster that breaks a rule for
 * want of it. */
enum { SESSIONS_AT_ONCE = 256 };

/* Those of sessions from `first` on, or INT64_MAX. */
static int64_t some_sessions_points(const struct am_instance *instance,
                                    const struct am_decision *decision, int first)
{
    struct am_heads heads[SESSIONS_AT_ONCE];
    int count = instance->session_count - first;
    int64_t total = 0;
    if (count > SESSIONS_AT_ONCE)
        count = SESSIONS_AT_ONCE;
    am_heads_count_some(instance, decision, first, count, heads);
    for (int i = 0, s = first; i < count && total != INT64_MAX; i++, s++) {
        int64_t points =
            am_session_points(instance, s, decision->runs[s], decision->supervisor[s], &heads[i]);
        total = points == INT64_MAX ? INT64_MAX : total + points;
    }
    return total;
}

int64_t am_decision_points(const struct am_instance *instance, const struct am_decision *decision)
{
    int64_t total = instance->constant_points;
    if (!obeys_rows(instance, decision) || !keeps_apart(instance, decision))
        return INT64_MAX;
    for (int p = 0; p < instance->person_count && total != INT64_MAX; p++) {
        int64_t points =
            am_pattern_points(instance, p, decision->chosen + (int64_t)p * instance->days, NULL);
        total = points == INT64_MAX ? INT64_MAX : total + points;
    }
    for (int s = 0; s < instance->session_count && total != INT64_MAX; s += SESSIONS_AT_ONCE) {
        int64_t points = some_sessions_points(instance, decision, s);
        total = points == INT64_MAX ? INT64_MAX : total + points;
    }
    return total;
}
