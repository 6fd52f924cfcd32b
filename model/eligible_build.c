/*
 * All pairs at once.
 *
 * For each person the rules are asked once for each class of sessions alike in
 * what those rules look at. Most sessions are too far away from any one person:
 * what forbids those is counted by class, and only the sessions to which a
 * journey is known (journeys.h) are looked at one by one. So the work grows
 * with the appointments that are possible, not with people times sessions.
 */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "model/eligible_rules.h"
#include "model/journeys.h"

enum { WORD_BITS = 64 };

struct build {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    struct am_arena scratch;
    int session_count;
    am_genders *genders;        /* by session */
    am_rule_set *session_rules; /* by session: broken whoever the person */
    struct am_alike sorts, times;
    int32_t *sort_size, *time_size; /* sessions of each class */
    struct am_members of_slot, of_project, of_place;
    struct am_journeys journeys;
    struct am_waivers *waivers; /* by person */
    /* of the home and modes in hand */
    uint64_t *near_bits;
    int32_t *near; /* the sessions to which a journey is known, ascending */
    int near_count;
    /* of the person in hand, by class */
    am_rule_set *sort_rules, *time_rules;
    am_rule_set *far_rules; /* by time: where no journey is known */
    int32_t *week_max;      /* R5: by week */
    /* of all people, in the order in which they are taken */
    struct am_pair *pairs;
    size_t pair_count, pair_room;
    int64_t *begin; /* by person, in pairs */
};

/* How many sessions each rule forbids the person in hand. */
struct tally {
    int32_t *first, *any;
};

/* ---- classes ---- */

static am_status group_sorts(struct build *build, struct am_alike_key *keys, struct am_err *err)
{
    for (int s = 0; s < build->session_count; s++) {
        const struct am_session *at = &build->caseload->sessions[s];
        const struct am_project *project = &build->caseload->projects[at->project];
        int32_t sort = (int32_t)project->type | project->women_only << 8 | at->supervised << 9 |
                       build->genders[s] << 16;
        keys[s] = (struct am_alike_key){
            {sort, (int32_t)build->session_rules[s], (int32_t)(project->tags & UINT32_MAX),
             (int32_t)(project->tags >> 32), (int32_t)(project->offers & UINT32_MAX),
             (int32_t)(project->offers >> 32)},
            s};
    }
    return am_alike_build(keys, build->session_count, &build->scratch, &build->sorts, err);
}

static am_status group_times(struct build *build, struct am_alike_key *keys, struct am_err *err)
{
    for (int s = 0; s < build->session_count; s++) {
        const struct am_session *at = &build->caseload->sessions[s];
        bool ete = build->caseload->projects[at->project].type == AM_ETE;
        keys[s] = (struct am_alike_key){{at->date, at->start, at->minutes, ete}, s};
    }
    return am_alike_build(keys, build->session_count, &build->scratch, &build->times, err);
}

static am_status count_members(struct build *build, const struct am_alike *alike, int32_t **sizes,
                               struct am_err *err)
{
    *sizes = AM_ARENA_NEW(&build->scratch, (size_t)alike->count, int32_t);
    if (!*sizes)
        return am_fail_memory(err);
    for (int s = 0; s < build->session_count; s++)
        (*sizes)[alike->of[s]]++;
    return AM_OK;
}

static am_status group_sessions(struct build *build, struct am_err *err)
{
    struct am_alike_key *keys =
        AM_ARENA_NEW(&build->scratch, (size_t)build->session_count, struct am_alike_key);
    if (!keys)
        return am_fail_memory(err);
    am_status status = group_sorts(build, keys, err);
    if (status == AM_OK)
        status = group_times(build, keys, err);
    if (status == AM_OK)
        status = count_members(build, &build->sorts, &build->sort_size, err);
    return status == AM_OK ? count_members(build, &build->times, &build->time_size, err) : status;
}

/* The sessions of each project and place, for what is barred by name. */
static am_status list_by_name(struct build *build, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    size_t count = (size_t)build->session_count;
    int32_t *projects = AM_ARENA_NEW(&build->scratch, count, int32_t);
    int32_t *places = AM_ARENA_NEW(&build->scratch, count, int32_t);
    if (!projects || !places)
        return am_fail_memory(err);
    for (size_t s = 0; s < count; s++) {
        projects[s] = caseload->sessions[s].project;
        places[s] = caseload->sessions[s].place + 1; /* 0: none is known */
    }
    const struct am_alike by_project = {.count = caseload->project_count, .of = projects};
    const struct am_alike by_place = {.count = caseload->place_count + 1, .of = places};
    am_status status = am_alike_members(&by_project, build->session_count, &build->scratch,
                                        &build->of_project, err);
    return status == AM_OK ? am_alike_members(&by_place, build->session_count, &build->scratch,
                                              &build->of_place, err)
                           : status;
}

