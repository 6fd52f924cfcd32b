#include "cli/explain.h"

am_status am_explain_begin(struct am_explaining *ex, const struct am_derived *derived,
                           const struct am_roster *roster, const struct am_settings *settings,
                           struct am_err *err)
{
    bool valid = false;
    *ex = (struct am_explaining){.derived = derived, .roster = roster, .settings = settings};
    am_arena_init(&ex->arena);
    ex->side = (struct am_effect_side){.caseload = &derived->caseload,
                                       .orders = &derived->orders,
                                       .clocks = &derived->clocks,
                                       .roster = roster};
    am_status status =
        am_instance_build(&derived->caseload, &derived->orders, &derived->eligibility,
                          &derived->clocks, &ex->arena, &ex->instance, err);
    if (status == AM_OK)
        status = am_around_decision(&ex->instance, roster, &ex->arena, &ex->decision, &valid, err);
    if (status == AM_OK)
        status = am_effect_side(&ex->side, &ex->arena, err);
    ex->heads = AM_ARENA_NEW(&ex->arena, (size_t)ex->instance.session_count, struct am_heads);
    if (status == AM_OK && !ex->heads)
        status = am_fail_memory(err);
    if (status != AM_OK)
        return status;
    if (!valid || am_decision_points(&ex->instance, &ex->decision) != ex->side.score.total)
        return am_fail(err, AM_EINVALID,
                       "the roster breaks a rule, or is not of this caseload; amends audit says "
                       "more, amends roster makes it again");
    am_heads_count(&ex->instance, &ex->decision, ex->heads);
    return AM_OK;
}

void am_explain_release(struct am_explaining *ex)
{
    am_arena_release(&ex->arena);
}

int32_t am_explain_room(const struct am_explaining *ex, int session)
{
    const struct am_isession *at = &ex->instance.sessions[session];
    if (!ex->decision.runs[session])
        return 0;
    if (!at->supervised)
        return at->capacity;
    const struct am_icandidate *leader = am_candidate(at, ex->decision.supervisor[session]);
    if (!leader)
        return at->fixed_heads;
    return leader->capacity < at->capacity ? leader->capacity : at->capacity;
}

static am_status tell_effect(struct am_explaining *ex, const struct am_decision *decision,
                             int except, struct am_effect *effect, struct am_err *err)
{
    struct am_roster roster;
    struct am_arena scratch;
    struct am_effect_side side = ex->side;
    am_arena_init(&scratch);
    am_status status = am_roster_init(&roster, &ex->derived->caseload, err);
    if (status == AM_OK)
        status = am_decision_roster(&ex->instance, &ex->derived->orders, &ex->derived->eligibility,
                                    decision, &roster, err);
    side.roster = &roster;
    if (status == AM_OK)
        status = am_effect_side(&side, &scratch, err);
    if (status == AM_OK)
        status = am_effect_between(&ex->side, &side, except, &ex->arena, effect, err);
    am_roster_release(&roster);
    am_arena_release(&scratch);
    return status;
}

am_status am_explain_demand(struct am_explaining *ex, struct am_around *around,
                            struct am_demand demand, int except, struct am_explain_margin *margin,
                            int64_t *better, struct am_err *err)
{
    struct am_arena scratch;
    struct am_around_answer answer;
    am_arena_init(&scratch);
    am_status status = am_around_solve(around, demand, &scratch, &answer, err);
    if (status == AM_OK) {
        *margin = (struct am_explain_margin){
            .tried = true, .met = answer.met, .proven = answer.proven, .people = answer.people};
        if (ex->side.score.total - answer.points > *better)
            *better = ex->side.score.total - answer.points;
        if (answer.met)
            status = tell_effect(ex, &answer.decision, except, &margin->effect, err);
    }
    am_arena_release(&scratch);
    return status;
}

bool am_explain_gained(const struct am_effect_side *before, const struct am_effect_side *after,
                       int person)
{
    const struct am_score *was = &before->split.people[person], *is = &after->split.people[person];
    if (am_clock_is_worse(before, after, person))
        return false;
    if (was->wish_units[AM_S10] == 0)
        return is->wish_units[AM_S10] > 0;
    return is->wish_units[AM_S3] < was->wish_units[AM_S3];
}
