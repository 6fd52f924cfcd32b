/*
 * settings - every option of the solver, declared once in settings.def.
 */
#ifndef AM_BASE_SETTINGS_H
#define AM_BASE_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct am_settings {
#define AM_INT(name, value, low, high, unit, text) int32_t name;
#define AM_SHARE(name, value, low, high, text) int32_t name;
#include "base/settings.def"
#undef AM_INT
#undef AM_SHARE
};

enum am_setting_kind { AM_SETTING_INT, AM_SETTING_SHARE };

/* One row of settings.def; offset is that of its int32_t in struct am_settings. */
struct am_setting {
    const char *name;
    enum am_setting_kind kind;
    int32_t value, low, high;
    const char *unit, *text;
    size_t offset;
};

extern const struct am_setting am_setting_table[];
extern const int am_setting_count;

void am_settings_defaults(struct am_settings *settings);

/* The setting of a name, written with - or _, or NULL. */
const struct am_setting *am_setting_find(const char *name);

/* Set from text ("0.01%", "8"). Fails with AM_EINVALID, which names the
 * setting, what was found and the range; settings are then unchanged. */
AM_MUST_CHECK am_status am_setting_parse(struct am_settings *settings,
                                         const struct am_setting *setting, const char *text,
                                         struct am_err *err);

int32_t am_setting_value(const struct am_settings *settings, const struct am_setting *setting);

enum { AM_SETTING_TEXT = 16 };
/* A value as am_setting_parse reads it: "8", or "0.01%" for a share. Returns the buffer. */
char *am_setting_format(const struct am_setting *setting, int32_t value,
                        char text[AM_SETTING_TEXT]);

#endif
