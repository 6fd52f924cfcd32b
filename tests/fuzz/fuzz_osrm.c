/* The answer of a router, for a table of 2 rows and 3 columns. */
#include "io/osrm.h"
#include "model/caseload.h"
#include "tests/fuzz/json_document.h"

enum { ROWS = 2, COLUMNS = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_document document;
    int16_t minutes[ROWS * COLUMNS] = {0};
    if (fuzz_document(&document, data, size) &&
        am_osrm_read(&document.json, document.json.root, ROWS, COLUMNS, minutes) &&
        document.diag.errors == 0)
        for (int c = 0; c < ROWS * COLUMNS; c++)
            FUZZ_HOLDS(minutes[c] >= 0 || minutes[c] == AM_NO_JOURNEY ||
                       minutes[c] == AM_UNKNOWN_JOURNEY);
    fuzz_document_release(&document);
    return 0;
}
