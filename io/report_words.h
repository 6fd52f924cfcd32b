/*
 * report_words - sentences that the summary and the printed page share.
 */
#ifndef AM_IO_REPORT_WORDS_H
#define AM_IO_REPORT_WORDS_H

#include "io/report_figures.h"
#include "io/text.h"

/* All append. */

/* "Tuesday 3 March 2026"; "3 March 2026". */
void am_text_day(struct am_text *text, am_date date);
void am_text_date(struct am_text *text, am_date date);
/* "Monday 2 March to Sunday 8 March 2026" */
void am_text_window(struct am_text *text, const struct am_caseload *caseload);

/* Why people are left out: a rule, or -1 for "no place". Restricted rules say
 * no more than that there is a restriction. */
void am_text_reason(struct am_text *text, int reason);

/* How good the roster is, in one sentence for people. */
void am_text_verdict(struct am_text *text, const struct am_roster *roster);

/* The reasons why people have no place, most frequent first, ties by rule: at
 * most AM_RULE_COUNT + 1 of them. Returns how many there are. */
struct am_reason_count {
    int reason; /* -1: no place */
    int people;
};
int am_reasons_sorted(const struct am_figures *figures,
                      struct am_reason_count reasons[AM_RULE_COUNT + 1]);

#endif
