/*
 * crew - threads that live as long as what they hold.
 *
 * What the LP engine makes belongs to the thread that made it. Where programmes
 * are kept and solved again and again, each stays with one member of a crew.
 */
#ifndef AM_SOLVER_CREW_H
#define AM_SOLVER_CREW_H

#include "base/err.h"

struct am_crew;

/* So many members if as many threads can be had, at least one: the caller, who
 * is number 0. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_crew_new(struct am_crew **crew, int most, struct am_err *err);
/* The others leave the engine (am_lp_thread_end) and end. NULL is accepted. */
void am_crew_free(struct am_crew *crew);

int am_crew_size(const struct am_crew *crew);

/* Every member does the work, at once; it is done when this returns. */
void am_crew_do(struct am_crew *crew, void (*work)(void *context, int member), void *context);

/* Whoever is free does the next of so many shares of a work; all are done when this
 * returns. One share is the caller's, and nobody else is woken. */
void am_crew_share(struct am_crew *crew, int shares,
                   void (*work)(void *context, int member, int share), void *context);
/* The same begun only: am_crew_end is to follow. */
void am_crew_share_begin(struct am_crew *crew, int shares,
                         void (*work)(void *context, int member, int share), void *context);

/* am_crew_do in two: from begin on the others are at it, and the caller is free to do
 * something else; at the end the caller does a member's work too. */
void am_crew_begin(struct am_crew *crew, void (*work)(void *context, int member), void *context);
void am_crew_end(struct am_crew *crew);

#endif