static am_status look_at_sessions(struct build *build, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    size_t sessions = (size_t)build->session_count;
    build->genders = AM_ARENA_NEW(&build->scratch, sessions, am_genders);
    build->session_rules = AM_ARENA_NEW(&build->scratch, sessions, am_rule_set);
    if (!build->genders || !build->session_rules)
        return am_fail_memory(err);
    for (int s = 0; s < build->session_count; s++) {
        build->genders[s] = am_leading_genders(caseload, s);
        build->session_rules[s] = am_rules_of_session(caseload, s, build->genders[s]);
    }
    return group_sessions(build, err);
}

static am_status make_room(struct build *build, struct am_err *err)
{
    struct am_arena *scratch = &build->scratch;
    size_t sessions = (size_t)build->session_count, times = (size_t)build->times.count;
    build->near_bits = AM_ARENA_NEW(scratch, sessions / WORD_BITS + 1, uint64_t);
    build->near = AM_ARENA_NEW(scratch, sessions, int32_t);
    build->sort_rules = AM_ARENA_NEW(scratch, (size_t)build->sorts.count, am_rule_set);
    build->time_rules = AM_ARENA_NEW(scratch, times, am_rule_set);
    build->far_rules = AM_ARENA_NEW(scratch, times, am_rule_set);
    build->week_max = AM_ARENA_NEW(scratch, (size_t)build->caseload->weeks, int32_t);
    build->begin = AM_ARENA_NEW(scratch, (size_t)build->caseload->person_count, int64_t);
    return build->near_bits && build->near && build->sort_rules && build->time_rules &&
                   build->far_rules && build->week_max && build->begin
               ? AM_OK
               : am_fail_memory(err);
}

static am_status prepare(struct build *build, struct am_err *err)
{
    am_status status = look_at_sessions(build, err);
    if (status == AM_OK)
        status = list_by_name(build, err);
    if (status == AM_OK)
        status = am_waivers_by_person(build->caseload, &build->scratch, &build->waivers, err);
    if (status == AM_OK)
        status = am_journeys_build(build->caseload, build->session_count, &build->scratch,
                                   &build->journeys, err);
    if (status == AM_OK)
        status = am_alike_members(&build->journeys.slots, build->session_count, &build->scratch,
                                  &build->of_slot, err);
    return status == AM_OK ? make_room(build, err) : status;
}

/* ---- the person in hand ---- */

/* Lists near[] for the home and modes now open. */
static void list_near(struct build *build)
{
    size_t words = (size_t)build->session_count / WORD_BITS + 1;
    const struct am_members *members = &build->of_slot;
    memset(build->near_bits, 0, words * sizeof *build->near_bits);
    for (int i = 0; i < build->journeys.near_count; i++) {
        int slot = build->journeys.near[i];
        for (int k = members->first[slot]; k < members->first[slot + 1]; k++)
            build->near_bits[members->at[k] / WORD_BITS] |= UINT64_C(1)
                                                            << members->at[k] % WORD_BITS;
    }
    build->near_count = 0;
    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = build->near_bits[w]; bits; bits &= bits - 1)
            build->near[build->near_count++] = (int32_t)w * WORD_BITS + __builtin_ctzll(bits);
}

static void look_at_times(struct build *build, int person)
{
    static const struct am_journey unknown = {0};
    const struct am_caseload *caseload = build->caseload;
    bool waivers = build->waivers[person].count > 0;
    for (int w = 0; w < caseload->weeks; w++)
        build->week_max[w] =
            waivers ? am_weekly_max(caseload, person, w) : am_weekly_max_plain(caseload, person);
    for (int t = 0; t < build->times.count; t++) {
        int s = build->times.example[t];
        int week = am_week_of(caseload->sessions[s].date, caseload->from);
        build->time_rules[t] =
            am_rules_of_time(caseload, build->orders, person, s, build->week_max[week]);
        build->far_rules[t] =
            build->time_rules[t] | am_rules_of_journey(caseload, person, s, &unknown);
    }
}

