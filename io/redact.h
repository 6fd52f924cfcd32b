/*
 * redact - a caseload that solves alike and says nothing of who is who.
 *
 * Ids become numbers in the order of the file, and events numbers in the order
 * in which they are compared, since both break ties. Only what decides a roster
 * is written: dates, minutes, days, genders, limits, and a journey table in
 * place of coordinates, files and estimates. Names, addresses, beneficiaries,
 * reasons, notes, who answers for a waiver, and limited access are left out.
 * What R13 forbids becomes a list of projects and places, whatever the reason:
 * nobody can tell a need from a danger.
 *
 * Everything written is made here from what was read as a number, a date, a
 * time or a word of a vocabulary: no text of the caseload is copied.
 * docs/security.md says what still can tell something.
 */
#ifndef AM_IO_REDACT_H
#define AM_IO_REDACT_H

#include "base/diag.h"
#include "io/text.h"

struct am_redact_result {
    int people, places, projects, sessions, supervisors; /* given new ids */
    int tables;                                          /* of journeys written */
};

/* Read the caseload at path and append the redacted one to text, which holds
 * nothing of use after a failure. Findings about the caseload go to diag;
 * AM_EINVALID or AM_EPARSE when any is an error, else AM_EIO or AM_ENOMEM. */
AM_MUST_CHECK am_status am_redact(const char *path, struct am_diag *diag, struct am_text *text,
                                  struct am_redact_result *result, struct am_err *err);

#endif
