#include "tests/fuzz/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "model/time.h"
#include "tests/fuzz/fuzz.h"

enum { EDIT_BYTES = 4, EDITS_MOST = 24, VALUES_MOST = 20000 };

/* Every value of the tree, in document order, with what holds it. */
struct values {
    cJSON *at[VALUES_MOST], *holder[VALUES_MOST];
    int count;
};

static void list_values(struct values *values, cJSON *value, cJSON *holder)
{
    if (values->count == VALUES_MOST)
        return;
    values->at[values->count] = value;
    values->holder[values->count++] = holder;
    for (cJSON *child = value->child; child; child = child->next)
        list_values(values, child, value);
}

/* Values at the edges of what readers take, and just beyond. */
static const char *const edges[] = {
    "0",
    "1",
    "-1",
    "60",
    "419",
    "420",
    "421",
    "1440",
    "1441",
    "32767",
    "32768",
    "100000",
    "2147483647",
    "2147483648",
    "1e400",
    "3.5",
    "null",
    "true",
    "false",
    "\"\"",
    "[]",
    "{}",
    "\"00:00\"",
    "\"24:00\"",
    "\"01:30\"",
    "\"female\"",
    "\"other\"",
    "\"2026-03-29\"",
    "\"2026-03-29T00:30\"",
    "\"2024-02-29\"",
    "\"FREQ=DAILY\"",
    "\"FREQ=MONTHLY;BYDAY=-1MO;BYSETPOS=1\"",
    "[\"MO\"]",
    "\"=HYPERLINK(1)\"",
    "\"<b>&amp;\\\"'\"",
    "\"a\\r\\nBEGIN:VEVENT;,\\\\\"",
    "\"\\u202e\\ud83d\\ude00\"",
    "\"../../etc/passwd\"",
};

/* Put a new value where an old one is. */
static void replace(cJSON *holder, cJSON *old, cJSON *fresh)
{
    if (!holder || !fresh) {
        cJSON_Delete(fresh);
        return;
    }
    if (cJSON_IsObject(holder)) {
        char *key = strdup(old->string);
        FUZZ_HOLDS(key != NULL);
        cJSON_ReplaceItemInObjectCaseSensitive(holder, key, fresh);
        free(key);
    } else {
        cJSON_ReplaceItemViaPointer(holder, old, fresh);
    }
}

static void nudge(cJSON *holder, cJSON *value, uint8_t with)
{
    static const double factors[] = {0, 0.5, 2, 10, -1, 1000};
    if (cJSON_IsNumber(value)) {
        double number = value->valuedouble;
        number = with < 128 ? number + with - 64 : number * factors[with % 6];
        replace(holder, value, cJSON_CreateNumber(number));
    } else if (cJSON_IsBool(value)) {
        replace(holder, value, cJSON_CreateBool(!cJSON_IsTrue(value)));
    } else if (cJSON_IsString(value)) {
        am_date date;
        char text[AM_DATE_TEXT], clock[8];
        int minute;
        if (am_date_parse(value->valuestring, &date))
            replace(holder, value, cJSON_CreateString(am_date_format(date + with - 128, text)));
        else if (am_minute_parse(value->valuestring, &minute)) {
            minute = (minute + 15 * with) % AM_DAY_MINUTES;
            (void)snprintf(clock, sizeof clock, "%02d:%02d", minute / 60, minute % 60);
            replace(holder, value, cJSON_CreateString(clock));
        }
    }
}

/* A value of the same key elsewhere takes its place: references that exist. */
static void borrow(const struct values *values, int at, uint8_t with)
{
    cJSON *holder = values->holder[at], *value = values->at[at];
    const char *key = value->string;
    int chosen = -1, seen = 0;
    for (int i = 0; i < values->count; i++) {
        const char *other = values->at[i]->string;
        bool same =
            key ? other && strcmp(key, other) == 0 : !other && values->at[i]->type == value->type;
        if (same && i != at && seen++ <= with % 16)
            chosen = i;
    }
    if (chosen >= 0)
        replace(holder, value, cJSON_Duplicate(values->at[chosen], true));
}

static void apply(cJSON *root, const uint8_t edit[EDIT_BYTES])
{
    static struct values values;
    values.count = 0;
    list_values(&values, root, NULL);
    int at = (edit[1] * 256 + edit[2]) % values.count;
    cJSON *value = values.at[at], *holder = values.holder[at];
    if (!holder)
        return;
    switch (edit[0] % 8) {
    case 0: /* leave it out */
        cJSON_Delete(cJSON_DetachItemViaPointer(holder, value));
        break;
    case 1: /* once more */
        if (cJSON_IsArray(holder))
            cJSON_AddItemToArray(holder, cJSON_Duplicate(value, true));
        break;
    case 2:
        replace(holder, value, cJSON_CreateRaw(edges[edit[3] % (sizeof edges / sizeof *edges)]));
        break;
    case 3: /* move it to the front */
        if (cJSON_IsArray(holder))
            cJSON_InsertItemInArray(holder, 0, cJSON_DetachItemViaPointer(holder, value));
        break;
    case 4:
    case 5:
        nudge(holder, value, edit[3]);
        break;
    default:
        borrow(&values, at, edit[3]);
    }
}

char *fuzz_edited(const uint8_t *data, size_t size)
{
    char *text = tiny_json(size > 0 ? data[0] : 0, &tiny_plain);
    FUZZ_HOLDS(text != NULL);
    cJSON *root = cJSON_Parse(text);
    FUZZ_HOLDS(root != NULL);
    free(text);
    for (size_t i = 0; i < EDITS_MOST && 1 + (i + 1) * EDIT_BYTES <= size; i++)
        apply(root, data + 1 + i * EDIT_BYTES);
    text = cJSON_PrintUnformatted(root);
    FUZZ_HOLDS(text != NULL);
    cJSON_Delete(root);
    return text;
}
