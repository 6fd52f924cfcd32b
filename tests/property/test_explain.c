/*
 * Whatever an explanation says is true.
 *
 * Each sentence is held against something that knows nothing of how it was
 * found: the audit's own rules and points, and the best roster by brute force of
 * the caseload as it is, with something demanded, or changed as a fix says.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/oracle/brute.h"
#include "tests/property/explained.h"

enum { USUAL = 80, LARGE = 4, MORE_PEOPLE = 110 };

/* ---- the split ---- */

static void expect_same(const struct am_score *ours, const struct am_score *audits, int seed,
                        const char *what, int index)
{
    for (int w = 0; w < AM_WISH_COUNT; w++)
        if (ours->wish_units[w] != audits->wish_units[w] ||
            ours->wish_points[w] != audits->wish_points[w])
            fail_msg("seed %d, %s %d, %s: %" PRId64 " points here, %" PRId64 " by the audit", seed,
                     what, index, am_wish_id((enum am_wish)w), ours->wish_points[w],
                     audits->wish_points[w]);
    for (int r = 0; r < AM_RULE_COUNT; r++)
        assert_int_equal(ours->rule_points[r], audits->rule_points[r]);
    assert_int_equal(ours->total, audits->total);
}

/* Each person's points and each session's are those that the audit reckons of
 * them alone, and together they are the score. */
static void everybodys_points_are_theirs(void **state)
{
    (void)state;
    PROPERTY_FOR_ALL (seed, 4 * USUAL) {
        struct explained e;
        struct am_audit_view view;
        struct am_err err;
        int64_t total = 0;
        explained_begin(&e, seed);
        const struct am_score_split *split = &e.ex.side.split;
        assert_int_equal(am_audit_view_build(&e.facts, &e.roster, &e.arena, &view, &err), AM_OK);
        for (int p = 0; p < e.tiny.caseload.person_count; p++) {
            struct am_score score = {0};
            am_audit_score_person(&e.facts, p, am_audit_of_person(&view, p), &score);
            am_audit_total(&score);
            expect_same(&split->people[p], &score, seed, "person", p);
            total += score.total;
        }
        for (int s = 0; s < e.tiny.caseload.window_session_count; s++) {
            struct am_score score = {0};
            am_audit_score_session(&e.facts, s, e.roster.sessions[s], am_audit_of_session(&view, s),
                                   &score);
            am_audit_total(&score);
            expect_same(&split->sessions[s], &score, seed, "session", s);
            total += score.total;
        }
        assert_int_equal(total, e.roster.score.total);
        explained_end(&e);
    }
}

/* ---- what is ruled out ---- */

/* What is said to be ruled out is so by the audit, by these rules; what is said
 * to be open is forbidden by none. And nothing is passed over. */
static void check_ruled_out(const struct explained *e, const struct am_explain_person *about)
{
    const struct am_caseload *caseload = &e->tiny.caseload;
    int had = 0;
    for (int i = 0; i < about->out_count; i++) {
        const struct am_explain_out *out = &about->out[i];
        am_rule_set rules = 0;
        for (int j = 0; j < out->why.count; j++)
            rules |= AM_RULE_BIT(out->why.because[j].rule);
        assert_int_equal(rules, am_audit_forbidden(&e->facts, about->person, out->session));
        assert_true(rules != 0);
    }
    for (int i = 0; i < about->open_count; i++)
        assert_int_equal(am_audit_forbidden(&e->facts, about->person, about->open[i].session), 0);
    for (int s = 0; s < caseload->window_session_count; s++) {
        bool has = am_is_fixed_to(&e->tiny.orders, about->person, s);
        for (int i = 0; i < e->roster.appointment_count; i++)
            has |= e->roster.appointments[i].person == about->person &&
                   e->roster.appointments[i].session == s;
        had += has;
    }
    assert_int_equal(about->out_count + about->open_count + had, caseload->window_session_count);
}

static bool forbids_all(const struct am_explain_person *about, am_rule_set rules)
{
    for (int i = 0; i < about->out_count; i++)
        if (!(about->out[i].why.rules & rules))
            return false;
    return true;
}

