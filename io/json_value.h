/*
 * json_value - read one value, or say what was found and what was expected.
 *
 * Each returns what it read, or the fallback: where the value is absent (NULL;
 * a missing required key has been reported with its object), and, after an
 * error in the findings, where it is not as it should be.
 */
#ifndef AM_IO_JSON_VALUE_H
#define AM_IO_JSON_VALUE_H

#include "io/json.h"
#include "model/time.h"

bool am_json_flag(struct am_json *json, const cJSON *value, bool fallback);

/* A whole number from low to high. 3.0 and 3e2 are whole, 1e400 is too large. */
int32_t am_json_whole(struct am_json *json, const cJSON *value, int32_t low, int32_t high,
                      int32_t fallback);

/* A number in millionths, rounded down; low and high are whole units. */
bool am_json_micro(struct am_json *json, const cJSON *value, int32_t low, int32_t high,
                   int32_t *micro);

/* A number of at least zero in whole units, rounded up. */
bool am_json_ceiling(struct am_json *json, const cJSON *value, int64_t *ceiling);

/* The index of a string in a list of words. */
int am_json_word(struct am_json *json, const cJSON *value, const char *const *words, int count,
                 int fallback);

/* A list of such words, each once, as bits. */
uint32_t am_json_words(struct am_json *json, const cJSON *value, const char *const *words,
                       int count);

/* Any text of up to 1,000 characters, kept in the arena; "" is the fallback. */
const char *am_json_text(struct am_json *json, const cJSON *value);

/* An id: 1 to 100 characters, no control characters, no space at either end.
 * NULL is the fallback. */
const char *am_json_id(struct am_json *json, const cJSON *value);

am_date am_json_date(struct am_json *json, const cJSON *value, am_date fallback);

/* "HH:MM" */
int am_json_minute(struct am_json *json, const cJSON *value, int fallback);

/* "YYYY-MM-DDTHH:MM" */
bool am_json_datetime(struct am_json *json, const cJSON *value, am_date *date, int *minute);

/* ["MO", "TU"]: not empty, each once; every day is the fallback. */
am_weekdays am_json_weekdays(struct am_json *json, const cJSON *value);

#endif
