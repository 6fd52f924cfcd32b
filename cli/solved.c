#include "cli/solved.h"

#include "model/roster_carry.h"
#include "model/score.h"

/* Of the parts that one search solved, another from where it ended solves at
 * most one in so many. */
enum { SHARE_AGAIN = 3 };

am_status am_solved_instance(struct am_solved *solved, const struct am_derived *derived,
                             struct am_err *err)
{
    *solved = (struct am_solved){0};
    am_arena_init(&solved->arena);
    return am_instance_build(&derived->caseload, &derived->orders, &derived->eligibility,
                             &derived->clocks, &solved->arena, &solved->instance, err);
}

am_status am_solved_search(struct am_solved *solved, const struct am_derived *derived,
                           am_solver *solver, const struct am_settings *settings,
                           struct am_solve_hooks hooks, struct am_err *err)
{
    int64_t fixed_only;
    am_status status = am_derived_fixed_only(derived, &fixed_only, err);
    if (status == AM_OK)
        status = solver(&solved->instance, settings, fixed_only, hooks, &solved->arena,
                        &solved->solution, err);
    /* a search that was stopped at once may know of no bound; this one always holds */
    int64_t least = -am_score_ceiling(&derived->caseload);
    if (status == AM_OK && solved->solution.proof.bound < least)
        solved->solution.proof.bound = least;
    return status;
}

am_status am_solved_roster(struct am_solved *solved, const struct am_derived *derived,
                           struct am_err *err)
{
    const struct am_caseload *caseload = &derived->caseload;
    struct am_roster *roster = &solved->roster;
    am_status status = am_roster_init(roster, caseload, err);
    if (status == AM_OK)
        status = am_decision_roster(&solved->instance, &derived->orders, &derived->eligibility,
                                    &solved->solution.decision, roster, err);
    if (status == AM_OK)
        status = am_score_roster(caseload, &derived->orders, &derived->clocks, roster,
                                 &roster->score, err);
    if (status != AM_OK)
        return status;
    roster->outcome = solved->solution.outcome;
    roster->proof = solved->solution.proof;
    return am_audit_roster(caseload, roster, &solved->audit, err);
}

void am_solved_release(struct am_solved *solved)
{
    am_audit_release(&solved->audit);
    am_roster_release(&solved->roster);
    am_arena_release(&solved->arena);
}

/* ---- all of it ---- */

static am_status search_from(struct am_solved *solved, const struct am_derived *derived,
                             const struct am_settings *settings, struct am_solve_hooks hooks,
                             struct am_err *err)
{
    am_status status = am_solved_search(solved, derived, am_solve, settings, hooks, err);
    if (status == AM_OK && solved->solution.outcome == AM_OUTCOME_NONE)
        status = am_fail(err, AM_EINTERRUPTED, "stopped before there was any roster");
    if (status == AM_OK && solved->solution.out_of_memory)
        status = am_fail_memory(err); /* others are compared with it */
    return status;
}

/* From `warm`, where it is given: hooks.warm is filled in here. */
static am_status make(struct am_solved *solved, const struct am_derived *derived,
                      const struct am_settings *settings, const struct am_roster *warm,
                      struct am_solve_hooks hooks, struct am_err *err)
{
    struct am_roster start = {0};
    am_status status = am_solved_instance(solved, derived, err);
    if (status == AM_OK && warm)
        status = am_roster_carry(warm, &derived->caseload, &start, err);
    hooks.warm = warm ? &start : NULL;
    if (status == AM_OK)
        status = search_from(solved, derived, settings, hooks, err);
    am_roster_release(&start);
    if (status == AM_OK)
        status = am_solved_roster(solved, derived, err);
    if (status == AM_OK && !am_audit_passes(&solved->audit))
        status = am_fail(err, AM_ESOLVER,
                         "%s: the roster does not pass its audit; this is a mistake in amends, "
                         "please report it",
                         derived->caseload.file);
    return status;
}

am_status am_solved_make(struct am_solved *solved, const struct am_derived *derived,
                         const struct am_settings *settings, const struct am_roster *warm,
                         const volatile sig_atomic_t *stop, struct am_err *err)
{
    return make(solved, derived, settings, warm, (struct am_solve_hooks){.stop = stop}, err);
}

am_status am_solved_again(struct am_solved *solved, const struct am_derived *derived,
                          const struct am_settings *settings, const struct am_solved *earlier,
                          const volatile sig_atomic_t *stop, struct am_err *err)
{
    const struct am_solution *was = &earlier->solution;
    int64_t parts = settings->gap > 0 ? (was->parts + SHARE_AGAIN - 1) / SHARE_AGAIN : 0;
    return make(solved, derived, settings, &earlier->roster,
                (struct am_solve_hooks){.stop = stop, .prices = &was->prices, .parts = parts}, err);
}