/* The rules that are said to rule everything out do, and none can be spared. */
static void check_core(const struct explained *e, const struct am_explain_person *about)
{
    bool all = about->out_count == e->tiny.caseload.window_session_count && about->out_count > 0;
    assert_int_equal(about->core != 0, all);
    if (!all)
        return;
    assert_true(forbids_all(about, about->core));
    for (int r = 0; r < AM_RULE_COUNT; r++)
        if (about->core & AM_RULE_BIT(r))
            assert_false(forbids_all(about, about->core & ~AM_RULE_BIT(r)));
}

/* The figures in the sentences, from the raw data. */
static void check_figures(const struct explained *e, const struct am_explain_person *about)
{
    const struct am_caseload *caseload = &e->tiny.caseload;
    for (int i = 0; i < about->out_count; i++)
        for (int j = 0; j < about->out[i].why.count; j++) {
            const struct am_because *because = &about->out[i].why.because[j];
            int s = about->out[i].session;
            struct am_audit_journey journey = am_audit_journey_of(caseload, about->person, s);
            if (because->kind == AM_BECAUSE_FAR_BACK || because->kind == AM_BECAUSE_FAR_THERE) {
                bool back = because->kind == AM_BECAUSE_FAR_BACK;
                assert_true(journey.known);
                assert_int_equal(because->minutes, back ? journey.back : journey.there);
                assert_true(because->minutes > because->limit);
            }
            if (because->kind == AM_BECAUSE_UNKNOWN_JOURNEY ||
                because->kind == AM_BECAUSE_NO_JOURNEY)
                assert_false(journey.known);
            if (because->kind == AM_BECAUSE_FREE_ELSE)
                assert_true(because->from > because->needs_from || because->to < because->needs_to);
            if (because->kind == AM_BECAUSE_WEEK_FULL || because->kind == AM_BECAUSE_EDUCATION_LEFT)
                assert_true(because->minutes > because->limit);
            if (because->kind == AM_BECAUSE_TOO_SHORT)
                assert_true(because->minutes < because->limit);
        }
}

/* ---- margins ---- */

struct tally {
    int margins, fixes, unmet, lifts;
};

/* With that demand the best roster has so many points more; where it is said that
 * none was found, there is none. */
static void check_margin(const struct explained *e, const struct am_explain_margin *margin,
                         struct brute_demand demand, struct tally *tally)
{
    struct brute_answer answer;
    if (!margin->tried)
        return;
    assert_int_equal(brute_solve_where(&e->tiny.caseload, demand, &answer, NULL), AM_OK);
    assert_false(answer.given_up);
    tally->margins += margin->met;
    tally->unmet += !margin->met;
    assert_int_equal(margin->met, answer.found);
    if (!margin->met)
        return;
    assert_true(margin->proven);
    if (e->roster.score.total + margin->effect.change.total != answer.optimum)
        fail_msg("seed %d: a roster of %" PRId64 " points is claimed, the best has %" PRId64,
                 e->seed, e->roster.score.total + margin->effect.change.total, answer.optimum);
    assert_true(margin->effect.change.total >= 0);
}

static void check_margins(const struct explained *e, const struct am_explain_person *about,
                          struct tally *tally)
{
    assert_int_equal(about->better, 0);
    for (int i = 0; i < about->open_count; i++)
        check_margin(e, &about->open[i].margin,
                     (struct brute_demand){about->person, about->open[i].session, -1, -1}, tally);
}

/* ---- fixes ---- */

static bool is_late_or_short(const struct am_score *was, const struct am_score *is)
{
    return is->wish_units[AM_S1] > was->wish_units[AM_S1] ||
           is->wish_units[AM_S2] > was->wish_units[AM_S2];
}

/* The audit's own reckoning of who is later or shorter than before. */
static void check_clocks(const struct explained *e, const struct am_variant *variant,
                         const struct am_roster *roster, int person)
{
    struct am_arena arena;
    struct am_audit_facts facts;
    struct am_audit_view was, is;
    struct am_err err;
    am_arena_init(&arena);
    assert_int_equal(am_audit_facts_build(&variant->derived.caseload, &arena, &facts, &err), AM_OK);
    assert_int_equal(am_audit_view_build(&e->facts, &e->roster, &arena, &was, &err), AM_OK);
    assert_int_equal(am_audit_view_build(&facts, roster, &arena, &is, &err), AM_OK);
    for (int p = 0; p < e->tiny.caseload.person_count; p++) {
        struct am_score before = {0}, after = {0};
        am_audit_score_person(&e->facts, p, am_audit_of_person(&was, p), &before);
        am_audit_score_person(&facts, p, am_audit_of_person(&is, p), &after);
        if (p != person && is_late_or_short(&before, &after))
            fail_msg("seed %d: person %d has a worse clock by a fix", e->seed, p);
    }
    am_arena_release(&arena);
}

