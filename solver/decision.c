/*
 * A decision in terms of the instance: what a pattern and a whole roster cost,
 * by direct reckoning. The definition that pricing and the models must match.
 */
#include <stdlib.h>

#include "solver/instance.h"

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

/* What is booked to one session. */
struct heads {
    int32_t all, attendance, men, women, lone_women;
    bool gender_wanted[4]; /* by enum am_gender: a newly booked person demands it */
};

static void count_heads(const struct am_instance *instance, const struct am_decision *decision,
                        struct heads *heads)
{
    for (int s = 0; s < instance->session_count; s++) {
        const struct am_isession *at = &instance->sessions[s];
        heads[s] = (struct heads){.all = at->fixed_heads,
                                  .attendance = at->fixed_attendance,
                                  .men = at->fixed_men,
                                  .women = at->fixed_women};
    }
    for (int p = 0; p < instance->person_count; p++)
        for (int d = 0; d < instance->days; d++) {
            int64_t k = decision->chosen[(int64_t)p * instance->days + d];
            if (k < 0)
                continue;
            const struct am_ipair *pair = &instance->pairs[k];
            struct heads *here = &heads[pair->session];
            here->all++;
            here->attendance += instance->people[p].attendance_percent;
            here->men += instance->people[p].man;
            here->women += instance->people[p].woman;
            here->lone_women += pair->lone_woman;
            if (pair->supervisor_gender >= 0)
                here->gender_wanted[pair->supervisor_gender] = true;
        }
}

bool am_is_lone_woman(const struct am_isession *at, int men, int women, int new_lone_women)
{
    if (!at->lone_woman_rule || men < 1 || women != 1)
        return false;
    return new_lone_women == 1 || (at->fixed_lone_women == 1 && men > at->fixed_men);
}

static const struct am_icandidate *find_candidate(const struct am_isession *at, int supervisor)
{
    for (int c = 0; c < at->candidate_count; c++)
        if (at->candidates[c].supervisor == supervisor)
            return &at->candidates[c];
    return NULL;
}

/* R10 for one session: points, or INT64_MAX. */
static int64_t leader_points(const struct am_instance *instance, const struct am_isession *at,
                             int supervisor, const struct heads *heads)
{
    if (!at->supervised)
        return supervisor < 0 ? 0 : INT64_MAX;
    if (supervisor < 0)
        return at->must_run && heads->all == at->fixed_heads ? at->unled_cost : INT64_MAX;
    const struct am_icandidate *leader = find_candidate(at, supervisor);
    if (!leader || heads->all > leader->capacity)
        return INT64_MAX;
    for (int g = 0; g < 4; g++)
        if (heads->gender_wanted[g] && (int)instance->caseload->supervisors[supervisor].gender != g)
            return INT64_MAX;
    return leader->cost;
}

static int64_t session_points(const struct am_instance *instance, int s,
                              const struct am_decision *decision, const struct heads *heads)
{
    const struct am_isession *at = &instance->sessions[s];
    const struct am_weights *weights = &instance->policy->weights;
    if (!at->open)
        return heads->all == at->fixed_heads ? 0 : INT64_MAX;
    if (!decision->runs[s])
        return heads->all == 0 ? 0 : INT64_MAX;
    if (heads->all > at->capacity || heads->all < at->min_heads || heads->all < 1)
        return INT64_MAX;
    int64_t points = leader_points(instance, at, decision->supervisor[s], heads);
    if (points == INT64_MAX)
        return points;
    points += at->run_cost;
    if (heads->all < at->company_heads)
        points += (int64_t)(at->company_heads - heads->all) * weights->near_empty_head;
    if (heads->attendance > at->places100)
        points += (int64_t)(heads->attendance - at->places100) * weights->stand_down;
    if (am_is_lone_woman(at, heads->men, heads->women, heads->lone_women)) {
        if (instance->policy->lone_woman == AM_LONE_WOMAN_HARD)
            return INT64_MAX;
        points += weights->lone_woman_soft;
    }
    return points;
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

/* The person of a pair: the last whose first pair is not after it. */
int am_pair_person(const struct am_instance *instance, int64_t pair)
{
    int low = 0, high = instance->person_count - 1;
    while (low < high) {
        int middle = low + (high - low + 1) / 2;
        if (instance->people[middle].first_pair <= pair)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
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

int64_t am_decision_points(const struct am_instance *instance, const struct am_decision *decision)
{
    int64_t total = instance->constant_points;
    struct heads *heads = calloc((size_t)instance->session_count + 1, sizeof *heads);
    if (!heads || !obeys_rows(instance, decision) || !keeps_apart(instance, decision)) {
        free(heads);
        return INT64_MAX;
    }
    count_heads(instance, decision, heads);
    for (int p = 0; p < instance->person_count && total != INT64_MAX; p++) {
        int64_t points =
            am_pattern_points(instance, p, decision->chosen + (int64_t)p * instance->days, NULL);
        total = points == INT64_MAX ? INT64_MAX : total + points;
    }
    for (int s = 0; s < instance->session_count && total != INT64_MAX; s++) {
        int64_t points = session_points(instance, s, decision, &heads[s]);
        total = points == INT64_MAX ? INT64_MAX : total + points;
    }
    free(heads);
    return total;
}
