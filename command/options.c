#include "command/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"

enum { NAME_TEXT = 64, HELP_COLUMN = 28 };

int am_usage_error(const struct am_command *command, const char *fmt, ...)
{
    va_list args;
    (void)fprintf(stderr, "%s %s: ", am_program_name, command->name);
    va_start(args, fmt);
    (void)vfprintf(stderr, fmt, args);
    va_end(args);
    (void)fprintf(stderr, "\nUsage: %s %s %s\nTry '%s %s --help'.\n", am_program_name,
                  command->name, command->usage, am_program_name, command->name);
    return AM_EXIT_USAGE;
}

/* ---- help ---- */

static void print_option(const char *name, char letter, const char *value, const char *text)
{
    char left[NAME_TEXT + HELP_COLUMN];
    if (letter)
        (void)snprintf(left, sizeof left, "-%c, --%s%s%s", letter, name, value ? " " : "",
                       value ? value : "");
    else
        (void)snprintf(left, sizeof left, "    --%s%s%s", name, value ? " " : "",
                       value ? value : "");
    if (strlen(left) < HELP_COLUMN - 2)
        printf("  %-*s%s\n", HELP_COLUMN - 2, left, text);
    else
        printf("  %s\n%*s%s\n", left, HELP_COLUMN, "", text);
}

/* The name of a setting as an option: dashes for underscores. */
static void option_name(const char *name, char text[NAME_TEXT])
{
    (void)snprintf(text, NAME_TEXT, "%s", name);
    for (char *at = text; *at; at++)
        if (*at == '_')
            *at = '-';
}

static void print_settings(void)
{
    printf("\nSettings of the search:\n");
    for (int i = 0; i < am_setting_count; i++) {
        const struct am_setting *setting = &am_setting_table[i];
        char name[NAME_TEXT], value[AM_SETTING_TEXT], text[256];
        option_name(setting->name, name);
        (void)snprintf(text, sizeof text, "%s (default %s%s%s)", setting->text,
                       am_setting_format(setting, setting->value, value), *setting->unit ? " " : "",
                       setting->unit);
        print_option(name, 0, setting->kind == AM_SETTING_SHARE ? "SHARE" : "N", text);
    }
}

static void print_help(const struct am_command *command)
{
    bool settings = false;
    printf("Usage: %s %s %s\n\n%s\nOptions:\n", am_program_name, command->name, command->usage,
           command->help);
    for (const struct am_option *option = command->options; option && option->text; option++) {
        if (option->kind == AM_OPTION_SETTINGS)
            settings = true;
        else
            print_option(option->name, option->letter, option->value, option->text);
    }
    print_option("help", 'h', NULL, "this page");
    if (settings)
        print_settings();
}

/* ---- reading ---- */

/* Where reading stands. */
struct reader {
    const struct am_command *command;
    char *target;
    int argc;
    char **argv;
    int at; /* the argument being read */
    bool help;
};

static const struct am_option *find_settings(const struct am_command *command)
{
    const struct am_option *option = command->options;
    while (option && option->text && option->kind != AM_OPTION_SETTINGS)
        option++;
    return option && option->text ? option : NULL;
}

static const struct am_option *find_long(const struct am_command *command, const char *name)
{
    for (const struct am_option *option = command->options; option && option->text; option++)
        if (option->kind != AM_OPTION_SETTINGS && strcmp(option->name, name) == 0)
            return option;
    return NULL;
}

static const struct am_option *find_letter(const struct am_command *command, char letter)
{
    for (const struct am_option *option = command->options; option && option->text; option++)
        if (option->kind != AM_OPTION_SETTINGS && option->letter == letter)
            return option;
    return NULL;
}

static int unknown_option(const struct am_command *command, const char *name)
{
    struct am_nearest nearest = {0};
    char setting[NAME_TEXT];
    am_nearest_offer(&nearest, name, "help");
    for (const struct am_option *option = command->options; option && option->text; option++)
        if (option->kind != AM_OPTION_SETTINGS)
            am_nearest_offer(&nearest, name, option->name);
    for (int i = 0; find_settings(command) && i < am_setting_count; i++)
        am_nearest_offer(&nearest, name, am_setting_table[i].name);
    if (!nearest.word)
        return am_usage_error(command, "there is no option --%s", name);
    option_name(nearest.word, setting);
    return am_usage_error(command, "there is no option --%s; did you mean --%s?", name, setting);
}

