#include "solver/part.h"

#include <stdlib.h>
#include <string.h>

#include "base/order.h"

struct am_parting {
    const struct am_instance *whole;
    const struct am_rivals *rivals;
    int32_t *clash_first; /* clashes of supervisor m: [clash_first[m], clash_first[m + 1]) */
    int32_t *hours_of;    /* of a supervisor's week: index in hours[], -1 */
    int32_t *session_at;  /* a session's index in the part, -1; so between calls */
    int32_t *person_at;   /* likewise */
    int32_t *could_min;   /* of a supervisor's week, what they could lead; 0 between calls */
};

/* One cut while it is made. */
struct cutting {
    struct am_parting *parting;
    const struct am_instance *whole;
    const struct am_cut *what;
    const struct am_decision *decision;
    struct am_arena *arena;
    struct am_part *part;
    struct am_heads *others; /* of each session of the part: who stays */
    size_t session_room;
};

/* ---- what parts share ---- */

static am_status index_supervisors(struct am_parting *parting, struct am_err *err)
{
    const struct am_instance *whole = parting->whole;
    size_t supervisors = (size_t)whole->supervisor_count, weeks = (size_t)whole->weeks;
    parting->clash_first = calloc(supervisors + 2, sizeof *parting->clash_first);
    parting->hours_of = calloc(supervisors * weeks + 1, sizeof *parting->hours_of);
    parting->could_min = calloc(supervisors * weeks + 1, sizeof *parting->could_min);
    if (!parting->clash_first || !parting->hours_of || !parting->could_min)
        return am_fail_memory(err);
    for (int i = 0; i < whole->clash_count; i++)
        parting->clash_first[whole->clashes[i].supervisor + 1]++;
    for (size_t m = 0; m < supervisors; m++)
        parting->clash_first[m + 1] += parting->clash_first[m];
    for (size_t i = 0; i < supervisors * weeks; i++)
        parting->hours_of[i] = -1;
    for (int i = 0; i < whole->hours_count; i++)
        parting->hours_of[whole->hours[i].supervisor * whole->weeks + whole->hours[i].week] = i;
    return AM_OK;
}

am_status am_parting_new(struct am_parting **out, const struct am_instance *instance,
                         const struct am_rivals *rivals, struct am_err *err)
{
    *out = NULL;
    struct am_parting *parting = calloc(1, sizeof *parting);
    if (!parting)
        return am_fail_memory(err);
    parting->whole = instance;
    parting->rivals = rivals;
    am_status status = index_supervisors(parting, err);
    size_t sessions = (size_t)instance->session_count, people = (size_t)instance->person_count;
    parting->session_at = malloc((sessions + 1) * sizeof *parting->session_at);
    parting->person_at = malloc((people + 1) * sizeof *parting->person_at);
    if (status == AM_OK && (!parting->session_at || !parting->person_at))
        status = am_fail_memory(err);
    if (status != AM_OK) {
        am_parting_free(parting);
        return status;
    }
    for (size_t s = 0; s < sessions; s++)
        parting->session_at[s] = -1;
    for (size_t p = 0; p < people; p++)
        parting->person_at[p] = -1;
    *out = parting;
    return AM_OK;
}

void am_parting_free(struct am_parting *parting)
{
    if (!parting)
        return;
    free(parting->clash_first);
    free(parting->hours_of);
    free(parting->session_at);
    free(parting->person_at);
    free(parting->could_min);
    free(parting);
}

/* ---- sessions of the part ---- */

static int64_t chosen_of(const struct cutting *cut, int person, int day)
{
    return cut->decision->chosen[(int64_t)person * cut->whole->days + day];
}

bool am_part_leaves(const struct am_isession *at)
{
    return at->lone_woman_rule && at->fixed_women > 0;
}

bool am_part_holds(const struct am_instance *whole, const struct am_decision *decision, int person)
{
    const int64_t *chosen = decision->chosen + (int64_t)person * whole->days;
    for (int d = 0; d < whole->days; d++)
        if (chosen[d] >= 0 && am_part_leaves(&whole->sessions[whole->pairs[chosen[d]].session]))
            return true;
    return false;
}

