/* The frame: the date of the data, the window, the days that nobody works. */
#include "io/caseload_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/order.h"
#include "io/bank_holidays.h"

struct am_dates am_sorted_dates(am_date *dates, int count)
{
    if (count > 0)
        qsort(dates, (size_t)count, sizeof *dates, am_by_number);
    return (struct am_dates){dates, am_each_once(dates, count)};
}

struct am_dates am_read_dates(struct am_reader *reader, const cJSON *list)
{
    int length, count = 0;
    const cJSON *at = am_json_list(&reader->json, list, &length);
    am_date *dates = length > 0 ? AM_KEEP(reader, length, am_date) : NULL;
    if (!dates)
        return (struct am_dates){0};
    for (; at; at = at->next) {
        am_date date = am_json_date(&reader->json, at, AM_NO_DATE);
        if (date != AM_NO_DATE)
            dates[count++] = date;
    }
    return am_sorted_dates(dates, count);
}

enum { F_FROM, F_WEEKS, F_COUNT };

static const struct am_json_key window_keys[F_COUNT] = {
    [F_FROM] = {"from", true},
    [F_WEEKS] = {"weeks", false},
};

static void read_window(struct am_reader *reader)
{
    struct am_json *json = &reader->json;
    struct am_caseload *caseload = reader->caseload;
    const cJSON *value = reader->top[AM_TOP_WINDOW], *key[F_COUNT];
    caseload->weeks = 1;
    caseload->from = am_date_of(2000, 1, 3);
    if (!value || !am_json_keys(json, value, window_keys, F_COUNT, key))
        return;
    caseload->weeks = am_json_whole(json, key[F_WEEKS], 1, 8, 1);
    am_date from = am_json_date(json, key[F_FROM], AM_NO_DATE);
    if (from == AM_NO_DATE)
        return;
    if (am_weekday_of(from) != AM_MO) {
        char monday[AM_DATE_TEXT];
        am_json_error(json, key[F_FROM], "expected a Monday, found a %s; that week's is %s",
                      am_weekday_name(am_weekday_of(from)),
                      am_date_format(am_monday_of(from), monday));
    }
    caseload->from = am_monday_of(from);
}

enum { HALF_A_YEAR_DAYS = 183 };

static void check_as_of(struct am_reader *reader)
{
    const struct am_caseload *caseload = reader->caseload;
    const cJSON *value = reader->top[AM_TOP_AS_OF];
    if (!value || caseload->as_of == AM_NO_DATE)
        return;
    if (caseload->as_of > am_caseload_last(caseload))
        am_json_warning(&reader->json, value, "the whole window lies before this date");
    else if (caseload->from - caseload->as_of > HALF_A_YEAR_DAYS)
        am_json_warning(&reader->json, value, "the window begins more than half a year later");
}

/* The document of a file: {"file": "bank-holidays.json"}. */
static struct am_dates read_holiday_file(struct am_reader *reader, const cJSON *value,
                                         const char *division)
{
    char *path, *text;
    size_t size;
    struct am_json document;
    struct am_dates dates = {0};
    text = am_read_named_file(reader, value, &path, &size);
    if (!text)
        return dates;
    am_json_init(&document, path, reader->json.diag, &reader->caseload->arena);
    am_status status = am_json_parse(&document, text, size, reader->err);
    if (status == AM_OK) {
        int count;
        am_date *list = am_bank_holidays_read(&document, document.root, division, &count);
        dates = am_sorted_dates(list, count);
        if (document.out_of_memory)
            status = am_fail_memory(reader->err);
    }
    if (status == AM_ENOMEM)
        reader->status = status;
    am_json_release(&document);
    return dates;
}

static struct am_dates read_document(struct am_reader *reader, const cJSON *value)
{
    const char *division = reader->caseload->division;
    if (!division[0]) {
        am_json_error(&reader->json, value,
                      "\"division\" is missing (such as \"england-and-wales\"): it says which "
                      "bank holidays of the document count");
        return (struct am_dates){0};
    }
    const cJSON *file = am_json_member(value, "file");
    if (cJSON_IsString(file) && !file->next && !file->prev->next)
        return read_holiday_file(reader, file, division);
    int count;
    am_date *list = am_bank_holidays_read(&reader->json, value, division, &count);
    return am_sorted_dates(list, count);
}

static void read_holidays(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    const cJSON *holidays = reader->top[AM_TOP_BANK_HOLIDAYS];
    const cJSON *non_working = reader->top[AM_TOP_NON_WORKING];
    caseload->division = am_json_text(&reader->json, reader->top[AM_TOP_DIVISION]);
    if (cJSON_IsObject(holidays))
        caseload->bank_holidays = read_document(reader, holidays);
    else
        caseload->bank_holidays = am_read_dates(reader, holidays);
    caseload->non_working =
        non_working ? am_read_dates(reader, non_working) : caseload->bank_holidays;
    if (!holidays)
        am_json_warning(&reader->json, NULL,
                        "no \"bank_holidays\": business days are counted without them");
}

void am_read_frame(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    caseload->as_of = am_json_date(&reader->json, reader->top[AM_TOP_AS_OF], AM_NO_DATE);
    read_window(reader);
    check_as_of(reader);
    if (caseload->as_of == AM_NO_DATE)
        caseload->as_of = caseload->from;
    read_holidays(reader);
}
