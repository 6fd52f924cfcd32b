/* A scenario's JSON, byte by byte, on the example. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_scenario(&(struct am_document){"scenario.json", size > 0 ? (const char *)data : "", size});
    return 0;
}
