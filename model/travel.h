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

/* Likewise to a session, looking only at these tables, in file order: all that
 * have the home among their places. tables.at must not be NULL. */
struct am_journey am_travel_journey_to(const struct am_caseload *caseload, struct am_indices tables,
                                       int home, am_modes modes, const struct am_session *session);

#endif
