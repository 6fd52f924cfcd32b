#include "io/json_value.h"

#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "io/characters.h"
#include "io/decimal.h"
#include "io/limits.h"

enum { EXPECTED_BYTES = 400 };

static struct am_decimal decimal_of(const struct am_json *json, const cJSON *value, int shift)
{
    return am_decimal_read(json->text + value->valueint, shift);
}

bool am_json_flag(struct am_json *json, const cJSON *value, bool fallback)
{
    if (value && !cJSON_IsBool(value))
        (void)am_json_expected(json, value, "true or false");
    return cJSON_IsBool(value) ? cJSON_IsTrue(value) : fallback;
}

int32_t am_json_whole(struct am_json *json, const cJSON *value, int32_t low, int32_t high,
                      int32_t fallback)
{
    if (!value)
        return fallback;
    if (cJSON_IsNumber(value)) {
        struct am_decimal number = decimal_of(json, value, 0);
        if (number.in_range && number.exact && number.floor >= low && number.floor <= high)
            return (int32_t)number.floor;
    }
    char expected[EXPECTED_BYTES];
    (void)snprintf(expected, sizeof expected, "a whole number from %d to %d", low, high);
    (void)am_json_expected(json, value, expected);
    return fallback;
}

bool am_json_micro(struct am_json *json, const cJSON *value, int32_t low, int32_t high,
                   int32_t *micro)
{
    if (!value)
        return false;
    if (cJSON_IsNumber(value)) {
        struct am_decimal number = decimal_of(json, value, 6);
        int64_t least = (int64_t)low * 1000000, most = (int64_t)high * 1000000;
        bool over = number.floor > most || (number.floor == most && !number.exact);
        if (number.in_range && number.floor >= least && !over) {
            *micro = (int32_t)number.floor;
            return true;
        }
    }
    char expected[EXPECTED_BYTES];
    (void)snprintf(expected, sizeof expected, "a number from %d to %d", low, high);
    return am_json_expected(json, value, expected);
}

bool am_json_ceiling(struct am_json *json, const cJSON *value, int64_t *ceiling)
{
    if (cJSON_IsNumber(value)) {
        struct am_decimal number = decimal_of(json, value, 0);
        if (number.in_range && number.floor >= 0) {
            *ceiling = number.floor + !number.exact;
            return true;
        }
    }
    return am_json_expected(json, value, "a number of at least 0");
}

static void list_words(const char *const *words, int count, char text[EXPECTED_BYTES])
{
    size_t used = 0;
    for (int i = 0; i < count && used < EXPECTED_BYTES; i++) {
        int more = snprintf(text + used, EXPECTED_BYTES - used, "%s\"%s\"",
                            i == 0 ? "" : (i + 1 < count ? ", " : " or "), words[i]);
        used += more > 0 ? (size_t)more : 0;
    }
}

int am_json_word(struct am_json *json, const cJSON *value, const char *const *words, int count,
                 int fallback)
{
    if (!value)
        return fallback;
    for (int i = 0; cJSON_IsString(value) && i < count; i++)
        if (strcmp(value->valuestring, words[i]) == 0)
            return i;
    char expected[EXPECTED_BYTES];
    list_words(words, count, expected);
    (void)am_json_expected(json, value, expected);
    return fallback;
}

uint32_t am_json_words(struct am_json *json, const cJSON *value, const char *const *words,
                       int count)
{
    uint32_t set = 0;
    int length;
    for (const cJSON *at = am_json_list(json, value, &length); at; at = at->next) {
        int word = am_json_word(json, at, words, count, -1);
        if (word < 0)
            continue;
        if (set & (uint32_t)1 << word)
            am_json_error(json, at, "\"%s\" is given twice", words[word]);
        set |= (uint32_t)1 << word;
    }
    return set;
}

/* The string, kept, or NULL when there is no memory. */
static const char *keep(struct am_json *json, const cJSON *value)
{
    const char *copy = am_arena_strdup(json->arena, value->valuestring);
    if (!copy)
        json->out_of_memory = true;
    return copy;
}

const char *am_json_text(struct am_json *json, const cJSON *value)
{
    if (!value)
        return "";
    if (!cJSON_IsString(value)) {
        (void)am_json_expected(json, value, "a string");
        return "";
    }
    size_t length = am_utf8_count(value->valuestring, strlen(value->valuestring));
    if (length > AM_TEXT_MOST) {
        am_json_error(json, value, "expected at most %d characters, found %zu", AM_TEXT_MOST,
                      length);
        return "";
    }
    const char *text = keep(json, value);
    return text ? text : "";
}

/* Controls, and what turns the direction of writing or breaks a line: an id
 * must look like what it is. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c || c == 0xfeff;
}

static bool has_control(const char *text)
{
    for (size_t size; *text; text += size)
        if (is_control(am_character_next(text, &size)))
            return true;
    return false;
}

const char *am_json_id(struct am_json *json, const cJSON *value)
{
    if (!value)
        return NULL;
    const char *text = cJSON_IsString(value) ? value->valuestring : "";
    size_t bytes = strlen(text);
    if (bytes == 0 || am_utf8_count(text, bytes) > AM_ID_MOST || has_control(text) ||
        text[0] == ' ' || text[bytes - 1] == ' ') {
        (void)am_json_expected(
            json, value, "1 to 100 characters without spaces at the ends or control characters");
        return NULL;
    }
    return keep(json, value);
}

am_date am_json_date(struct am_json *json, const cJSON *value, am_date fallback)
{
    am_date date = fallback;
    if (value && !(cJSON_IsString(value) && am_date_parse(value->valuestring, &date)))
        (void)am_json_expected(json, value, "a date that exists, as YYYY-MM-DD");
    return date;
}

int am_json_minute(struct am_json *json, const cJSON *value, int fallback)
{
    int minute = fallback;
    if (value && !(cJSON_IsString(value) && am_minute_parse(value->valuestring, &minute)))
        (void)am_json_expected(json, value, "a time from \"00:00\" to \"24:00\"");
    return minute;
}

bool am_json_datetime(struct am_json *json, const cJSON *value, am_date *date, int *minute)
{
    if (!value)
        return false;
    if (cJSON_IsString(value) && am_datetime_parse(value->valuestring, date, minute))
        return true;
    return am_json_expected(json, value, "a local date and time, as YYYY-MM-DDTHH:MM");
}

am_weekdays am_json_weekdays(struct am_json *json, const cJSON *value)
{
    static const char *const codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    if (!value)
        return 0x7f;
    am_weekdays days = (am_weekdays)am_json_words(json, value, codes, 7);
    if (cJSON_IsArray(value) && !value->child)
        (void)am_json_expected(json, value, "at least one day");
    return days;
}
