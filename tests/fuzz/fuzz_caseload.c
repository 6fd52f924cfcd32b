/* A caseload's JSON, byte by byte. What is accepted is derived, and doubted. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tiny_case tiny;
    if (fuzz_caseload(&tiny, fuzz_file("caseload.json", data, size)))
        FUZZ_HOLDS(tiny_derive(&tiny));
    tiny_release(&tiny);
    return 0;
}
