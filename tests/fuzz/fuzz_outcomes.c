/* A week's outcomes (CSV) of the example's roster. A table that is accepted
 * makes a caseload that can be read. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "io/credit.h"

/* Solved once. */
static const struct am_roster *example_roster(void)
{
    static struct am_roster roster;
    static bool made;
    if (!made)
        FUZZ_HOLDS(fuzz_solve(fuzz_example(), &roster));
    made = true;
    return &roster;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct am_roster *roster = example_roster();
    struct am_credit_request request = {.caseload = &fuzz_example()->caseload,
                                        .roster = roster,
                                        .outcomes = fuzz_file("outcomes.csv", data, size),
                                        .weeks = -1,
                                        .as_of = AM_NO_DATE};
    struct am_credit_result result = {0};
    struct am_diag diag;
    struct am_err err = {0};
    am_diag_init(&diag);
    am_status status = am_credit(&request, &diag, &result, &err);
    fuzz_findings(&diag, status, &err);
    FUZZ_HOLDS((status == AM_OK) == (result.text != NULL));
    if (status == AM_OK) {
        struct tiny_case next;
        FUZZ_HOLDS(fuzz_caseload(&next, fuzz_file("next.json", result.text, strlen(result.text))));
        FUZZ_HOLDS(next.caseload.from == result.from);
        tiny_release(&next);
    }
    free(result.text);
    am_diag_release(&diag);
    return 0;
}