/* Does it stay as it is, as all of another week does? */
static bool stays(const struct cutting *cut, int day)
{
    return cut->what->week > 0 && day / 7 + 1 != cut->what->week;
}

/* List every session at which somebody of the part could be. */
static void list_sessions(struct cutting *cut)
{
    struct am_parting *parting = cut->parting;
    struct am_part *part = cut->part;
    for (int i = 0; i < part->instance.person_count; i++) {
        const struct am_iperson *person = &cut->whole->people[part->people[i]];
        for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++) {
            int32_t s = cut->whole->pairs[k].session, day = cut->whole->pairs[k].day;
            if (parting->session_at[s] >= 0 || am_part_leaves(&cut->whole->sessions[s]) ||
                (stays(cut, day) && chosen_of(cut, part->people[i], day) != k))
                continue;
            parting->session_at[s] = part->instance.session_count;
            part->sessions[part->instance.session_count] = s;
            cut->others[part->instance.session_count++] = cut->what->occupancy->heads[s];
        }
    }
    for (int i = 0; i < part->instance.person_count; i++)
        for (int d = 0; d < cut->whole->days; d++) {
            int64_t k = chosen_of(cut, part->people[i], d);
            if (k >= 0)
                am_heads_add(cut->whole, k, part->people[i], -1,
                             &cut->others[parting->session_at[cut->whole->pairs[k].session]]);
        }
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* A session of the part with those who stay as its fixed heads. */
static void fill_session(struct cutting *cut, int i)
{
    int32_t s = cut->part->sessions[i];
    const struct am_isession *from = &cut->whole->sessions[s];
    const struct am_heads *others = &cut->others[i];
    struct am_isession *at = &cut->part->instance.sessions[i];
    *at = *from;
    bool held = cut->what->held || stays(cut, from->day);
    cut->part->kept[i] = others->all > from->fixed_heads || (held && cut->decision->runs[s]);
    if (!cut->part->kept[i])
        return;
    at->must_run = true;
    at->fixed_heads = others->all;
    at->fixed_attendance = others->attendance;
    at->fixed_men = others->men;
    at->fixed_women = others->women;
    at->fixed_lone_women = from->fixed_lone_women + others->lone_women;
    if (at->fixed_women > at->fixed_lone_women || at->fixed_women > 1)
        at->lone_woman_rule = false;
    at->run_cost = 0; /* it runs in any case */
    at->supervised = false;
    at->candidates = NULL;
    at->candidate_count = 0;
    if (!from->supervised)
        return;
    const struct am_icandidate *leader = am_candidate(from, cut->decision->supervisor[s]);
    at->capacity = leader ? least(at->capacity, leader->capacity) : at->fixed_heads;
}

/* Is it left as it is? */
static bool is_left(const struct cutting *cut, int32_t session)
{
    int32_t here = cut->parting->session_at[session];
    return here < 0 || cut->part->kept[here];
}

/* Does the supervisor lead a session that stays and overlaps this one? */
static bool is_taken(const struct cutting *cut, int supervisor, const struct am_isession *at)
{
    const struct am_lists *leading = &cut->what->occupancy->leading;
    for (int32_t s = leading->first[supervisor]; s >= 0; s = leading->next[s])
        if (is_left(cut, s) && am_sessions_overlap(&cut->whole->sessions[s], at))
            return true;
    return false;
}

/* The minutes that the supervisor has left in a week beside what stays; INT32_MAX:
 * enough for whatever there is. */
static int32_t minutes_left(const struct cutting *cut, int supervisor, int week)
{
    const struct am_lists *leading = &cut->what->occupancy->leading;
    int32_t h = cut->parting->hours_of[supervisor * cut->whole->weeks + week];
    if (h < 0)
        return INT32_MAX;
    int32_t left = cut->whole->hours[h].left_min;
    for (int32_t s = leading->first[supervisor]; s >= 0; s = leading->next[s])
        if (cut->whole->sessions[s].day / 7 == week && is_left(cut, s))
            left -= cut->whole->sessions[s].minutes;
    return left;
}