static void look_at_person(struct build *build, int person)
{
    for (int k = 0; k < build->sorts.count; k++) {
        int s = build->sorts.example[k];
        build->sort_rules[k] =
            am_rules_of_sort(build->caseload, build->orders, person, s, build->genders[s]);
    }
    look_at_times(build, person);
    if (am_journeys_open(&build->journeys, person))
        list_near(build);
}

static const struct am_journey *journey_to(const struct build *build, int session)
{
    return am_journeys_get(&build->journeys, build->journeys.slots.of[session]);
}

static am_rule_set rules_of_place(const struct build *build, int person, int session)
{
    bool barred =
        am_is_barred(&build->caseload->people[person], &build->caseload->sessions[session]);
    return build->sort_rules[build->sorts.of[session]] | (barred ? AM_RULE_BIT(AM_R13) : 0);
}

/* R1 to R7. */
static am_rule_set rules_of_day(const struct build *build, int person, int session)
{
    return build->time_rules[build->times.of[session]] |
           am_rules_of_journey(build->caseload, person, session, journey_to(build, session));
}

/* ---- pairs and counts ---- */

/* `sessions` more, or fewer where it is negative, are forbidden by these rules. */
static void count_rules(int32_t *any, am_rule_set set, int32_t sessions)
{
    for (; set; set &= set - 1)
        any[__builtin_ctz(set)] += sessions;
}

static void count_set(struct tally tally, am_rule_set set, int32_t sessions)
{
    tally.first[__builtin_ctz(set)] += sessions;
    count_rules(tally.any, set, sessions);
}

static void add_pair(struct build *build, int session)
{
    const struct am_journey *journey = journey_to(build, session);
    build->pairs[build->pair_count++] = (struct am_pair){.session = session,
                                                         .there = journey->there,
                                                         .back = journey->back,
                                                         .mode = (uint8_t)journey->mode,
                                                         .quality = (uint8_t)journey->quality};
}

/* As if no journey were known: R3 forbids everything, and of the other rules
 * only R1 and R2 come before it. */
static void count_all_as_far(const struct build *build, struct tally tally)
{
    for (int t = 0; t < build->times.count; t++)
        count_set(tally, build->far_rules[t], build->time_size[t]);
    for (int k = 0; k < build->sorts.count; k++)
        count_rules(tally.any, build->sort_rules[k] | build->session_rules[build->sorts.example[k]],
                    build->sort_size[k]);
}

static void look_at_near(struct build *build, int person, struct tally tally)
{
    for (int i = 0; i < build->near_count; i++) {
        int s = build->near[i];
        am_rule_set far = build->far_rules[build->times.of[s]];
        am_rule_set day = rules_of_day(build, person, s);
        am_rule_set set = day | rules_of_place(build, person, s) | build->session_rules[s];
        tally.first[__builtin_ctz(far)]--;
        count_rules(tally.any, far & ~day, -1);
        count_rules(tally.any, day & ~far, 1);
        if (set)
            tally.first[__builtin_ctz(set)]++;
        else
            add_pair(build, s);
    }
}

static void count_barred(const struct build *build, int person, struct tally tally)
{
    const struct am_person *who = &build->caseload->people[person];
    const struct am_members *of_project = &build->of_project, *of_place = &build->of_place;
    for (int b = 0; b < who->barred_projects.count; b++) {
        int project = who->barred_projects.at[b];
        for (int k = of_project->first[project]; k < of_project->first[project + 1]; k++)
            if (!(build->sort_rules[build->sorts.of[of_project->at[k]]] & AM_RULE_BIT(AM_R13)))
                tally.any[AM_R13]++;
    }
    for (int b = 0; b < who->barred_places.count; b++) {
        int place = who->barred_places.at[b] + 1;
        for (int k = of_place->first[place]; k < of_place->first[place + 1]; k++) {
            int s = of_place->at[k];
            if (!(build->sort_rules[build->sorts.of[s]] & AM_RULE_BIT(AM_R13)) &&
                !am_indices_have(who->barred_projects, build->caseload->sessions[s].project))
                tally.any[AM_R13]++;
        }
    }
}