/* The value of an option: what follows `=`, or the next argument. */
static const char *take_value(struct reader *reader, const char *attached)
{
    if (attached)
        return attached;
    return reader->at + 1 < reader->argc ? reader->argv[++reader->at] : NULL;
}

static int read_setting(struct reader *reader, const char *name, const char *attached)
{
    const struct am_option *place = find_settings(reader->command);
    const struct am_setting *setting = place ? am_setting_find(name) : NULL;
    struct am_settings settings;
    struct am_err err;
    if (!setting)
        return unknown_option(reader->command, name);
    const char *value = take_value(reader, attached);
    if (!value)
        return am_usage_error(reader->command, "--%s needs a value", name);
    memcpy(&settings, reader->target + place->offset, sizeof settings);
    if (am_setting_parse(&settings, setting, value, &err) != AM_OK)
        return am_usage_error(reader->command, "--%s", err.msg);
    memcpy(reader->target + place->offset, &settings, sizeof settings);
    return -1;
}

static int store_another(struct reader *reader, const struct am_option *option, const char *value)
{
    struct am_texts texts;
    memcpy(&texts, reader->target + option->offset, sizeof texts);
    if (texts.count == AM_TEXTS_MOST)
        return am_usage_error(reader->command, "--%s is given more than %d times", option->name,
                              AM_TEXTS_MOST);
    texts.at[texts.count++] = value;
    memcpy(reader->target + option->offset, &texts, sizeof texts);
    return -1;
}

static int store(struct reader *reader, const struct am_option *option, const char *attached)
{
    if (option->kind == AM_OPTION_FLAG) {
        bool set = true;
        if (attached)
            return am_usage_error(reader->command, "--%s takes no value", option->name);
        memcpy(reader->target + option->offset, &set, sizeof set);
        return -1;
    }
    const char *value = take_value(reader, attached);
    if (!value)
        return am_usage_error(reader->command, "--%s needs %s", option->name, option->value);
    if (option->kind == AM_OPTION_TEXTS)
        return store_another(reader, option, value);
    memcpy(reader->target + option->offset, &value, sizeof value);
    return -1;
}

static int read_long(struct reader *reader, const char *argument)
{
    char name[NAME_TEXT];
    const char *equals = strchr(argument, '=');
    size_t length = equals ? (size_t)(equals - argument) : strlen(argument);
    if (length >= sizeof name)
        return am_usage_error(reader->command, "there is no option --%s", argument);
    memcpy(name, argument, length);
    name[length] = '\0';
    if (strcmp(name, "help") == 0) {
        reader->help = true;
        return -1;
    }
    const struct am_option *option = find_long(reader->command, name);
    if (option)
        return store(reader, option, equals ? equals + 1 : NULL);
    return read_setting(reader, name, equals ? equals + 1 : NULL);
}

/* One or more letters: flags may share a dash; a value may be attached. */
static int read_letters(struct reader *reader, const char *letters)
{
    for (; *letters; letters++) {
        if (*letters == 'h') {
            reader->help = true;
            continue;
        }
        const struct am_option *option = find_letter(reader->command, *letters);
        if (!option)
            return am_usage_error(reader->command, "there is no option -%c", *letters);
        if (option->kind != AM_OPTION_FLAG)
            return store(reader, option, letters[1] ? letters + 1 : NULL);
        int stop = store(reader, option, NULL);
        if (stop >= 0)
            return stop;
    }
    return -1;
}

static int check_operands(const struct am_command *command, int count)
{
    if (count < command->least_operands)
        return am_usage_error(command, "an argument is missing");
    if (count > command->most_operands)
        return am_usage_error(command, "too many arguments");
    return -1;
}

int am_options_read(const struct am_command *command, int argc, char **argv, void *target,
                    struct am_operands *operands)
{
    struct reader reader = {command, target, argc, argv, 1, false};
    bool options = true;
    *operands = (struct am_operands){argv + 1, 0};
    for (; reader.at < argc; reader.at++) {
        char *argument = argv[reader.at];
        int stop = -1;
        if (options && strcmp(argument, "--") == 0)
            options = false;
        else if (options && strncmp(argument, "--", 2) == 0)
            stop = read_long(&reader, argument + 2);
        else if (options && argument[0] == '-' && argument[1] != '\0')
            stop = read_letters(&reader, argument + 1);
        else /* operands move to the front, over what has been read */
            operands->at[operands->count++] = argument;
        if (stop >= 0)
            return stop;
        if (reader.help) {
            print_help(command);
            return AM_EXIT_DONE;
        }
    }
    return check_operands(command, operands->count);
}