static bool could_lead(const struct cutting *cut, const struct am_icandidate *candidate,
                       const struct am_isession *at)
{
    return candidate->capacity >= at->min_heads && !is_taken(cut, candidate->supervisor, at) &&
           at->minutes <= minutes_left(cut, candidate->supervisor, at->day / 7);
}

static bool fill_candidates(struct cutting *cut, int i)
{
    struct am_isession *at = &cut->part->instance.sessions[i];
    if (cut->part->kept[i] || !at->supervised)
        return true;
    const struct am_icandidate *from = at->candidates;
    int count = at->candidate_count;
    struct am_icandidate *candidates =
        AM_ARENA_NEW(cut->arena, (size_t)count, struct am_icandidate);
    if (!candidates)
        return false;
    at->candidate_count = 0;
    at->candidates = candidates;
    for (int c = 0; c < count; c++)
        if (could_lead(cut, &from[c], at))
            candidates[at->candidate_count++] = from[c];
    return true;
}

static bool make_sessions(struct cutting *cut)
{
    struct am_instance *instance = &cut->part->instance;
    cut->others = AM_ARENA_NEW(cut->arena, cut->session_room, struct am_heads);
    cut->part->sessions = AM_ARENA_NEW(cut->arena, cut->session_room, int32_t);
    cut->part->kept = AM_ARENA_NEW(cut->arena, cut->session_room, bool);
    instance->sessions = AM_ARENA_NEW(cut->arena, cut->session_room, struct am_isession);
    if (!cut->others || !cut->part->sessions || !cut->part->kept || !instance->sessions)
        return false;
    list_sessions(cut);
    for (int i = 0; i < instance->session_count; i++)
        fill_session(cut, i);
    for (int i = 0; i < instance->session_count; i++)
        if (!fill_candidates(cut, i))
            return false;
    return true;
}

/* ---- people of the part ---- */

/* Is somebody who stays booked there from whom the pair's person is kept apart? */
static bool rival_stays(const struct cutting *cut, int64_t k)
{
    const struct am_rivals *rivals = cut->parting->rivals;
    for (size_t i = am_rivals_first(rivals, k); i < rivals->count && rivals->at[i].pair == k; i++) {
        int64_t other = rivals->at[i].other;
        int person = am_pair_person(cut->whole, other);
        if (cut->parting->person_at[person] < 0 &&
            chosen_of(cut, person, cut->whole->pairs[other].day) == other)
            return true;
    }
    return false;
}

static bool is_chosen(const struct cutting *cut, int64_t k, int person)
{
    return chosen_of(cut, person, cut->whole->pairs[k].day) == k;
}

/* May the pair be booked, given who stays? */
static bool is_open(const struct cutting *cut, int person, int64_t k)
{
    const struct am_ipair *pair = &cut->whole->pairs[k];
    int32_t i = cut->parting->session_at[pair->session];
    if (i < 0 || (stays(cut, pair->day) && !is_chosen(cut, k, person)) || rival_stays(cut, k))
        return false;
    if (cut->what->loss && cut->what->loss[k] > cut->what->most_loss && !is_chosen(cut, k, person))
        return false;
    const struct am_isession *from = &cut->whole->sessions[pair->session];
    const struct am_isession *at = &cut->part->instance.sessions[i];
    if (at->capacity <= at->fixed_heads || (cut->what->held && !cut->decision->runs[pair->session]))
        return false;
    if (!from->supervised)
        return true;
    if (!cut->part->kept[i])
        return at->candidate_count > 0;
    int leader = cut->decision->supervisor[pair->session];
    return pair->supervisor_gender < 0 ||
           (leader >= 0 &&
            (int)cut->whole->caseload->supervisors[leader].gender == pair->supervisor_gender);
}

