/*
 * explain_words - the sentences that explanations share. All append.
 */
#ifndef AM_IO_EXPLAIN_WORDS_H
#define AM_IO_EXPLAIN_WORDS_H

#include "io/emit_json.h"
#include "io/explain.h"

/* "Tuesday 3 March 09:00-16:00, Peel Park (S1@2026-03-03)" */
void am_explain_put_session(struct am_text *text, const struct am_caseload *caseload, int session);
/* "Tuesday 3 March" */
void am_explain_put_weekday(struct am_text *text, am_date date);
/* The project's name, or its code. */
void am_explain_put_project(struct am_text *text, const struct am_caseload *caseload, int session);
/* The supervisor's code. */
const char *am_explain_supervisor_code(const struct am_caseload *caseload, int supervisor);

/* "R3: the journey home takes 96 minutes, the limit is 90" */
void am_explain_put_because(struct am_text *text, const struct am_explain_context *context,
                            int person, int session, const struct am_because *because);

/* "350 points more: S3 weekly offer 360 minutes short more (7,200 points), ..." */
void am_explain_put_change(struct am_text *text, const struct am_score *change);
/* Who has more, less or something else; "nobody else is touched". */
void am_explain_put_people(struct am_text *text, const struct am_explain_context *context,
                           const struct am_effect *effect);

/* How sure it is. */
void am_explain_put_proof(struct am_text *text, bool proven, int people);

/* The same as members of the object in hand. */
void am_explain_emit_session(struct am_emit *emit, const struct am_caseload *caseload,
                             const char *key, int session);
void am_explain_emit_because(struct am_emit *emit, const struct am_explain_context *context,
                             int person, int session, const struct am_because *because);
void am_explain_emit_effect(struct am_emit *emit, const struct am_explain_context *context,
                            const struct am_effect *effect);
void am_explain_emit_margin(struct am_emit *emit, const struct am_explain_context *context,
                            const char *key, const struct am_explain_margin *margin);
void am_explain_emit_score(struct am_emit *emit, const char *key, const struct am_score *score);
/* format, made and what it is about: opens the document. */
void am_explain_emit_head(struct am_emit *emit, const struct am_explain_context *context,
                          const char *about);

#endif
