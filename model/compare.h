/*
 * compare - one roster beside another: figures, proof, and who gains or loses.
 *
 * Everything is an integer. The figures are those of the rosters that were
 * found; what is proven is which of two caseloads allows the better roster.
 */
#ifndef AM_MODEL_COMPARE_H
#define AM_MODEL_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/roster.h"

enum am_figure {
#define AM_FIGURE(name, better, title, unit) AM_FIGURE_##name,
#include "model/compare.def"
#undef AM_FIGURE
    AM_FIGURE_COUNT
};

/* In place of a figure that nobody asked for: finish_late without a forecast. */
enum { AM_FIGURE_UNKNOWN = -1 };

struct am_figure_row {
    const char *name, *title, *unit;
    int better; /* +1, -1, 0 */
};

extern const struct am_figure_row am_figure_table[AM_FIGURE_COUNT];

/* What one person has of a roster. */
struct am_share {
    const char *crn;
    int32_t minutes;   /* booked in the window */
    int32_t late_days; /* of the first appointment, as S1 counts them */
};

/* What is compared of one roster. */
struct am_tally {
    int64_t figures[AM_FIGURE_COUNT];
    struct am_proof proof;
    enum am_outcome outcome;
    struct am_share *people; /* those with an order to credit or an appointment, by CRN */
    int people_count;
};

/* Is the best roster of one caseload better than that of another? */
enum am_verdict {
    AM_VERDICT_SAME,       /* both proven, with the same points */
    AM_VERDICT_BETTER,     /* proven: fewer points than any roster of the other */
    AM_VERDICT_WORSE,      /* proven: more */
    AM_VERDICT_WITHIN_GAP, /* the intervals from bound to objective overlap */
    AM_VERDICT_COUNT
};

const char *am_verdict_word(enum am_verdict verdict); /* "within_gap" */

enum am_verdict am_compare_proofs(const struct am_proof *proof, const struct am_proof *other);

enum am_effect { AM_EFFECT_GAINS, AM_EFFECT_LOSES, AM_EFFECT_COMES, AM_EFFECT_GOES };

const char *am_effect_word(enum am_effect effect); /* "gains" */

/* A person whose minutes or late days differ. A start that is earlier (fewer days
 * late) is a gain and a later one a loss, whatever the minutes; else the minutes
 * say. Who is in one caseload alone comes or goes. */
struct am_person_effect {
    const char *crn;
    enum am_effect effect;
    int32_t minutes;   /* more (negative: fewer) than in the other */
    int32_t late_days; /* likewise */
};

/* Of `tally` against `other`: by CRN, in arena. */
AM_MUST_CHECK am_status am_compare_people(const struct am_tally *tally,
                                          const struct am_tally *other, struct am_arena *arena,
                                          struct am_person_effect **effects, int *count,
                                          struct am_err *err);

#endif