static bool is_at(const struct am_explain_fix *fix, int session)
{
    for (int i = 0; i < fix->session_count; i++)
        if (fix->sessions[i] == session)
            return true;
    return false;
}

/* Made again: the changed caseload's best roster has these points, places the
 * person, passes its audit, and worsens nobody's clock. */
static void check_fix(const struct explained *e, const struct am_explain_person *about,
                      const struct am_explain_fix *fix, struct tally *tally)
{
    struct am_variant variant;
    struct am_roster best;
    struct am_resolved resolved;
    struct am_arena arena;
    struct am_audit audit = {0};
    struct brute_answer answer;
    struct am_err err;
    am_arena_init(&arena);
    assert_int_equal(
        am_variant_make(&variant, &e->derived, about->person, fix->changes, fix->count, &err),
        AM_OK);
    assert_int_equal(brute_solve(&variant.derived.caseload, &best, &answer, &err), AM_OK);
    assert_true(answer.found && !answer.given_up && fix->proven);
    if (answer.optimum != e->roster.score.total + fix->effect.change.total)
        fail_msg("seed %d: a fix claims %" PRId64 " points, the best roster has %" PRId64, e->seed,
                 e->roster.score.total + fix->effect.change.total, answer.optimum);
    const struct am_resolve_for what = {&best, about->person, fix->changes[0].session, false,
                                        &e->settings};
    assert_int_equal(am_variant_resolve(&variant, what, &arena, &resolved, &err), AM_OK);
    assert_true(resolved.valid);
    assert_int_equal(resolved.side.score.total, answer.optimum);
    assert_int_equal(am_audit_roster(&variant.derived.caseload, &resolved.roster, &audit, &err),
                     AM_OK);
    assert_int_equal(audit.broken, 0);
    assert_true(fix->after_min > 0 && is_at(fix, fix->changes[0].session));
    assert_int_equal(fix->effect.clock_worse, 0);
    tally->fixes++;
    am_audit_release(&audit);
    am_roster_release(&resolved.roster);
    am_roster_release(&best);
    am_variant_release(&variant);
    am_arena_release(&arena);
}

/* The roster that the fix was told from, found again the same way. */
static void check_fix_roster(const struct explained *e, const struct am_explain_person *about,
                             const struct am_explain_fix *fix)
{
    struct am_variant variant;
    struct am_resolved resolved;
    struct am_arena arena;
    struct am_audit audit = {0};
    struct am_err err;
    int minutes = 0;
    if (fix->changes[fix->count - 1].kind == AM_FIX_PIN)
        return; /* begins from another roster */
    am_arena_init(&arena);
    assert_int_equal(
        am_variant_make(&variant, &e->derived, about->person, fix->changes, fix->count, &err),
        AM_OK);
    const struct am_resolve_for what = {&e->roster, about->person, fix->changes[0].session, false,
                                        &e->settings};
    assert_int_equal(am_variant_resolve(&variant, what, &arena, &resolved, &err), AM_OK);
    assert_int_equal(am_audit_roster(&variant.derived.caseload, &resolved.roster, &audit, &err),
                     AM_OK);
    assert_int_equal(audit.broken, 0);
    for (int i = 0; i < resolved.roster.appointment_count; i++)
        if (resolved.roster.appointments[i].person == about->person &&
            !resolved.roster.appointments[i].recorded)
            minutes += resolved.roster.appointments[i].minutes;
    assert_int_equal(minutes, fix->after_min);
    check_clocks(e, &variant, &resolved.roster, about->person);
    am_audit_release(&audit);
    am_roster_release(&resolved.roster);
    am_variant_release(&variant);
    am_arena_release(&arena);
}

