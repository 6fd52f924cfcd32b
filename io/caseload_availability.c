/* When people and supervisors are there, and when they are not. */
#include "io/caseload_reader.h"

enum { W_DAYS, W_FROM, W_TO, W_VALID_FROM, W_VALID_TO, W_EVERY, W_COUNT };

static const struct am_json_key window_keys[W_COUNT] = {
    [W_DAYS] = {"days", true},
    [W_FROM] = {"from", true},
    [W_TO] = {"to", true},
    [W_VALID_FROM] = {"valid_from", false},
    [W_VALID_TO] = {"valid_to", false},
    [W_EVERY] = {"every_weeks", false},
};

static struct am_window read_window(struct am_reader *reader, const cJSON *value)
{
    struct am_json *json = &reader->json;
    const cJSON *key[W_COUNT];
    struct am_window window = {.every_weeks = 1};
    if (!am_json_keys(json, value, window_keys, W_COUNT, key))
        return window;
    window.days = am_json_weekdays(json, key[W_DAYS]);
    int from = am_json_minute(json, key[W_FROM], 0);
    int to = am_json_minute(json, key[W_TO], AM_DAY_MINUTES);
    window.from = (int16_t)from;
    window.to = (int16_t)to;
    window.valid_from = am_json_date(json, key[W_VALID_FROM], AM_NO_DATE);
    window.valid_to = am_json_date(json, key[W_VALID_TO], AM_NO_DATE);
    window.every_weeks = (uint8_t)am_json_whole(json, key[W_EVERY], 1, 52, 1);
    if (from >= to)
        (void)am_json_expected(json, key[W_TO] ? key[W_TO] : value, "a time after \"from\"");
    if (window.valid_from != AM_NO_DATE && window.valid_to != AM_NO_DATE &&
        window.valid_to < window.valid_from)
        (void)am_json_expected(json, key[W_VALID_TO], "a date that is not before \"valid_from\"");
    if (window.every_weeks > 1 && window.valid_from == AM_NO_DATE && !key[W_VALID_FROM])
        am_json_error(json, key[W_EVERY],
                      "\"every_weeks\" counts from the week of \"valid_from\", which is missing");
    return window;
}

struct am_windows am_read_windows(struct am_reader *reader, const cJSON *list)
{
    int length;
    const cJSON *at = am_json_list(&reader->json, list, &length);
    struct am_window *windows = length > 0 ? AM_KEEP(reader, length, struct am_window) : NULL;
    if (!windows)
        return (struct am_windows){0};
    for (int i = 0; at; at = at->next)
        windows[i++] = read_window(reader, at);
    return (struct am_windows){windows, length};
}

enum { A_FROM, A_TO, A_REASON, A_COUNT };

static const struct am_json_key absence_keys[A_COUNT] = {
    [A_FROM] = {"from", true},
    [A_TO] = {"to", true},
    [A_REASON] = {"reason", false},
};

/* A date stands for the whole day: `whole` minutes are added to it. */
static bool read_moment(struct am_reader *reader, const cJSON *value, int whole, am_stamp *stamp)
{
    am_date date;
    int minute = whole;
    if (!value)
        return false;
    if (!cJSON_IsString(value) || (!am_date_parse(value->valuestring, &date) &&
                                   !am_datetime_parse(value->valuestring, &date, &minute)))
        return am_json_expected(&reader->json, value,
                                "a date (YYYY-MM-DD) or a local date and time (YYYY-MM-DDTHH:MM)");
    *stamp = am_stamp_of(date, minute);
    return true;
}

static struct am_absence read_absence(struct am_reader *reader, const cJSON *value)
{
    const cJSON *key[A_COUNT];
    struct am_absence absence = {0};
    if (!am_json_keys(&reader->json, value, absence_keys, A_COUNT, key))
        return absence;
    bool known = read_moment(reader, key[A_FROM], 0, &absence.start);
    known = read_moment(reader, key[A_TO], AM_DAY_MINUTES, &absence.end) && known;
    (void)am_json_text(&reader->json, key[A_REASON]);
    if (known && absence.end <= absence.start)
        (void)am_json_expected(&reader->json, key[A_TO], "a moment after \"from\"");
    return absence;
}

struct am_absences am_read_absences(struct am_reader *reader, const cJSON *list)
{
    int length;
    const cJSON *at = am_json_list(&reader->json, list, &length);
    struct am_absence *absences = length > 0 ? AM_KEEP(reader, length, struct am_absence) : NULL;
    if (!absences)
        return (struct am_absences){0};
    for (int i = 0; at; at = at->next)
        absences[i++] = read_absence(reader, at);
    return (struct am_absences){absences, length};
}