static void add_person(struct cutting *cut, int i)
{
    struct am_instance *instance = &cut->part->instance;
    const struct am_iperson *from = &cut->whole->people[cut->part->people[i]];
    struct am_iperson *person = &instance->people[i];
    *person = *from;
    person->first_pair = instance->pair_count;
    person->published_pairs = 0;
    for (int64_t k = from->first_pair; k < from->first_pair + from->pair_count; k++) {
        if (!is_open(cut, cut->part->people[i], k))
            continue;
        struct am_ipair *pair = &instance->pairs[instance->pair_count];
        *pair = cut->whole->pairs[k];
        pair->session = cut->parting->session_at[pair->session];
        if (cut->part->kept[pair->session])
            pair->supervisor_gender = -1;
        person->published_pairs += pair->published;
        cut->part->pairs[instance->pair_count++] = k;
    }
    person->pair_count = instance->pair_count - person->first_pair;
    if (person->published_pairs < from->published_pairs)
        person->disturbed_anyway = true;
}

static bool make_people(struct cutting *cut)
{
    struct am_instance *instance = &cut->part->instance;
    size_t pairs = 0, people = (size_t)instance->person_count;
    for (size_t i = 0; i < people; i++)
        pairs += (size_t)cut->whole->people[cut->part->people[i]].pair_count;
    instance->people = AM_ARENA_NEW(cut->arena, people, struct am_iperson);
    instance->pairs = AM_ARENA_NEW(cut->arena, pairs, struct am_ipair);
    cut->part->pairs = AM_ARENA_NEW(cut->arena, pairs, int64_t);
    if (!instance->people || !instance->pairs || !cut->part->pairs)
        return false;
    for (int i = 0; i < instance->person_count; i++)
        add_person(cut, i);
    return true;
}

/* ---- sessions that nobody of the part can come to ---- */

/* A fixed session that is to be led takes a supervisor's time, whoever comes. */
static bool takes_time(const struct am_isession *at)
{
    return at->must_run && at->supervised;
}

/* Leave the others out: they stay as they are, and would only be rows. */
static bool drop_sessions(struct cutting *cut)
{
    struct am_instance *instance = &cut->part->instance;
    int32_t *session_at = cut->parting->session_at;
    bool *wanted = AM_ARENA_NEW(cut->arena, (size_t)instance->session_count, bool);
    int had = instance->session_count;
    if (!wanted)
        return false;
    for (int i = 0; i < had; i++)
        wanted[i] = takes_time(&instance->sessions[i]);
    for (int64_t k = 0; k < instance->pair_count; k++)
        wanted[instance->pairs[k].session] = true;
    instance->session_count = 0;
    for (int i = 0; i < had; i++) {
        int32_t s = cut->part->sessions[i];
        int at = instance->session_count;
        session_at[s] = wanted[i] ? at : -1;
        if (!wanted[i])
            continue;
        instance->sessions[at] = instance->sessions[i];
        cut->part->sessions[at] = s;
        cut->part->kept[at] = cut->part->kept[i];
        instance->session_count++;
    }
    for (int64_t k = 0; k < instance->pair_count; k++)
        instance->pairs[k].session = session_at[cut->whole->pairs[cut->part->pairs[k]].session];
    return true;
}

/* ---- what ties them together ---- */

static int64_t pair_at(const struct am_part *part, int64_t k)
{
    int64_t low = 0, high = part->instance.pair_count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (part->pairs[middle] < k)
            low = middle + 1;
        else
            high = middle;
    }
    return low < part->instance.pair_count && part->pairs[low] == k ? low : -1;
}

/* R12 within the part. */
static bool make_aparts(struct cutting *cut)
{
    struct am_instance *instance = &cut->part->instance;
    const struct am_rivals *rivals = cut->parting->rivals;
    for (int pass = 0; pass < 2; pass++) {
        int64_t count = 0;
        for (int64_t a = 0; a < instance->pair_count; a++)
            for (size_t i = am_rivals_first(rivals, cut->part->pairs[a]);
                 i < rivals->count && rivals->at[i].pair == cut->part->pairs[a]; i++) {
                int64_t b = pair_at(cut->part, rivals->at[i].other);
                if (b <= a)
                    continue;
                if (pass == 1)
                    instance->aparts[count] = (struct am_iapart){instance->pairs[a].session, a, b};
                count++;
            }
        if (pass == 0)
            instance->aparts = AM_ARENA_NEW(cut->arena, (size_t)count, struct am_iapart);
        if (!instance->aparts)
            return false;
        instance->apart_count = count;
    }
    return true;
}

