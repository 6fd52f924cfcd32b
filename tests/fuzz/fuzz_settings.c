/* Lines "name=value": what is taken is in its range, reads back as it is
 * printed, and what is refused leaves everything as it was. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/settings.h"

static void take(struct am_settings *settings, char *line)
{
    char *value = strchr(line, '='), printed[AM_SETTING_TEXT];
    struct am_settings before = *settings;
    struct am_err err = {0};
    if (!value)
        return;
    *value++ = '\0';
    const struct am_setting *setting = am_setting_find(line);
    if (!setting)
        return;
    am_status status = am_setting_parse(settings, setting, value, &err);
    if (status != AM_OK) {
        FUZZ_HOLDS(status == AM_EINVALID && err.msg[0]);
        FUZZ_HOLDS(memcmp(&before, settings, sizeof before) == 0);
        return;
    }
    int32_t got = am_setting_value(settings, setting);
    FUZZ_HOLDS(got >= setting->low && got <= setting->high);
    (void)am_setting_format(setting, got, printed);
    FUZZ_HOLDS(am_setting_parse(settings, setting, printed, &err) == AM_OK);
    FUZZ_HOLDS(am_setting_value(settings, setting) == got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct am_settings settings;
    char *text = malloc(size + 1);
    FUZZ_HOLDS(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    am_settings_defaults(&settings);
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        take(&settings, line);
    }
    free(text);
    return 0;
}
