/*
 * part - some people cut out of an instance, to be placed anew while everybody
 * else stays as a decision has them.
 *
 * A part is an instance of its own, small enough to be solved to its optimum:
 * whoever is not in it is fixed, and takes up places, minutes and company as
 * the decision says. A session where nobody but people of the part is booked
 * is decided anew (does it run, under whom); one with others in it runs on
 * under its supervisor. Solving the part again and again, somewhere else each
 * time, is large neighbourhood search (Shaw 1998).
 */
#ifndef AM_SOLVER_PART_H
#define AM_SOLVER_PART_H

#include "solver/occupancy.h"
#include "solver/rivals.h"

/* What parts of one instance share; built once. */
struct am_parting;

/* Fails with AM_ENOMEM. The instance and its rivals must outlive it. */
AM_MUST_CHECK am_status am_parting_new(struct am_parting **parting,
                                       const struct am_instance *instance,
                                       const struct am_rivals *rivals, struct am_err *err);
void am_parting_free(struct am_parting *parting); /* NULL is accepted */

struct am_part {
    struct am_instance instance;
    int32_t *people;   /* of the part's -> of the whole */
    int32_t *sessions; /* likewise */
    int64_t *pairs;    /* likewise */
    bool *kept;        /* a session of the part: it runs on, whatever the part decides */
};

/* What to cut out. */
struct am_cut {
    const struct am_decision *decision;   /* a roster */
    const struct am_occupancy *occupancy; /* of the decision */
    const int32_t *people;                /* each once, ascending */
    int count;
    /* Pairs whose loss is beyond most_loss are left out, unless they are
     * chosen: no roster better than the decision has them (am_price_losses). */
    const int64_t *loss;
    int64_t most_loss;
    /* What runs stays as it is, under whom: only people are placed anew. */
    bool held;
    /* Only this week of theirs is placed anew, the first being 1; 0: the whole window. In
     * another week they keep what they have, or give it up. */
    int week;
};

/*
 * Cut a part out. People without whom R11 would be broken for those who stay
 * must be among the people, and nobody who is booked where am_part_leaves holds.
 * Everything is in the arena. For one thread at a time. Fails with AM_ENOMEM.
 */
AM_MUST_CHECK am_status am_part_build(struct am_parting *parting, const struct am_cut *cut,
                                      struct am_arena *arena, struct am_part *part,
                                      struct am_err *err);

/* R11 with a woman who is fixed by the caseload has exceptions that a part does
 * not know: such a session stays as it is. */
bool am_part_leaves(const struct am_isession *session);

/* Is the person booked at such a session? Then they are in no part. */
bool am_part_holds(const struct am_instance *whole, const struct am_decision *decision, int person);

/* What the whole decision says of the part. False when a person of it has an
 * appointment that is not in the part (the decision has changed since). */
bool am_part_restrict(const struct am_part *part, const struct am_instance *whole,
                      const struct am_decision *decision, struct am_decision *of_part);

/* Put what was decided of the part into the whole decision. */
void am_part_apply(const struct am_part *part, const struct am_instance *whole,
                   const struct am_decision *of_part, struct am_decision *decision);

/* The scale of a part's points, whose objective is given: everybody at home costs
 * more than any roster that is of use. */
int64_t am_part_dearest(const struct am_instance *part, int64_t objective);

#endif