/* R16: no pattern of theirs has the session, with whatever they do before it. */
static int check_inductions(const struct explained *e, const struct am_explain_person *about)
{
    const struct am_instance *instance = &e->ex.instance;
    const struct am_iperson *who = &instance->people[about->person];
    int waiting = 0;
    for (int i = 0; i < about->open_count; i++) {
        int64_t pairs[2];
        if (about->open[i].state != AM_OPEN_INDUCTION)
            continue;
        waiting++;
        for (int64_t k = who->first_pair; k < who->first_pair + who->pair_count; k++)
            if (instance->pairs[k].session == about->open[i].session)
                pairs[1] = k;
        assert_true(am_pattern_points_of(instance, about->person, pairs + 1, 1) == INT64_MAX);
        for (int64_t k = who->first_pair; k < pairs[1]; k++) {
            pairs[0] = k;
            if (instance->pairs[k].day < instance->pairs[pairs[1]].day)
                assert_true(am_pattern_points_of(instance, about->person, pairs, 2) == INT64_MAX);
        }
    }
    return waiting;
}

static void what_is_said_of_a_person_is_so(void **state)
{
    (void)state;
    struct tally tally = {0};
    int waiting = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct explained e;
        struct am_explain_person about;
        struct am_err err;
        explained_begin(&e, seed);
        for (int p = 0; p < e.tiny.caseload.person_count; p++) {
            assert_int_equal(am_explain_person(&e.ex, p, 3, &about, &err), AM_OK);
            check_ruled_out(&e, &about);
            check_core(&e, &about);
            check_figures(&e, &about);
            waiting += check_inductions(&e, &about);
            check_margins(&e, &about, &tally);
            for (int i = 0; i < about.fix_count; i++) {
                check_fix(&e, &about, &about.fixes[i], &tally);
                check_fix_roster(&e, &about, &about.fixes[i]);
            }
        }
        explained_end(&e);
    }
    print_message("%d margins, %d without a roster, %d fixes\n", tally.margins, tally.unmet,
                  tally.fixes);
    assert_true(tally.margins > property_count(USUAL) / 2);
    assert_true(tally.fixes > property_count(USUAL) / 2);
    assert_true(waiting > 0);
}

/* ---- sessions, supervisors, rules ---- */

static void what_is_said_of_a_session_is_so(void **state)
{
    (void)state;
    struct tally tally = {0};
    PROPERTY_FOR_ALL (seed, USUAL / 2) {
        struct explained e;
        struct am_explain_session about;
        struct am_err err;
        explained_begin(&e, seed);
        for (int s = 0; s < e.tiny.caseload.window_session_count; s++) {
            bool runs = e.roster.sessions[s].runs;
            assert_int_equal(am_explain_session(&e.ex, s, &about, &err), AM_OK);
            for (int i = 0; i < about.leader_count; i++)
                assert_true(am_audit_may_lead(&e.facts, about.leaders[i].supervisor, s));
            check_margin(&e, &about.other,
                         (struct brute_demand){-1, -1, runs ? -1 : s, runs ? s : -1}, &tally);
        }
        explained_end(&e);
    }
    assert_true(tally.margins > property_count(USUAL / 2) / 2);
}

static void what_is_said_of_a_supervisor_is_so(void **state)
{
    (void)state;
    struct tally tally = {0};
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct explained e;
        struct am_explain_supervisor about;
        struct am_err err;
        explained_begin(&e, seed);
        for (int m = 0; m < e.tiny.caseload.supervisor_count; m++) {
            assert_int_equal(am_explain_supervisor(&e.ex, m, &about, &err), AM_OK);
            for (int i = 0; i < about.session_count; i++) {
                const struct am_explain_leader *leader = &about.sessions[i];
                bool leads = e.roster.sessions[leader->session].runs &&
                             e.roster.sessions[leader->session].supervisor == m;
                assert_int_equal(leader->state == AM_LEADER_LEADS, leads);
                if (leader->state == AM_LEADER_BUSY)
                    assert_int_equal(e.roster.sessions[leader->other].supervisor, m);
            }
            for (int i = 0; i < about.margin_count; i++)
                check_margin(&e, &about.margins[i],
                             (struct brute_demand){-1, -1, about.margin_of[i], -1}, &tally);
        }
        explained_end(&e);
    }
    assert_true(tally.margins > 0);
}

