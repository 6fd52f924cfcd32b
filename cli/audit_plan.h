/*
 * audit_plan - `amends audit` of a completion plan.
 */
#ifndef AM_CLI_AUDIT_PLAN_H
#define AM_CLI_AUDIT_PLAN_H

#include <stdbool.h>

/* Reckon every row of the plan, its cost and what it says of itself again from
 * the caseload; the report goes to standard output. Returns an enum am_exit. */
int am_audit_plan_files(const char *caseload, const char *plan, bool quiet);

#endif