/* The clashes of supervisor m among the sessions that are decided anew. */
static bool add_clashes(struct cutting *cut, int m)
{
    struct am_instance *instance = &cut->part->instance;
    const struct am_parting *parting = cut->parting;
    for (int32_t i = parting->clash_first[m]; i < parting->clash_first[m + 1]; i++) {
        const struct am_iclash *from = &cut->whole->clashes[i];
        int32_t *sessions = AM_ARENA_NEW(cut->arena, (size_t)from->count, int32_t);
        int count = 0;
        if (!sessions)
            return false;
        for (int j = 0; j < from->count; j++) {
            int32_t at = parting->session_at[from->sessions[j]];
            if (at >= 0 && am_candidate(&instance->sessions[at], m))
                sessions[count++] = at;
        }
        if (count > 1)
            instance->clashes[instance->clash_count++] = (struct am_iclash){m, sessions, count};
    }
    return true;
}

static void add_hours(struct cutting *cut, int m, int week)
{
    struct am_instance *instance = &cut->part->instance;
    int32_t left = minutes_left(cut, m, week);
    if (cut->parting->could_min[m * cut->whole->weeks + week] > left)
        instance->hours[instance->hours_count++] = (struct am_ihours){m, week, left};
}

/* Whoever could lead something of the part, once for each such session, ascending; their
 * minutes are added up. NULL: no memory. */
static int32_t *list_leaders(struct cutting *cut, int *count)
{
    const struct am_instance *instance = &cut->part->instance;
    size_t room = 0;
    *count = 0;
    for (int i = 0; i < instance->session_count; i++)
        room += (size_t)instance->sessions[i].candidate_count;
    int32_t *leaders = AM_ARENA_NEW(cut->arena, room, int32_t);
    if (!leaders)
        return NULL;
    for (int i = 0; i < instance->session_count; i++)
        for (int c = 0; c < instance->sessions[i].candidate_count; c++) {
            int m = instance->sessions[i].candidates[c].supervisor;
            int week = instance->sessions[i].day / 7;
            cut->parting->could_min[m * cut->whole->weeks + week] += instance->sessions[i].minutes;
            leaders[(*count)++] = m;
        }
    qsort(leaders, (size_t)*count, sizeof *leaders, am_by_number);
    return leaders;
}

static bool add_leaders(struct cutting *cut, const int32_t *leaders, int count)
{
    struct am_instance *instance = &cut->part->instance;
    const int32_t *clash_first = cut->parting->clash_first;
    size_t clashes = 0;
    for (int i = 0; i < count; i++)
        clashes += (size_t)(clash_first[leaders[i] + 1] - clash_first[leaders[i]]);
    instance->clashes = AM_ARENA_NEW(cut->arena, clashes, struct am_iclash);
    instance->hours =
        AM_ARENA_NEW(cut->arena, (size_t)count * (size_t)cut->whole->weeks, struct am_ihours);
    if (!instance->clashes || !instance->hours)
        return false;
    for (int i = 0; i < count; i++) {
        if (!add_clashes(cut, leaders[i]))
            return false;
        for (int w = 0; w < cut->whole->weeks; w++)
            add_hours(cut, leaders[i], w);
    }
    return true;
}

static bool make_supervisors(struct cutting *cut)
{
    size_t weeks = (size_t)cut->whole->weeks;
    int32_t *could_min = cut->parting->could_min;
    int count;
    int32_t *leaders = list_leaders(cut, &count);
    if (!leaders)
        return false;
    count = am_each_once(leaders, count);
    bool made = add_leaders(cut, leaders, count);
    for (int i = 0; i < count; i++)
        memset(could_min + (size_t)leaders[i] * weeks, 0, weeks * sizeof *could_min);
    return made;
}