/* Lifted for one case, the best roster has what is said. */
static void what_is_said_of_a_rule_is_so(void **state)
{
    (void)state;
    int lifts = 0;
    PROPERTY_FOR_ALL (seed, USUAL / 2) {
        struct explained e;
        struct am_explain_rule about[AM_RULE_COUNT];
        struct am_err err;
        int count;
        explained_begin(&e, seed);
        assert_int_equal(am_explain_rule(&e.ex, -1, about, &count, &err), AM_OK);
        assert_int_equal(count, AM_RULE_COUNT);
        for (int r = 0; r < count; r++)
            for (int i = 0; i < about[r].lift_count; i++) {
                struct am_explain_lift *lift = &about[r].lifts[i];
                struct am_variant variant;
                struct am_roster best;
                struct brute_answer answer;
                assert_int_equal(
                    am_variant_make(&variant, &e.derived, lift->person, &lift->change, 1, &err),
                    AM_OK);
                assert_int_equal(brute_solve(&variant.derived.caseload, &best, &answer, &err),
                                 AM_OK);
                assert_true(lift->proven && answer.found && !answer.given_up);
                assert_int_equal(answer.optimum, e.roster.score.total + lift->effect.change.total);
                am_roster_release(&best);
                am_variant_release(&variant);
                lifts++;
            }
        explained_end(&e);
    }
    assert_true(lifts > property_count(USUAL / 2));
}

/* ---- a unit too large to be solved as a whole ---- */

/* Whoever is put somewhere is there, in a roster that breaks no rule and costs
 * what is said. */
static void check_placed(struct explained *e, struct am_around *around, int person)
{
    const struct am_iperson *who = &e->ex.instance.people[person];
    for (int64_t k = who->first_pair; k < who->first_pair + who->pair_count; k++) {
        struct am_around_answer answer;
        struct am_roster roster;
        struct am_audit audit = {0};
        struct am_arena arena;
        struct am_err err;
        struct am_demand demand = AM_DEMAND_NONE(e->ex.instance.pairs[k].session);
        demand.pair = k;
        am_arena_init(&arena);
        assert_int_equal(am_around_solve(around, demand, &arena, &answer, &err), AM_OK);
        assert_false(answer.proven);
        assert_int_equal(am_roster_init(&roster, &e->tiny.caseload, &err), AM_OK);
        assert_int_equal(am_decision_roster(&e->ex.instance, &e->tiny.orders, &e->tiny.eligibility,
                                            &answer.decision, &roster, &err),
                         AM_OK);
        assert_int_equal(am_audit_roster(&e->tiny.caseload, &roster, &audit, &err), AM_OK);
        assert_int_equal(audit.broken, 0);
        assert_int_equal(audit.score.total, answer.points);
        bool there = false;
        for (int i = 0; i < roster.appointment_count; i++)
            there |= roster.appointments[i].person == person &&
                     roster.appointments[i].session == demand.seed;
        assert_int_equal(there, answer.met);
        am_audit_release(&audit);
        am_roster_release(&roster);
        am_arena_release(&arena);
    }
}

static void what_is_said_of_a_large_unit_is_so(void **state)
{
    (void)state;
    int fixes = 0, people = 0;
    PROPERTY_FOR_ALL (seed, LARGE) {
        struct explained e;
        struct am_explain_person about;
        struct am_around *around;
        struct am_err err;
        explained_begin_with(&e, seed, MORE_PEOPLE);
        int told = 0;
        for (int p = 0; p < e.tiny.caseload.person_count && told < 6; p++) {
            assert_int_equal(am_explain_person(&e.ex, p, 3, &about, &err), AM_OK);
            check_ruled_out(&e, &about);
            check_core(&e, &about);
            if (!about.wants_more)
                continue;
            told++;
            people++;
            assert_int_equal(
                am_around_new(&around, &e.ex.instance, &e.ex.decision, p, &e.settings, &err),
                AM_OK);
            check_placed(&e, around, p);
            am_around_free(around);
            for (int i = 0; i < about.fix_count; i++) {
                assert_false(about.fixes[i].proven);
                check_fix_roster(&e, &about, &about.fixes[i]);
                fixes++;
            }
        }
        explained_end(&e);
    }
    assert_true(people > 0 && fixes > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybodys_points_are_theirs),
        cmocka_unit_test(what_is_said_of_a_person_is_so),
        cmocka_unit_test(what_is_said_of_a_session_is_so),
        cmocka_unit_test(what_is_said_of_a_supervisor_is_so),
        cmocka_unit_test(what_is_said_of_a_rule_is_so),
        cmocka_unit_test(what_is_said_of_a_large_unit_is_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
