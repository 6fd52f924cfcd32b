/*
 * fuzz - what the fuzz targets share.
 *
 * A target is fuzz_<name>.c with one function, LLVMFuzzerTestOneInput. Beyond
 * what the sanitizers see it checks what must hold whatever the input is: a
 * reading fails if and only if it says why, every mistake in a JSON file has
 * its line, and what is accepted can be used to the end.
 */
#ifndef AM_TESTS_FUZZ_H
#define AM_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "tests/support/tiny.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Must hold; otherwise the input is a find. */
#define FUZZ_HOLDS(condition) ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition))
_Noreturn void fuzz_broken(const char *file, int line, const char *what);

/* Put these bytes into a file of a folder that this process has for itself, in
 * memory where the system allows. The path stays valid until the next call. */
const char *fuzz_file(const char *name, const void *bytes, size_t size);

/* What a reader said must agree with what it returned. */
void fuzz_findings(const struct am_diag *diag, am_status status, const struct am_err *err);

/* Read a caseload, and say whether it is good. Release it in either case. */
bool fuzz_caseload(struct tiny_case *tiny, const char *path);

/* examples/tiny.json, read and derived once. */
struct tiny_case *fuzz_example(void);

/* Make the roster with tiny limits and audit it; false where memory or the
 * engine fails. The roster is released by the caller where true. */
bool fuzz_solve(struct tiny_case *tiny, struct am_roster *roster);

/* Everything that can be written of a roster that passes its audit: written,
 * read back and compared. */
void fuzz_outputs(struct tiny_case *tiny, const struct am_roster *roster,
                  const struct am_audit *audit);

/* Plan the weeks ahead, audit the plan, and draw a few futures of it. */
void fuzz_forecast(const struct tiny_case *tiny);

#endif
