/*
 * All pairs at once. For each person the rules are asked once for each class of
 * sessions alike in what those rules look at; a session then takes a few
 * look-ups. Journeys are asked once for each home.
 */
#include <string.h>

#include "model/eligible_rules.h"
#include "model/journeys.h"

struct build {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    struct am_arena scratch;
    int session_count;
    am_genders *genders;        /* by session */
    am_rule_set *session_rules; /* by session: broken whoever the person */
    struct am_alike kinds, times;
    am_rule_set *kind_rules, *time_rules; /* by class, of the person in hand */
    struct am_journeys journeys;
    struct am_waivers *waivers; /* by person */
    int32_t *week_max;          /* R5: by week, of the person in hand */
    int32_t *fixed_for;         /* by session: 1 + the person fixed to it, of the one in hand */
    struct am_pair *pairs;      /* in the order of people by home */
    int64_t pair_count, pair_room;
    int64_t *begin; /* by person, in pairs */
};

static am_status group_sessions(struct build *build, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    int count = build->session_count;
    struct am_alike_key *keys = AM_ARENA_NEW(&build->scratch, (size_t)count, struct am_alike_key);
    if (!keys)
        return am_fail_memory(err);
    for (int s = 0; s < count; s++) {
        const struct am_session *at = &caseload->sessions[s];
        keys[s] =
            (struct am_alike_key){{at->project, at->place, at->supervised, build->genders[s]}, s};
    }
    am_status status = am_alike_build(keys, count, &build->scratch, &build->kinds, err);
    if (status != AM_OK)
        return status;
    for (int s = 0; s < count; s++) {
        const struct am_session *at = &caseload->sessions[s];
        keys[s] = (struct am_alike_key){
            {at->date, at->start, at->minutes, caseload->projects[at->project].type == AM_ETE}, s};
    }
    return am_alike_build(keys, count, &build->scratch, &build->times, err);
}

static am_status prepare(struct build *build, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    struct am_arena *scratch = &build->scratch;
    size_t sessions = (size_t)build->session_count, people = (size_t)caseload->person_count;
    build->genders = AM_ARENA_NEW(scratch, sessions, am_genders);
    build->session_rules = AM_ARENA_NEW(scratch, sessions, am_rule_set);
    build->kind_rules = AM_ARENA_NEW(scratch, sessions, am_rule_set);
    build->time_rules = AM_ARENA_NEW(scratch, sessions, am_rule_set);
    build->fixed_for = AM_ARENA_NEW(scratch, sessions, int32_t);
    build->week_max = AM_ARENA_NEW(scratch, (size_t)caseload->weeks, int32_t);
    build->begin = AM_ARENA_NEW(scratch, people, int64_t);
    if (!build->genders || !build->session_rules || !build->kind_rules || !build->time_rules ||
        !build->fixed_for || !build->week_max || !build->begin)
        return am_fail_memory(err);
    for (int s = 0; s < build->session_count; s++) {
        build->genders[s] = am_leading_genders(caseload, s);
        build->session_rules[s] = am_rules_of_session(caseload, s, build->genders[s]);
    }
    am_status status = am_waivers_by_person(caseload, scratch, &build->waivers, err);
    if (status == AM_OK)
        status = group_sessions(build, err);

    if (status == AM_OK)
        status = am_journeys_build(caseload, build->session_count, scratch, &build->journeys, err);
    return status;
}

/* Room for one more pair with every session. */
static am_status make_room(struct build *build, struct am_err *err)
{
    int64_t need = build->pair_count + build->session_count;
    if (need <= build->pair_room)
        return AM_OK;
    int64_t room = 2 * build->pair_room > need ? 2 * build->pair_room : need;
    struct am_pair *pairs = AM_ARENA_NEW(&build->scratch, (size_t)room, struct am_pair);
    if (!pairs)
        return am_fail_memory(err);
    if (build->pair_count > 0)
        memcpy(pairs, build->pairs, (size_t)build->pair_count * sizeof *pairs);
    build->pairs = pairs;
    build->pair_room = room;
    return AM_OK;
}

static void look_at_person(struct build *build, int person)
{
    const struct am_caseload *caseload = build->caseload;
    const struct am_person_state *state = &build->orders->people[person];
    for (int k = 0; k < build->kinds.count; k++) {
        int s = build->kinds.example[k];
        build->kind_rules[k] =
            am_rules_of_kind(caseload, build->orders, person, s, build->genders[s]);
    }
    for (int w = 0; w < caseload->weeks; w++)
        build->week_max[w] = build->waivers[person].count > 0
                                 ? am_weekly_max(caseload, person, w)
                                 : am_weekly_max_plain(caseload, person);
    for (int t = 0; t < build->times.count; t++) {
        int s = build->times.example[t];
        int week = am_week_of(caseload->sessions[s].date, caseload->from);
        build->time_rules[t] =
            am_rules_of_time(caseload, build->orders, person, s, build->week_max[week]);
    }

    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++)
        build->fixed_for[build->orders->fixed[i].session] = person + 1;
    am_journeys_open(&build->journeys, person);
}

static void count_rules(am_rule_set set, int32_t *first, int32_t *any)
{
    first[__builtin_ctz(set)]++;
    for (; set; set &= set - 1)
        any[__builtin_ctz(set)]++;
}

static void add_pair(struct build *build, int session, const struct am_journey *journey)
{
    build->pairs[build->pair_count++] = (struct am_pair){.session = session,
                                                         .there = journey->there,
                                                         .back = journey->back,
                                                         .mode = (uint8_t)journey->mode,
                                                         .quality = (uint8_t)journey->quality};
}

static void add_person(struct build *build, int person, int32_t *first, int32_t *any)
{
    look_at_person(build, person);
    build->begin[person] = build->pair_count;
    for (int s = 0; s < build->session_count; s++) {
        const struct am_journey *journey =
            am_journeys_get(&build->journeys, build->journeys.slots.of[s]);
        am_rule_set set = build->kind_rules[build->kinds.of[s]] |
                          build->time_rules[build->times.of[s]] |
                          am_rules_of_journey(build->caseload, person, s, journey);
        if (set && build->waivers[person].count > 0)
            set = am_without_waived(build->caseload, build->waivers[person], person, s, set);

        set |= build->session_rules[s];
        if (!set)
            add_pair(build, s, journey);
        else if (build->fixed_for[s] != person + 1)
            count_rules(set, first, any);
    }
}

static am_status add_people(struct build *build, struct am_eligibility *eligibility,
                            struct am_err *err)
{
    int32_t *people;
    am_status status = am_people_by_home(build->caseload, &build->scratch, &people, err);
    for (int i = 0; i < build->caseload->person_count && status == AM_OK; i++) {
        int p = people[i];
        int64_t row = (int64_t)p * AM_RULE_COUNT;
        status = make_room(build, err);
        if (status != AM_OK)
            return status;
        add_person(build, p, eligibility->forbidden_first + row, eligibility->forbidden_any + row);
        eligibility->first[p + 1] = build->pair_count - build->begin[p];
    }
    return status;
}

/* Lay the pairs out by person. */
static am_status lay_out(const struct build *build, struct am_arena *arena,
                         struct am_eligibility *eligibility, struct am_err *err)
{
    eligibility->pair_count = build->pair_count;
    eligibility->pairs = AM_ARENA_NEW(arena, (size_t)build->pair_count, struct am_pair);
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
    am_arena_release(&build.scratch);
    return status;
}
