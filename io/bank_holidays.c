#include "io/bank_holidays.h"

#include <stdio.h>

#include "io/json_value.h"

/* The names of the members, for a finding. */
static void list_divisions(const cJSON *document, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (const cJSON *at = document->child; at && used < size; at = at->next) {
        int more = snprintf(text + used, size - used, "%s\"%s\"", used > 0 ? ", " : "", at->string);
        used += more > 0 ? (size_t)more : 0;
    }
}

static const cJSON *find_events(struct am_json *json, const cJSON *document, const char *division)
{
    if (!cJSON_IsObject(document)) {
        (void)am_json_expected(json, document, "an object with a member for each division");
        return NULL;
    }
    const cJSON *found = am_json_member(document, division);
    if (!found) {
        char known[300];
        list_divisions(document, known, sizeof known);
        am_json_error(json, document, "no division is called \"%s\"; here are %s", division, known);
        return NULL;
    }
    const cJSON *events = am_json_member(found, "events");
    if (!cJSON_IsArray(events)) {
        am_json_error(json, found, "expected an object with a list \"events\"");
        return NULL;
    }
    return events;
}

am_date *am_bank_holidays_read(struct am_json *json, const cJSON *document, const char *division,
                               int *count)
{
    int length;
    *count = 0;
    const cJSON *at = am_json_list(json, find_events(json, document, division), &length);
    am_date *dates = AM_ARENA_NEW(json->arena, (size_t)length, am_date);
    if (!dates) {
        json->out_of_memory = true;
        return NULL;
    }
    for (; at; at = at->next) {
        const cJSON *value = am_json_member(at, "date");
        am_date date = am_json_date(json, value, AM_NO_DATE);
        if (!value)
            am_json_error(json, at, "\"date\" is missing");
        if (date != AM_NO_DATE)
            dates[(*count)++] = date;
    }
    return dates;
}
