/*
 * json_set - a member of an object, added or replaced.
 */
#ifndef AM_IO_JSON_SET_H
#define AM_IO_JSON_SET_H

#include <stdbool.h>

#include <cjson/cJSON.h>

/* Put value under key, in the place of what is there. The value is the object's,
 * or deleted: false where it is NULL, or where there is no memory. */
bool am_json_set(cJSON *object, const char *key, cJSON *value);

#endif
