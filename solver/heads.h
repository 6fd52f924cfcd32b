/*
 * heads - who is booked to a session, in numbers, and what that costs.
 */
#ifndef AM_SOLVER_HEADS_H
#define AM_SOLVER_HEADS_H

#include "solver/instance.h"

enum { AM_GENDERS = AM_GENDER_UNKNOWN + 1 };

struct am_heads {
    int32_t all, attendance, men, women; /* fixed ones included */
    int32_t lone_women;                  /* new ones only (R11) */
    int32_t demanding[AM_GENDERS];       /* new ones who demand a supervisor of that gender (R10) */
};

/* Count the heads of every session; heads has session_count elements. */
void am_heads_count(const struct am_instance *instance, const struct am_decision *decision,
                    struct am_heads *heads);
/* Those of `count` sessions from `first` on. */
void am_heads_count_some(const struct am_instance *instance, const struct am_decision *decision,
                         int first, int count, struct am_heads *heads);

/* One pair more (times 1) or less (times -1). */
void am_heads_add(const struct am_instance *instance, int64_t pair, int person, int32_t times,
                  struct am_heads *heads);

/* R8-R11, R15, S7-S9, S11 of one session with these heads; INT64_MAX when a
 * rule is broken. */
int64_t am_session_points(const struct am_instance *instance, int session, bool runs,
                          int supervisor, const struct am_heads *heads);

#endif
