/*
 * explain - the figures behind an explanation: found by asking the rules, by
 * splitting the score, and by solving again.
 *
 * io/explain.h tells them.
 */
#ifndef AM_CLI_EXPLAIN_H
#define AM_CLI_EXPLAIN_H

#include "command/derived.h"
#include "io/explain.h"
#include "solver/around.h"
#include "solver/heads.h"

/* A roster in hand, and what every explanation needs of it. */
struct am_explaining {
    const struct am_derived *derived;
    const struct am_roster *roster;
    const struct am_settings *settings;
    struct am_arena arena; /* of all that is found, too */
    struct am_instance instance;
    struct am_decision decision;
    struct am_effect_side side;
    struct am_heads *heads; /* of each session, as decided */
};

/* Derived, roster and settings must outlive it. Fails with AM_EINVALID where the
 * roster breaks a rule of the caseload, with AM_ENOMEM. Release in any case. */
AM_MUST_CHECK am_status am_explain_begin(struct am_explaining *ex, const struct am_derived *derived,
                                         const struct am_roster *roster,
                                         const struct am_settings *settings, struct am_err *err);
void am_explain_release(struct am_explaining *ex);

/* fixes: alternatives at most; 0: none are sought. */
AM_MUST_CHECK am_status am_explain_person(struct am_explaining *ex, int person, int fixes,
                                          struct am_explain_person *about, struct am_err *err);
AM_MUST_CHECK am_status am_explain_session(struct am_explaining *ex, int session,
                                           struct am_explain_session *about, struct am_err *err);
AM_MUST_CHECK am_status am_explain_supervisor(struct am_explaining *ex, int supervisor,
                                              struct am_explain_supervisor *about,
                                              struct am_err *err);
/* Of one rule, or, where rule is -1, of each (about: AM_RULE_COUNT of them),
 * most gained first. *count receives how many. */
AM_MUST_CHECK am_status am_explain_rule(struct am_explaining *ex, int rule,
                                        struct am_explain_rule *about, int *count,
                                        struct am_err *err);

/* ---- parts of it ---- */

/* Solve for the demand and say what that roster is against the one in hand.
 * *better is raised where it is better than the one in hand. */
AM_MUST_CHECK am_status am_explain_demand(struct am_explaining *ex, struct am_around *around,
                                          struct am_demand demand, int except,
                                          struct am_explain_margin *margin, int64_t *better,
                                          struct am_err *err);

/* How a session stands in the roster: heads, and how many it takes under whoever
 * leads it (0: it does not run). */
int32_t am_explain_room(const struct am_explaining *ex, int session);

/* The caseload with small changes, and what is derived of it. */
struct am_variant {
    struct am_derived derived;
    struct am_arena arena; /* of what is changed and of the instance */
    struct am_instance instance;
};

/* Make the changes for this person (-1: nobody's) and derive. Release in any case. */
AM_MUST_CHECK am_status am_variant_make(struct am_variant *variant, const struct am_derived *base,
                                        int person, const struct am_fix_change *changes, int count,
                                        struct am_err *err);
void am_variant_release(struct am_variant *variant);

/* The roster of a variant, placed anew from `from`, a roster of the same people
 * and sessions, around a person and a session. */
struct am_resolved {
    bool valid; /* `from` is a roster of the variant at all */
    bool met, proven;
    int people;
    struct am_roster roster; /* where valid; released by the caller */
    struct am_effect_side side;
};
/* What a variant is solved again for. */
struct am_resolve_for {
    const struct am_roster *from;
    int person, session;
    bool at_session; /* the person must be there; false: nothing is demanded */
    const struct am_settings *settings;
};
AM_MUST_CHECK am_status am_variant_resolve(const struct am_variant *variant,
                                           struct am_resolve_for what, struct am_arena *arena,
                                           struct am_resolved *resolved, struct am_err *err);

/* Small changes that give the person more: about->fixes and their counts. */
AM_MUST_CHECK am_status am_explain_fixes(struct am_explaining *ex, struct am_around *around,
                                         int most, struct am_explain_person *about,
                                         struct am_err *err);

/* Does the second side give the person more: something where they had nothing,
 * else less that is missing of the weekly offer; and no worse a clock? */
bool am_explain_gained(const struct am_effect_side *before, const struct am_effect_side *after,
                       int person);

#endif
