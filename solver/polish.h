/*
 * polish - better a roster part by part: large neighbourhood search.
 *
 * Where most of the gap lies (solver/regret.h), some dozens of people are cut
 * out (solver/part.h) and placed anew by the exact solver, everybody else
 * staying; then the next part (solver/agenda.h), until none is worth a try,
 * around what supervisors would hand over neither (solver/handover.h), or the gap
 * is closed. Some parts are under way at a time and taken in the order in which they
 * were begun (solver/pipeline.h), so that the roster does not depend on the number of
 * threads.
 */
#ifndef AM_SOLVER_POLISH_H
#define AM_SOLVER_POLISH_H

#include "solver/agenda.h"
#include "solver/search.h"

struct am_polish_plan {
    const struct am_best_prices *prices;
    struct am_agenda_plan parts;
};

/* Betters search->incumbent. */
AM_MUST_CHECK am_status am_polish(struct am_search *search, struct am_polish_plan plan,
                                  struct am_err *err);

#endif
