/*
 * settings - prints every setting of the search and every field of the policy.
 */
#include <stdbool.h>
#include <stdio.h>

#include "base/settings.h"
#include "command/options.h"
#include "model/policy.h"

struct options {
    bool markdown;
};

/* One line of either list. */
struct row {
    const char *name, *value, *range, *unit, *text;
};

static void print_row(const struct row *row, bool markdown)
{
    if (markdown)
        printf("| `%s` | %s | %s | %s | %s |\n", row->name, row->value, row->range, row->unit,
               row->text);
    else
        printf("  %-30s %8s  %-22s %s%s%s\n", row->name, row->value, row->range, row->text,
               *row->unit ? ", in " : "", row->unit);
}

static void print_title(const char *title, bool markdown)
{
    if (markdown)
        printf("### %s\n\n| name | default | range | unit | meaning |\n|---|---|---|---|---|\n",
               title);
    else
        printf("%s:\n", title);
}

static void print_settings(bool markdown)
{
    for (int i = 0; i < am_setting_count; i++) {
        const struct am_setting *setting = &am_setting_table[i];
        char value[AM_SETTING_TEXT], low[AM_SETTING_TEXT], high[AM_SETTING_TEXT];
        char range[2 * AM_SETTING_TEXT + 4];
        (void)snprintf(range, sizeof range, "%s to %s",
                       am_setting_format(setting, setting->low, low),
                       am_setting_format(setting, setting->high, high));
        struct row row = {setting->name, am_setting_format(setting, setting->value, value), range,
                          setting->unit, setting->text};
        print_row(&row, markdown);
    }
}

static void print_field(const struct am_policy_field *field, bool markdown)
{
    char value[24], range[48];
    struct row row = {field->name, value, range, field->unit, field->text};
    (void)snprintf(value, sizeof value, "%d", (int)field->value);
    (void)snprintf(range, sizeof range, "%d to %d%s", (int)field->low, (int)field->high,
                   field->kind == AM_POLICY_OPTIONAL_LIMIT ? " or null" : "");
    if (field->kind == AM_POLICY_SWITCH) {
        row.value = field->value ? "true" : "false";
        row.range = "true or false";
    }
    print_row(&row, markdown);
}

static void print_policy(bool weights, bool markdown)
{
    for (int i = 0; i < am_policy_field_count; i++)
        if ((am_policy_fields[i].kind == AM_POLICY_WEIGHT) == weights)
            print_field(&am_policy_fields[i], markdown);
}

static const struct am_option option_table[] = {
    {"markdown", 0, AM_OPTION_FLAG, offsetof(struct options, markdown), NULL,
     "as Markdown tables, for documents"},
    {0},
};

static int run(const struct am_command *command, int argc, char **argv)
{
    struct options options = {0};
    struct am_operands operands;
    int stop = am_options_read(command, argc, argv, &options, &operands);
    if (stop >= 0)
        return stop;
    print_title("Settings of the search (options of `amends roster`)", options.markdown);
    print_settings(options.markdown);
    printf("\n");
    print_title("Limits of the rules (`policy` of the caseload)", options.markdown);
    print_policy(false, options.markdown);
    printf("\n");
    print_title("Weights of the wishes, in points per unit (`policy.weights` of the caseload)",
                options.markdown);
    print_policy(true, options.markdown);
    return AM_EXIT_DONE;
}

const struct am_command am_cmd_settings = {
    .name = "settings",
    .usage = "[--markdown]",
    .summary = "list the settings of the search and the fields of the policy",
    .help = "Lists every setting of the search, every limit of the rules and every weight of "
            "the wishes,\nwith its default, its range and what it means.\n",
    .options = option_table,
    .run = run,
};