/* The sessions that the person is fixed to are not counted (R4 forbids each). */
static void leave_out_fixed(const struct build *build, int person, struct tally tally)
{
    const struct am_person_state *state = &build->orders->people[person];
    const struct am_fixed *fixed = build->orders->fixed + state->first_fixed;
    for (int i = 0; i < state->fixed_count; i++) {
        int s = fixed[i].session, before = 0;
        while (before < i && fixed[before].session != s)
            before++;
        if (before == i)
            count_set(tally,
                      rules_of_day(build, person, s) | rules_of_place(build, person, s) |
                          build->session_rules[s],
                      -1);
    }
}

static bool is_fixed_to(const struct build *build, int person, int session)
{
    const struct am_person_state *state = &build->orders->people[person];
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++)
        if (build->orders->fixed[i].session == session)
            return true;
    return false;
}

/* A waiver may clear any session: all are looked at. */
static void look_at_all(struct build *build, int person, struct tally tally)
{
    for (int s = 0; s < build->session_count; s++) {
        am_rule_set set = rules_of_day(build, person, s) | rules_of_place(build, person, s);
        set = am_without_waived(build->caseload, build->waivers[person], person, s, set) |
              build->session_rules[s];
        if (!set)
            add_pair(build, s);
        else if (!is_fixed_to(build, person, s))
            count_set(tally, set, 1);
    }
}

static void add_person(struct build *build, int person, struct tally tally)
{
    look_at_person(build, person);
    if (build->waivers[person].count > 0) {
        look_at_all(build, person, tally);
        return;
    }
    count_all_as_far(build, tally);
    look_at_near(build, person, tally);
    count_barred(build, person, tally);
    leave_out_fixed(build, person, tally);
}

static am_status add_people(struct build *build, struct am_eligibility *eligibility,
                            struct am_err *err)
{
    int32_t *people;
    am_status status = am_people_by_home(build->caseload, &build->scratch, &people, err);
    for (int i = 0; i < build->caseload->person_count && status == AM_OK; i++) {
        int p = people[i];
        size_t row = (size_t)p * AM_RULE_COUNT,
               most = build->pair_count + (size_t)build->session_count;
        if (!am_grow((void **)&build->pairs, &build->pair_room, most, sizeof *build->pairs))
            return am_fail_memory(err);
        build->begin[p] = (int64_t)build->pair_count;
        add_person(
            build, p,
            (struct tally){eligibility->forbidden_first + row, eligibility->forbidden_any + row});
        eligibility->first[p + 1] = (int64_t)build->pair_count - build->begin[p];
    }
    return status;
}

/* Lay the pairs out by person. */
static am_status lay_out(const struct build *build, struct am_arena *arena,
                         struct am_eligibility *eligibility, struct am_err *err)
{
    eligibility->pair_count = (int64_t)build->pair_count;
    eligibility->pairs = AM_ARENA_NEW(arena, build->pair_count, struct am_pair);
    if (!eligibility->pairs)
        return am_fail_memory(err);
    for (int p = 0; p < build->caseload->person_count; p++) {
        int64_t count = eligibility->first[p + 1];
        if (count > 0)
            memcpy(eligibility->pairs + eligibility->first[p], build->pairs + build->begin[p],
                   (size_t)count * sizeof *build->pairs);
        eligibility->first[p + 1] += eligibility->first[p];
    }
    return AM_OK;
}

am_status am_eligibility_build(const struct am_caseload *caseload, const struct am_orders *orders,
                               struct am_arena *arena, struct am_eligibility *eligibility,
                               struct am_err *err)
{
    struct build build = {
        .caseload = caseload, .orders = orders, .session_count = caseload->window_session_count};
    size_t people = (size_t)caseload->person_count;
    *eligibility = (struct am_eligibility){0};
    eligibility->first = AM_ARENA_NEW(arena, people + 1, int64_t);
    eligibility->forbidden_first = AM_ARENA_NEW(arena, people * AM_RULE_COUNT, int32_t);
    eligibility->forbidden_any = AM_ARENA_NEW(arena, people * AM_RULE_COUNT, int32_t);
    if (!eligibility->first || !eligibility->forbidden_first || !eligibility->forbidden_any)
        return am_fail_memory(err);
    am_arena_init(&build.scratch);
    am_status status = prepare(&build, err);
    if (status == AM_OK)
        status = add_people(&build, eligibility, err);
    if (status == AM_OK)
        status = lay_out(&build, arena, eligibility, err);
    free(build.pairs);
    am_arena_release(&build.scratch);
    return status;
}
