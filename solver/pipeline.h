/*
 * pipeline - work done side by side, and taken in the order in which it was given.
 *
 * The caller gives pieces of work and takes them back, the oldest first; in between
 * whoever is free does them. What is given after a piece was taken may depend on
 * it, and none of it on who did what, or when: so what comes of it all is the same
 * for any number of threads, and none waits for others that were begun with it.
 */
#ifndef AM_SOLVER_PIPELINE_H
#define AM_SOLVER_PIPELINE_H

#include <stdbool.h>

#include "base/err.h"

struct am_pipeline;

/*
 * At most room pieces at a time, each in a slot of 0 .. room - 1: work(context, slot)
 * does what the caller has laid there. threads: so many do it beside the caller, who
 * does it where there is one alone, or no more can be had. Fails with AM_ENOMEM.
 */
AM_MUST_CHECK am_status am_pipeline_new(struct am_pipeline **pipeline, int threads, int room,
                                        void (*work)(void *context, int slot), void *context,
                                        struct am_err *err);
/* Waits for what has been begun; what has not is left undone. NULL is accepted. */
void am_pipeline_free(struct am_pipeline *pipeline);

/* Pieces given and not taken. */
int am_pipeline_count(const struct am_pipeline *pipeline);
/* The slot of the next piece that is given, which is the caller's until then; there must
 * be room. */
int am_pipeline_slot(const struct am_pipeline *pipeline);
void am_pipeline_give(struct am_pipeline *pipeline);

/* The slot of the oldest piece, which is done when this returns; there must be one. What
 * is in it is the caller's, until it is given again. */
int am_pipeline_take(struct am_pipeline *pipeline);

#endif
