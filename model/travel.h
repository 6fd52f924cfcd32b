/*
 * travel - how long a person's journey to a session takes, there and back (R3).
 *
 * Journeys belong to pairs of places, not of people, so that people who share
 * a home share the look-up. docs/formulation.md, section 3, says which table
 * answers, how a gap between its hour and the session counts as waiting, and
 * what an estimate may clear.
 */
#ifndef AM_MODEL_TRAVEL_H
#define AM_MODEL_TRAVEL_H

#include "model/caseload.h"

/* minutes: >= 0, AM_NO_JOURNEY or AM_UNKNOWN_JOURNEY. */
struct am_leg {
    int16_t minutes;
    enum am_travel_quality quality; /* meaningful where minutes >= 0 or AM_NO_JOURNEY */
};

struct am_journey {
    bool known;   /* both legs known by the mode chosen; else minutes are 0 */
    bool allowed; /* R3 holds */
    enum am_mode mode;
    int16_t there, back;
    enum am_travel_quality quality; /* the worse of the two legs' */
};

/* No mode knows it. */
#define AM_JOURNEY_UNKNOWN ((struct am_journey){.quality = AM_ESTIMATED})

/* Minutes between the hour of a table and a session's start (or end) on such a
 * day; -1: the table does not serve that leg. */
int am_travel_gap(const struct am_caseload *caseload, const struct am_travel_table *table,
                  enum am_direction direction, enum am_weekday day, int minute);

/* One leg by one mode: home to site before a session that starts at `minute`
 * of a day of this weekday (AM_THERE), or site to home after one that ends
 * then (AM_BACK). */
struct am_leg am_travel_leg(const struct am_caseload *caseload, enum am_direction direction,
                            int home, int site, enum am_mode mode, enum am_weekday day, int minute);

/* The person's best mode: both legs within the limit and the least sum, ties
 * by the order of enum am_mode; where none is allowed, the known one of least
 * sum, for reports. Same home and site: 0 minutes by any mode. */
struct am_journey am_travel_journey(const struct am_caseload *caseload, int home, int site,
                                    am_modes modes, enum am_weekday day, int start, int end);

/* ---- the parts of it, for model/journeys.c ---- */

/* What the table says, or AM_NO_JOURNEY or AM_UNKNOWN_JOURNEY. */
int am_travel_minutes(const struct am_travel_table *table, enum am_direction direction, int home,
                      int site);

/* The leg by a table that is asked for a time so far from its hour. */
struct am_leg am_travel_with_gap(int minutes, int gap, enum am_travel_quality quality);

/* Where no table answers. *metres: -1, or the distance from the time before. */
struct am_leg am_travel_estimate(const struct am_caseload *caseload, int home, int site,
                                 enum am_mode mode, int64_t *metres);

/* Further away than this, in latitude or in longitude, nothing is estimated. */
struct am_reach {
    int32_t lat_micro, lon_micro;
};

struct am_reach am_travel_reach(const struct am_place *home);

/* Take this mode's legs where both are known and better than *best. */
void am_travel_offer(const struct am_policy *policy, enum am_mode mode, struct am_leg there,
                     struct am_leg back, struct am_journey *best);

#endif
