#include "model/effect.h"

#include <string.h>

am_status am_effect_side(struct am_effect_side *side, struct am_arena *arena, struct am_err *err)
{
    am_status status = am_score_roster(side->caseload, side->orders, side->clocks, side->roster,
                                       &side->score, err);
    return status == AM_OK ? am_score_split(side->caseload, side->orders, side->clocks,
                                            side->roster, arena, &side->split, err)
                           : status;
}

/* ---- clocks ---- */

static int32_t booked_towards(const struct am_effect_side *side, int order)
{
    int person = side->caseload->orders[order].person;
    int32_t minutes = 0;
    for (int i = 0; i < side->roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &side->roster->appointments[i];
        if (a->person == person && !a->recorded && am_counts_towards(side->orders, a->order, order))
            minutes += a->minutes;
    }
    return minutes;
}

static int outlook_of(const struct am_effect_side *side, int order)
{
    return (int)am_order_outlook(side->caseload, side->orders, side->clocks, order,
                                 booked_towards(side, order));
}

bool am_clock_is_worse(const struct am_effect_side *before, const struct am_effect_side *after,
                       int person)
{
    const struct am_person *who = &before->caseload->people[person];
    const int64_t *was = before->split.people[person].wish_units;
    const int64_t *is = after->split.people[person].wish_units;
    bool better = false;
    for (int j = who->first_order; j < who->first_order + who->order_count; j++) {
        int outlook_was = outlook_of(before, j), outlook_is = outlook_of(after, j);
        if (outlook_is > outlook_was)
            return true;
        better |= outlook_is < outlook_was;
    }
    return is[AM_S1] > was[AM_S1] || (is[AM_S2] > was[AM_S2] && !better);
}

/* ---- who has what ---- */

/* What a person has, as one number that hardly ever is the same for different
 * sets of sessions, and their minutes. */
struct holding {
    uint64_t mark;
    int32_t minutes;
};

static uint64_t mark_of(int session)
{
    uint64_t mark = ((uint64_t)session + 1) * 0x9e3779b97f4a7c15u;
    mark = (mark ^ (mark >> 31)) * 0xbf58476d1ce4e5b9u;
    return mark ^ (mark >> 29);
}

static struct holding *list_holdings(const struct am_effect_side *side, struct am_arena *arena)
{
    struct holding *holdings =
        AM_ARENA_NEW(arena, (size_t)side->caseload->person_count, struct holding);
    for (int i = 0; holdings && i < side->roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &side->roster->appointments[i];
        if (a->recorded)
            continue;
        holdings[a->person].mark += mark_of(a->session);
        holdings[a->person].minutes += a->minutes;
    }
    return holdings;
}

static void subtract(struct am_score *change, const struct am_score *after,
                     const struct am_score *before)
{
    for (int w = 0; w < AM_WISH_COUNT; w++) {
        change->wish_units[w] = after->wish_units[w] - before->wish_units[w];
        change->wish_points[w] = after->wish_points[w] - before->wish_points[w];
    }
    for (int r = 0; r < AM_RULE_COUNT; r++) {
        change->rule_units[r] = after->rule_units[r] - before->rule_units[r];
        change->rule_points[r] = after->rule_points[r] - before->rule_points[r];
    }
    change->total = after->total - before->total;
}

static void add_person(const struct am_effect_side *before, const struct am_effect_side *after,
                       struct am_effect_person person, struct am_effect *effect)
{
    person.points =
        after->split.people[person.person].total - before->split.people[person.person].total;
    person.clock_worse = am_clock_is_worse(before, after, person.person);
    effect->clock_worse += person.clock_worse;
    effect->gain += person.after_min > person.before_min;
    effect->lose += person.after_min < person.before_min;
    effect->moved += person.after_min == person.before_min;
    effect->people[effect->count++] = person;
}

am_status am_effect_between(const struct am_effect_side *before, const struct am_effect_side *after,
                            int except, struct am_arena *arena, struct am_effect *effect,
                            struct am_err *err)
{
    size_t people = (size_t)before->caseload->person_count;
    struct holding *was = list_holdings(before, arena), *is = list_holdings(after, arena);
    int changed = 0;
    *effect = (struct am_effect){0};
    if (!was || !is)
        return am_fail_memory(err);
    for (size_t p = 0; p < people; p++)
        changed += was[p].mark != is[p].mark || was[p].minutes != is[p].minutes;
    effect->people = AM_ARENA_NEW(arena, (size_t)changed, struct am_effect_person);
    if (!effect->people)
        return am_fail_memory(err);
    subtract(&effect->change, &after->score, &before->score);
    for (int p = 0; p < before->caseload->person_count; p++)
        if (p != except && (was[p].mark != is[p].mark || was[p].minutes != is[p].minutes))
            add_person(before, after,
                       (struct am_effect_person){p, was[p].minutes, is[p].minutes, 0, false},
                       effect);
    for (int s = 0; s < before->caseload->window_session_count; s++) {
        effect->starts += after->roster->sessions[s].runs && !before->roster->sessions[s].runs;
        effect->stops += !after->roster->sessions[s].runs && before->roster->sessions[s].runs;
    }
    return AM_OK;
}
