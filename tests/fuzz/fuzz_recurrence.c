/* Two bytes for the days of the range, two for the first day, one for the hour
 * of the start; the rest is the rule. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "io/recurrence.h"

enum { HEAD = 5, DAYS_MOST = 4000 };

static void check_dates(const struct am_date_list *list, am_date first, am_date last)
{
    FUZZ_HOLDS(list->count >= 0 && list->count <= last - first + 1);
    FUZZ_HOLDS(list->count == 0 || list->at[0] == first);
    for (int i = 0; i < list->count; i++) {
        FUZZ_HOLDS(list->at[i] >= first && list->at[i] <= last);
        FUZZ_HOLDS(i == 0 || list->at[i - 1] < list->at[i]);
    }
}

/* A range that ends earlier gives the same dates up to its end. */
static void check_shorter(const char *rule, am_date first, int start,
                          const struct am_date_list *all)
{
    struct am_date_list list = {0};
    struct am_err err = {0};
    int kept = all->count / 2;
    if (kept == 0)
        return;
    am_status status = am_recurrence_expand(rule, first, start, all->at[kept - 1], &list, &err);
    FUZZ_HOLDS(status == AM_OK && list.count == kept);
    FUZZ_HOLDS(memcmp(list.at, all->at, (size_t)kept * sizeof *list.at) == 0);
    am_date_list_release(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct am_date_list list = {0};
    struct am_err err = {0};
    if (size < HEAD)
        return -1;
    int days = (data[0] * 256 + data[1]) % DAYS_MOST;
    am_date first = am_date_of(2000, 1, 1) + (data[2] * 256 + data[3]) % 20000;
    int start = data[4] % 24 * 60;
    char *rule = malloc(size - HEAD + 1);
    FUZZ_HOLDS(rule != NULL);
    memcpy(rule, data + HEAD, size - HEAD);
    rule[size - HEAD] = '\0';
    am_status status = am_recurrence_expand(rule, first, start, first + days, &list, &err);
    FUZZ_HOLDS(status == AM_OK || (status == AM_EINVALID && err.msg[0]));
    if (status == AM_OK) {
        check_dates(&list, first, first + days);
        check_shorter(rule, first, start, &list);
    }
    am_date_list_release(&list);
    free(rule);
    return 0;
}
