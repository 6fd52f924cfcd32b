/* Somebody new who is to be offered a place: one person's JSON, set into the
 * example. */
#include "tests/fuzz/fuzz.h"

#include "io/offer_person.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tiny_case tiny = {0};
    struct am_diag diag;
    struct am_err err = {0};
    am_arena_init(&tiny.arena);
    am_diag_init(&diag);
    am_status status = am_offer_person_read(&tiny.caseload, "examples/tiny.json",
                                            fuzz_file("person.json", data, size), &diag, &err);
    FUZZ_HOLDS(status == AM_OK || err.msg[0]);
    FUZZ_HOLDS((diag.errors > 0) == (status == AM_EINVALID || status == AM_EPARSE));
    if (status == AM_OK) {
        FUZZ_HOLDS(tiny.caseload.person_count == fuzz_example()->caseload.person_count + 1);
        FUZZ_HOLDS(tiny_derive(&tiny));
    }
    am_diag_release(&diag);
    tiny_release(&tiny);
    return 0;
}