static size_t most_sessions(const struct am_instance *whole, const int32_t *people, int count)
{
    size_t pairs = 0, sessions = (size_t)whole->session_count;
    for (int i = 0; i < count; i++)
        pairs += (size_t)whole->people[people[i]].pair_count;
    return pairs < sessions ? pairs : sessions;
}

am_status am_part_build(struct am_parting *parting, const struct am_cut *what,
                        struct am_arena *arena, struct am_part *part, struct am_err *err)
{
    const struct am_instance *whole = parting->whole;
    const int32_t *people = what->people;
    int count = what->count;
    struct cutting cut = {.parting = parting,
                          .whole = whole,
                          .what = what,
                          .decision = what->decision,
                          .arena = arena,
                          .part = part,
                          .session_room = most_sessions(whole, people, count)};
    *part = (struct am_part){.instance = *whole};
    part->instance.person_count = count;
    part->instance.session_count = 0;
    part->instance.pair_count = 0;
    part->instance.apart_count = 0;
    part->instance.clash_count = 0;
    part->instance.hours_count = 0;
    part->instance.constant_points = 0;
    part->people = AM_ARENA_NEW(arena, (size_t)count, int32_t);
    if (!part->people)
        return am_fail_memory(err);
    memcpy(part->people, people, (size_t)count * sizeof *people);
    for (int i = 0; i < count; i++)
        parting->person_at[people[i]] = i;
    bool made = make_sessions(&cut) && make_people(&cut) && drop_sessions(&cut) &&
                make_aparts(&cut) && make_supervisors(&cut);
    for (int i = 0; i < count; i++)
        parting->person_at[people[i]] = -1;
    for (int i = 0; part->sessions && i < part->instance.session_count; i++)
        parting->session_at[part->sessions[i]] = -1;
    return made ? AM_OK : am_fail_memory(err);
}

/* ---- to and fro ---- */

bool am_part_restrict(const struct am_part *part, const struct am_instance *whole,
                      const struct am_decision *decision, struct am_decision *of_part)
{
    bool all = true;
    for (int i = 0; i < part->instance.session_count; i++) {
        of_part->runs[i] = decision->runs[part->sessions[i]];
        of_part->supervisor[i] = part->kept[i] ? -1 : decision->supervisor[part->sessions[i]];
    }
    for (int i = 0; i < part->instance.person_count; i++)
        for (int d = 0; d < whole->days; d++) {
            int64_t k = decision->chosen[(int64_t)part->people[i] * whole->days + d];
            int64_t here = k < 0 ? -1 : pair_at(part, k);
            of_part->chosen[(int64_t)i * whole->days + d] = here;
            all = all && (k < 0 || here >= 0);
        }
    return all;
}

void am_part_apply(const struct am_part *part, const struct am_instance *whole,
                   const struct am_decision *of_part, struct am_decision *decision)
{
    for (int i = 0; i < part->instance.session_count; i++) {
        if (part->kept[i])
            continue;
        decision->runs[part->sessions[i]] = of_part->runs[i];
        decision->supervisor[part->sessions[i]] = of_part->supervisor[i];
    }
    for (int i = 0; i < part->instance.person_count; i++)
        for (int d = 0; d < whole->days; d++) {
            int64_t k = of_part->chosen[(int64_t)i * whole->days + d];
            decision->chosen[(int64_t)part->people[i] * whole->days + d] =
                k < 0 ? -1 : part->pairs[k];
        }
}

/* ---- points ---- */

int64_t am_part_dearest(const struct am_instance *instance, int64_t objective)
{
    int64_t none[7 * AM_WEEKS_MAX], points = 0;
    for (int d = 0; d < instance->days; d++)
        none[d] = -1;
    for (int p = 0; p < instance->person_count; p++)
        points += am_pattern_points(instance, p, none, NULL);
    return points > objective ? points : objective + 1;
}
