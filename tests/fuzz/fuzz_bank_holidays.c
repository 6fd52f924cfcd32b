/* The government's document of bank holidays. */
#include "io/bank_holidays.h"
#include "tests/fuzz/json_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_document document;
    if (fuzz_document(&document, data, size)) {
        int count = -1;
        const am_date *dates =
            am_bank_holidays_read(&document.json, document.json.root, "england-and-wales", &count);
        FUZZ_HOLDS(dates != NULL && count >= 0);
        for (int i = 0; i < count; i++)
            FUZZ_HOLDS(dates[i] != AM_NO_DATE);
    }
    fuzz_document_release(&document);
    return 0;
}
