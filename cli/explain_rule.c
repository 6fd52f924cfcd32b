/*
 * What a rule costs: where it alone stands between somebody who has less than
 * they are to be offered and a session; and what the whole would gain if it were
 * lifted for one such case, by solving again.
 *
 * A case is a person and a session (R2, R3, R10 to R13), a person (R5, R7, R16),
 * or a session: one more place (R8), one person enough (R9), a supervisor more
 * (R10, where nobody else demands one).
 */
#include <stdlib.h>

#include "cli/explain.h"

enum { TRIED_WHOLE = 12, TRIED_LARGE = 4, TRIED_EACH = 2, MOST_TOLD = 5 };
enum { WHOLE = 96 };

struct lifting {
    struct am_fix_change change;
    int person; /* -1: of a session */
    int64_t need;
};

struct rules {
    struct am_explaining *ex;
    int only;                      /* a rule, -1: every */
    struct am_explain_rule *about; /* by rule */
    struct lifting *cases[AM_RULE_COUNT];
    int count[AM_RULE_COUNT], room[AM_RULE_COUNT];
    bool failed;
};

static void add_case(struct rules *rules, enum am_rule rule, struct lifting lifting)
{
    if (rules->only >= 0 && rules->only != (int)rule)
        return;
    if (rules->count[rule] == rules->room[rule]) {
        int room = rules->room[rule] ? 2 * rules->room[rule] : 64;
        struct lifting *more = realloc(rules->cases[rule], (size_t)room * sizeof *more);
        if (!more) {
            rules->failed = true;
            return;
        }
        rules->cases[rule] = more;
        rules->room[rule] = room;
    }
    rules->cases[rule][rules->count[rule]++] = lifting;
}

static struct am_fix_change change_of(enum am_fix_kind kind, int session, enum am_rule rule)
{
    return (struct am_fix_change){
        .kind = kind, .session = session, .supervisor = -1, .because.rule = rule};
}

/* ---- people ---- */

/* What would lift the only rule that forbids a person a session. */
static bool lift_alone(const struct am_because *because, int session, struct am_fix_change *change)
{
    switch (because->rule) {
    case AM_R2:
    case AM_R3:
    case AM_R5:
    case AM_R7:
    case AM_R11:
    case AM_R13:
    case AM_R16:
        *change = change_of(AM_FIX_WAIVER, session, because->rule);
        return true;
    case AM_R10:
        *change =
            change_of(because->kind == AM_BECAUSE_NOBODY_LEADS ? AM_FIX_SUPERVISOR : AM_FIX_WAIVER,
                      session, because->rule);
        return true;
    case AM_R8:
        *change = change_of(AM_FIX_PLACE, session, because->rule);
        change->count = 1;
        return true;
    case AM_R1:
    case AM_R4:
    case AM_R6:
    case AM_R9:
    case AM_R12:
    case AM_R14:
    case AM_R15:
    case AM_RULE_COUNT:
        break;
    }
    return false;
}

/* The best session of each rule for the person: the least travel, then the first. */
struct nearest {
    int session[AM_RULE_COUNT], travel[AM_RULE_COUNT];
    struct am_fix_change change[AM_RULE_COUNT];
    int64_t alone[AM_RULE_COUNT];
};

static void look_at_session(const struct am_explaining *ex, int person, int session,
                            struct nearest *nearest)
{
    struct am_why why;
    struct am_fix_change change;
    const struct am_derived *derived = ex->derived;
    if (!ex->instance.sessions[session].open || am_is_fixed_to(&derived->orders, person, session))
        return;
    am_why_ask(&derived->caseload, &derived->orders, person, session, &why);
    if (why.count != 1)
        return;
    enum am_rule rule = why.because[0].rule;
    int travel = why.journey.known ? why.journey.there + why.journey.back : INT16_MAX;
    nearest->alone[rule]++;
    if (!lift_alone(&why.because[0], session, &change) ||
        (nearest->session[rule] >= 0 && nearest->travel[rule] <= travel))
        return;
    nearest->session[rule] = session;
    nearest->travel[rule] = travel;
    nearest->change[rule] = change;
}

