/*
 * compact_model - the big 0-1 model while it is put together.
 *
 * Families of rows are added one after another; the first failure is kept in
 * `status` and makes every later step do nothing, so that a family reads like
 * its formula. docs/formulation.md gives each rule; the formula above each
 * function is how it is made linear.
 *
 * Columns:  x.p.s     p is booked to s
 *           cut.p.s   minutes by which the last appointment is cut (R6)
 *           last.p.s  p's order is completed at s, and nothing follows
 *           y.s       s runs (one that must run has none)
 *           z.m.s     m leads s (where there is one candidate, it is y too)
 *           constant  1: what every roster costs
 */
#ifndef AM_SOLVER_COMPACT_MODEL_H
#define AM_SOLVER_COMPACT_MODEL_H

#include "solver/instance.h"
#include "solver/lp.h"

enum { AM_COMPACT_NAME = 64 };

struct am_compact {
    const struct am_instance *instance;
    struct am_lp *lp;
    struct am_arena *arena;
    am_status status;
    struct am_err *err;
    double constant; /* points of every roster */
    bool each;       /* x <= y pair by pair, besides their sum */

    int *x, *cut, *last; /* column of each pair, -1: none; x: the pair can't be booked */
    int32_t *minutes;    /* of each pair if it is the first: the session's, at most what is free */
    int *run;            /* column of each session: y; -1: must run, or never runs */
    int *lead;           /* column of each candidate: lead[first_lead[s] + k], -1: can't lead */
    int *first_lead;
    int64_t *of_session; /* pairs by session: of_session[first_of[s]] .. */
    int64_t *first_of;

    /* the row in hand */
    char name[AM_COMPACT_NAME];
    double lower, upper;
    int *columns;
    double *values;
    int count, room;
};

/* Build the whole model in compact->lp; `each` is best for GLPK's own search,
 * without it for other engines. The caller frees compact->lp by
 * am_lp_free, on failure too; all else is in arena. */
AM_MUST_CHECK am_status am_compact_build(struct am_compact *compact,
                                         const struct am_instance *instance, bool each,
                                         struct am_arena *arena, struct am_err *err);

/* The two halves: what concerns one person, and what concerns one session. */
void am_compact_people(struct am_compact *compact);
void am_compact_sessions(struct am_compact *compact);
/* S2 to S4 of one person, called by the first half. */
struct am_compact_person;
void am_compact_wishes(struct am_compact *compact, const struct am_compact_person *view);

/* A person as the families of rows see them. Minutes are after the cut. */
struct am_compact_person {
    int p;
    const struct am_iperson *person;
    int64_t first, end; /* pairs */
    int64_t *day_first; /* pairs of day d: day_first[d] .. day_first[d + 1] - 1 */
    int32_t *day_most;  /* most minutes of day d, of any sort */
    int32_t *day_work;  /* not education */
    int32_t *day_ete;   /* education */
    int32_t *week_most; /* most minutes of week w (R5) */
    int32_t most_min;   /* of the window, whatever is free */
    bool any;           /* can be booked to something */
};

/* ---- putting together ---- */

/* A column; its index, or -1 after a failure. */
int am_compact_column(struct am_compact *compact, double cost, double upper, bool integer,
                      const char *fmt, ...) AM_PRINTF(5, 6);
void am_compact_row(struct am_compact *compact, double lower, double upper, const char *fmt, ...)
    AM_PRINTF(4, 5);
/* value * column into the row in hand; a column of -1 is left out. */
void am_compact_entry(struct am_compact *compact, int column, double value);
/* value * the minutes of a pair: minutes * x - cut. */
void am_compact_minutes(struct am_compact *compact, int64_t pair, double value);
/* Likewise in a row that asks for at least `enough` minutes: a pair that is
 * not cut counts for no more than that. */
void am_compact_minutes_towards(struct am_compact *compact, int64_t pair, int32_t enough);
void am_compact_end(struct am_compact *compact);

#endif
