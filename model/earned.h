/*
 * earned - earned reduction of a requirement: who works steadily works less.
 *
 * A policy switch, off by default (policy.earned_reduction). Once
 * earned_threshold_percent of the minutes ordered are worked, each further
 * minute takes earned_percent hundredths of a minute off what is required, at
 * most earned_cap_percent of the minutes ordered; an order with an enforceable
 * absence (an appointment missed_unacceptable) earns nothing more. What it had
 * earned before that is an adjustment, as the authority enters it.
 *
 * Since what is worked takes the more off the more it is, all that matters is
 * one figure an order: the minutes that complete it. docs/formulation.md,
 * section 2.
 */
#ifndef AM_MODEL_EARNED_H
#define AM_MODEL_EARNED_H

#include "model/caseload.h"

/* Minutes that complete the order once they are worked: ordered + adjustments,
 * less what they earn where the switch is on and nothing was missed without an
 * excuse (absent). Never below 0. What is left to work when w are credited is
 * max(0, this - w). */
int32_t am_minutes_needed(const struct am_policy *policy, const struct am_order *order,
                          bool absent);

/* Minutes taken off the requirement by the time so many are worked. */
int32_t am_minutes_earned(const struct am_policy *policy, const struct am_order *order, bool absent,
                          int32_t worked_min);

#endif