static void look_at_person(struct rules *rules, int person)
{
    const struct am_explaining *ex = rules->ex;
    const struct am_score *own = &ex->side.split.people[person];
    bool idle = own->wish_units[AM_S10] == 0;
    struct nearest nearest = {0};
    if (ex->derived->orders.people[person].order < 0 || (own->wish_units[AM_S3] == 0 && !idle))
        return;
    for (int r = 0; r < AM_RULE_COUNT; r++)
        nearest.session[r] = -1;
    for (int s = 0; s < ex->instance.session_count; s++)
        look_at_session(ex, person, s, &nearest);
    for (int r = 0; r < AM_RULE_COUNT; r++) {
        rules->about[r].alone += nearest.alone[r];
        rules->about[r].people += nearest.alone[r] > 0;
        rules->about[r].unplaced += nearest.alone[r] > 0 && idle;
        if (nearest.session[r] >= 0)
            add_case(rules, (enum am_rule)r,
                     (struct lifting){nearest.change[r], person, own->total});
    }
    if (ex->derived->caseload.people[person].keep_apart.count > 0 &&
        ex->instance.people[person].pair_count > 0) {
        int32_t s = ex->instance.pairs[ex->instance.people[person].first_pair].session;
        rules->about[AM_R12].people++;
        rules->about[AM_R12].unplaced += idle;
        add_case(rules, AM_R12,
                 (struct lifting){change_of(AM_FIX_WAIVER, s, AM_R12), person, own->total});
    }
}

/* ---- sessions ---- */

/* Of those who could come and don't: what they cost as they are. */
static int64_t *list_wanted(const struct am_explaining *ex)
{
    const struct am_instance *instance = &ex->instance;
    int64_t *wanted = calloc((size_t)instance->session_count + 1, sizeof *wanted);
    for (int p = 0; wanted && p < instance->person_count; p++) {
        const struct am_score *own = &ex->side.split.people[p];
        if (own->wish_units[AM_S3] == 0)
            continue;
        for (int64_t i = 0; i < instance->people[p].pair_count; i++)
            wanted[instance->pairs[instance->people[p].first_pair + i].session] += own->total;
    }
    return wanted;
}

static void look_at_places(struct rules *rules, const int64_t *wanted)
{
    const struct am_explaining *ex = rules->ex;
    for (int s = 0; s < ex->instance.session_count; s++) {
        const struct am_session *at = &ex->derived->caseload.sessions[s];
        if (!ex->instance.sessions[s].open || wanted[s] <= 0)
            continue;
        struct am_fix_change change = change_of(AM_FIX_PLACE, s, AM_R8);
        change.count = 1;
        if (ex->decision.runs[s] && ex->heads[s].all >= am_explain_room(ex, s))
            add_case(rules, AM_R8, (struct lifting){change, -1, wanted[s]});
        if (ex->decision.runs[s])
            continue;
        change = change_of(AM_FIX_MINIMUM, s, AM_R9);
        change.count = 1;
        if (at->min_group > 1)
            add_case(rules, AM_R9, (struct lifting){change, -1, wanted[s]});
        if (at->supervised)
            add_case(rules, AM_R10,
                     (struct lifting){change_of(AM_FIX_SUPERVISOR, s, AM_R10), -1, wanted[s]});
    }
}

/* ---- lifting ---- */

static int by_need(const void *left, const void *right)
{
    const struct lifting *a = left, *b = right;
    if (a->need != b->need)
        return a->need > b->need ? -1 : 1;
    if (a->person != b->person)
        return a->person - b->person;
    return a->change.session - b->change.session;
}

