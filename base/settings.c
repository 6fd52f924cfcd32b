#include "base/settings.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { MILLION = 1000000, SHARE_DECIMALS = 6, PERCENT_DECIMALS = 4 };

const struct am_setting am_setting_table[] = {
#define AM_INT(name, value, low, high, unit, text)                                                 \
    {#name, AM_SETTING_INT, value, low, high, unit, text, offsetof(struct am_settings, name)},
#define AM_SHARE(name, value, low, high, text)                                                     \
    {#name, AM_SETTING_SHARE, value, low, high, "", text, offsetof(struct am_settings, name)},
#include "base/settings.def"
#undef AM_INT
#undef AM_SHARE
};

const int am_setting_count = (int)(sizeof am_setting_table / sizeof am_setting_table[0]);

static void set_value(struct am_settings *settings, const struct am_setting *setting, int32_t value)
{
    memcpy((char *)settings + setting->offset, &value, sizeof value);
}

int32_t am_setting_value(const struct am_settings *settings, const struct am_setting *setting)
{
    int32_t value;
    memcpy(&value, (const char *)settings + setting->offset, sizeof value);
    return value;
}

void am_settings_defaults(struct am_settings *settings)
{
    for (int i = 0; i < am_setting_count; i++)
        set_value(settings, &am_setting_table[i], am_setting_table[i].value);
}

static bool same_name(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (*a != *b && !(*a == '_' && *b == '-') && !(*a == '-' && *b == '_'))
            return false;
    return *a == *b;
}

const struct am_setting *am_setting_find(const char *name)
{
    for (int i = 0; i < am_setting_count; i++)
        if (same_name(am_setting_table[i].name, name))
            return &am_setting_table[i];
    return NULL;
}

/* Digits with at most so many decimals, as a whole number of the last decimal.
 * Reads on to *end. False when there is no digit, or it is beyond 2^31. */
static bool read_decimal(const char *text, int decimals, int64_t *value, const char **end)
{
    bool any = false, point = false;
    *value = 0;
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && decimals > 0 && !point); text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        if (point && decimals-- == 0)
            return false;
        *value = *value * 10 + (*text - '0');
        any = true;
        if (*value > INT32_MAX)
            return false;
    }
    while (decimals-- > 0)
        *value *= 10;
    *end = text;
    return any && *value <= INT32_MAX;
}

static bool read_share(const char *text, int64_t *value)
{
    const char *end;
    bool percent = *text && text[strlen(text) - 1] == '%';
    if (!read_decimal(text, percent ? PERCENT_DECIMALS : SHARE_DECIMALS, value, &end))
        return false;
    return strcmp(end, percent ? "%" : "") == 0;
}

static bool read_whole(const char *text, int64_t *value)
{
    const char *end;
    return read_decimal(text, 0, value, &end) && *end == '\0';
}

char *am_setting_format(const struct am_setting *setting, int32_t value, char text[AM_SETTING_TEXT])
{
    if (setting->kind == AM_SETTING_INT) {
        (void)snprintf(text, AM_SETTING_TEXT, "%d", (int)value);
        return text;
    }
    int length = snprintf(text, AM_SETTING_TEXT, "%d.%04d", (int)value / (MILLION / 100),
                          (int)value % (MILLION / 100));
    while (length > 0 && text[length - 1] == '0')
        length--;
    if (length > 0 && text[length - 1] == '.')
        length--;
    text[length] = '%';
    text[length + 1] = '\0';
    return text;
}

am_status am_setting_parse(struct am_settings *settings, const struct am_setting *setting,
                           const char *text, struct am_err *err)
{
    char low[AM_SETTING_TEXT], high[AM_SETTING_TEXT];
    int64_t value;
    bool share = setting->kind == AM_SETTING_SHARE;
    bool read = share ? read_share(text, &value) : read_whole(text, &value);
    if (!read || value < setting->low || value > setting->high)
        return am_fail(err, AM_EINVALID, "%s: found \"%s\", expected %s from %s to %s",
                       setting->name, text, share ? "a share" : "a whole number",
                       am_setting_format(setting, setting->low, low),
                       am_setting_format(setting, setting->high, high));
    set_value(settings, setting, (int32_t)value);
    return AM_OK;
}