static am_status try_case(struct am_explaining *ex, const struct lifting *lifting,
                          struct am_explain_rule *about, struct am_err *err)
{
    struct am_variant variant;
    struct am_resolved resolved = {0};
    struct am_arena scratch;
    am_arena_init(&scratch);
    am_status status =
        am_variant_make(&variant, ex->derived, lifting->person, &lifting->change, 1, err);
    if (status == AM_OK)
        status = am_variant_resolve(&variant,
                                    (struct am_resolve_for){ex->roster, lifting->person,
                                                            lifting->change.session, false,
                                                            ex->settings},
                                    &scratch, &resolved, err);
    if (status == AM_OK && resolved.valid) {
        struct am_explain_lift *lift = &about->lifts[about->lift_count++];
        about->lifted++;
        *lift = (struct am_explain_lift){.person = lifting->person,
                                         .session = lifting->change.session,
                                         .change = lifting->change,
                                         .proven = resolved.proven,
                                         .people = resolved.people};
        status = am_effect_between(&ex->side, &resolved.side, lifting->person, &ex->arena,
                                   &lift->effect, err);
    }
    am_roster_release(&resolved.roster);
    am_variant_release(&variant);
    am_arena_release(&scratch);
    return status;
}

static int by_gain(const void *left, const void *right)
{
    const struct am_explain_lift *a = left, *b = right;
    if (a->effect.change.total != b->effect.change.total)
        return a->effect.change.total < b->effect.change.total ? -1 : 1;
    if (a->person != b->person)
        return a->person - b->person;
    return a->session - b->session;
}

static am_status try_rule(struct rules *rules, int rule, struct am_err *err)
{
    struct am_explaining *ex = rules->ex;
    struct am_explain_rule *about = &rules->about[rule];
    int most = ex->instance.person_count <= WHOLE ? TRIED_WHOLE
               : rules->only < 0                  ? TRIED_EACH
                                                  : TRIED_LARGE;
    if (most > rules->count[rule])
        most = rules->count[rule];
    about->lifts = AM_ARENA_NEW(&ex->arena, (size_t)most, struct am_explain_lift);
    if (!about->lifts)
        return am_fail_memory(err);
    if (rules->count[rule] > 1)
        qsort(rules->cases[rule], (size_t)rules->count[rule], sizeof *rules->cases[rule], by_need);
    am_status status = AM_OK;
    for (int i = 0; i < most && status == AM_OK; i++)
        status = try_case(ex, &rules->cases[rule][i], about, err);
    if (about->lift_count > 1)
        qsort(about->lifts, (size_t)about->lift_count, sizeof *about->lifts, by_gain);
    if (about->lift_count > MOST_TOLD)
        about->lift_count = MOST_TOLD;
    return status;
}

/* ---- all of it ---- */

static int64_t best_gain(const struct am_explain_rule *about)
{
    return about->lift_count > 0 ? about->lifts[0].effect.change.total : INT64_MAX;
}

static int by_best(const void *left, const void *right)
{
    const struct am_explain_rule *a = left, *b = right;
    int64_t x = best_gain(a), y = best_gain(b);
    if (x != y)
        return x < y ? -1 : 1;
    return (int)a->rule - (int)b->rule;
}

static am_status look_at_all(struct rules *rules, struct am_err *err)
{
    int64_t *wanted = list_wanted(rules->ex);
    for (int p = 0; wanted && p < rules->ex->instance.person_count; p++)
        look_at_person(rules, p);
    if (wanted)
        look_at_places(rules, wanted);
    rules->failed |= !wanted;
    free(wanted);
    return rules->failed ? am_fail_memory(err) : AM_OK;
}

am_status am_explain_rule(struct am_explaining *ex, int rule, struct am_explain_rule *about,
                          int *count, struct am_err *err)
{
    struct am_explain_rule all[AM_RULE_COUNT] = {{0}};
    struct rules rules = {.ex = ex, .only = rule, .about = all};
    for (int r = 0; r < AM_RULE_COUNT; r++)
        all[r].rule = (enum am_rule)r;
    am_status status = look_at_all(&rules, err);
    for (int r = 0; r < AM_RULE_COUNT; r++) {
        if (status == AM_OK && (rule < 0 || rule == r))
            status = try_rule(&rules, r, err);
        free(rules.cases[r]);
    }
    *count = 0;
    for (int r = 0; r < AM_RULE_COUNT; r++)
        if (rule < 0 || rule == r)
            about[(*count)++] = all[r];
    qsort(about, (size_t)*count, sizeof *about, by_best);
    return status;
}
