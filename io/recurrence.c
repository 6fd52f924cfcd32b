/* The dates are libical's. Its parser lets slips pass and some rarer parts
 * (week numbers, days of the year, positions within a week) come out wrong, so
 * the rule's text is checked first, against what is known to be right. */
#include "io/recurrence.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#include "io/ical_guard.h"

enum { RULE_BYTES = 200, PART_COUNT = 9, LAST_YEAR = 2200 };

static const char *const part_names[PART_COUNT] = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"};

enum part { FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, WKST };

struct rule {
    char text[RULE_BYTES];         /* upper case, parts ended by NUL */
    const char *value[PART_COUNT]; /* NULL: not given */
};

void am_date_list_release(struct am_date_list *list)
{
    free(list->at);
    *list = (struct am_date_list){0};
}

static am_status push(struct am_date_list *list, am_date date, struct am_err *err)
{
    if (list->count == list->room) {
        int room = list->room > 0 ? 2 * list->room : 64;
        am_date *at = realloc(list->at, (size_t)room * sizeof *at);
        if (!at)
            return am_fail_memory(err);
        list->at = at;
        list->room = room;
    }
    list->at[list->count++] = date;
    return AM_OK;
}

/* ---- the text of a rule ---- */

static int find_part(const char *name, size_t length)
{
    for (int p = 0; p < PART_COUNT; p++)
        if (strlen(part_names[p]) == length && memcmp(part_names[p], name, length) == 0)
            return p;
    return -1;
}

static am_status take_part(struct rule *rule, char *part, struct am_err *err)
{
    size_t length = strcspn(part, "=");
    int p = find_part(part, length);
    if (p < 0)
        return am_fail(err, AM_EINVALID,
                       "\"%.20s\" is no part that a rule may have here (FREQ, INTERVAL, COUNT, "
                       "UNTIL, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, WKST)",
                       part);
    if (part[length] != '=' || !part[length + 1])
        return am_fail(err, AM_EINVALID, "%s has no value", part_names[p]);
    if (rule->value[p])
        return am_fail(err, AM_EINVALID, "%s is given twice", part_names[p]);
    rule->value[p] = part + length + 1;
    return AM_OK;
}

static am_status split(struct rule *rule, const char *text, struct am_err *err)
{
    *rule = (struct rule){0};
    size_t length = strlen(text);
    if (length == 0 || length >= RULE_BYTES)
        return am_fail(err, AM_EINVALID, "a rule has 1 to %d characters", RULE_BYTES - 1);
    for (size_t i = 0; i < length; i++)
        rule->text[i] = (char)toupper((unsigned char)text[i]);
    am_status status = AM_OK;
    for (char *part = rule->text, *next; part && *part && status == AM_OK; part = next) {
        next = strchr(part, ';');
        if (next)
            *next++ = '\0';
        status = take_part(rule, part, err);
    }
    return status;
}

static bool is_number(const char *text, long low, long high)
{
    char *end;
    if (!text)
        return true;
    if (!isdigit((unsigned char)*text) || strlen(text) > 6)
        return false;
    long value = strtol(text, &end, 10);
    return !*end && value >= low && value <= high;
}

/* The numbers of a list such as "1MO,-2TU": from 1 to most, or from the end.
 * libical would look for a 28th Friday through five centuries. */
static am_status check_ordinals(const struct rule *rule, enum part part, int most,
                                struct am_err *err)
{
    for (const char *at = rule->value[part]; at; at = strchr(at, ',')) {
        at += *at == ',';
        size_t digits = strspn(at + strspn(at, "+-"), "0123456789");
        long ordinal = labs(strtol(at, NULL, 10));
        if (digits > 0 && (ordinal < 1 || ordinal > most))
            return am_fail(err, AM_EINVALID, "%s: the numbers here go from 1 to %d, or -1 to -%d",
                           part_names[part], most, most);
    }
    return AM_OK;
}

static am_status check_numbers(const struct rule *rule, struct am_err *err)
{
    bool yearly = strcmp(rule->value[FREQ], "YEARLY") == 0;
    am_status status = check_ordinals(rule, BYDAY, yearly && !rule->value[BYMONTH] ? 53 : 5, err);
    if (status == AM_OK)
        status = check_ordinals(rule, BYSETPOS, yearly ? 366 : 31, err);
    if (status == AM_OK)
        status = check_ordinals(rule, BYMONTHDAY, 31, err);
    return status == AM_OK ? check_ordinals(rule, BYMONTH, 12, err) : status;
}

static am_status check_parts(const struct rule *rule, struct am_err *err)
{
    const char *freq = rule->value[FREQ];
    bool weekly = freq && strcmp(freq, "WEEKLY") == 0;
    bool daily = freq && strcmp(freq, "DAILY") == 0;
    bool longer = freq && (strcmp(freq, "MONTHLY") == 0 || strcmp(freq, "YEARLY") == 0);
    if (!weekly && !daily && !longer)
        return am_fail(err, AM_EINVALID, "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY%s%.20s",
                       freq ? ", not " : "", freq ? freq : "");
    if (!is_number(rule->value[INTERVAL], 1, 1000))
        return am_fail(err, AM_EINVALID, "INTERVAL must be a whole number from 1 to 1000");
    if (!is_number(rule->value[COUNT], 1, 100000))
        return am_fail(err, AM_EINVALID, "COUNT must be a whole number from 1 to 100000");
    if (rule->value[COUNT] && rule->value[UNTIL])
        return am_fail(err, AM_EINVALID, "COUNT and UNTIL exclude each other");
    if (rule->value[BYSETPOS] && !longer)
        return am_fail(err, AM_EINVALID, "BYSETPOS is for MONTHLY and YEARLY rules");
    if (rule->value[BYDAY] && !longer && strpbrk(rule->value[BYDAY], "0123456789"))
        return am_fail(err, AM_EINVALID,
                       "numbered days in BYDAY (such as 1MO) are for MONTHLY and YEARLY rules");
    if (rule->value[BYMONTHDAY] && weekly)
        return am_fail(err, AM_EINVALID, "BYMONTHDAY is not for WEEKLY rules");
    return check_numbers(rule, err);
}

static int number(const char *digits, int width)
{
    int value = 0;
    for (int i = 0; i < width; i++)
        value = 10 * value + (digits[i] - '0');
    return value;
}

/* YYYYMMDD, YYYYMMDDTHHMMSS (local) or ...Z: the last date that a session which
 * starts at this minute may have. */
static am_status read_until(const char *text, int start_minute, am_date *until, struct am_err *err)
{
    size_t length = strlen(text), digits = strspn(text, "0123456789");
    bool timed = length > 8;
    bool shaped = digits == 8 && (!timed || (text[8] == 'T' && (length == 15 || length == 16) &&
                                             strspn(text + 9, "0123456789") == 6 &&
                                             (length == 15 || text[15] == 'Z')));
    int year = shaped ? number(text, 4) : 0, month = shaped ? number(text + 4, 2) : 0;
    int day = shaped ? number(text + 6, 2) : 0;
    int hour = shaped && timed ? number(text + 9, 2) : 0;
    int minute = shaped && timed ? number(text + 11, 2) : 0;
    if (!shaped || !am_civil_valid(year, month, day) || hour > 23 || minute > 59)
        return am_fail(err, AM_EINVALID,
                       "UNTIL must be a date that exists, as 20260331 or 20260331T093000");
    am_stamp last = am_stamp_of(am_date_of(year, month, day), 60 * hour + minute);
    if (length == 16)
        last += am_london_offset((am_date)(last / AM_DAY_MINUTES), (int)(last % AM_DAY_MINUTES));
    *until = (am_date)(last / AM_DAY_MINUTES);
    if (timed && last % AM_DAY_MINUTES < start_minute)
        --*until;
    return AM_OK;
}

/* ---- the dates ---- */

static struct icaltimetype ical_date(am_date date)
{
    struct am_civil civil = am_civil_of(date);
    struct icaltimetype time = {0};
    time.year = civil.year;
    time.month = civil.month;
    time.day = civil.day;
    time.is_date = 1;
    return time;
}

static am_status collect(icalrecur_iterator *iterator, am_date last, struct am_date_list *list,
                         struct am_err *err)
{
    am_status status = AM_OK;
    for (;;) {
        struct icaltimetype time = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(time) || time.year > LAST_YEAR)
            return AM_OK;
        am_date date = am_date_of(time.year, time.month, time.day);
        if (date > last)
            return AM_OK;
        if (list->count > 0 && date <= list->at[list->count - 1])
            return am_fail(err, AM_EINVALID, "this rule gives one date twice");
        if ((status = push(list, date, err)) != AM_OK)
            return status;
    }
}

/* What iterate() works on. */
struct iteration {
    const char *text;
    am_date first, last;
    struct am_date_list *list;
};

static am_status iterate(void *context, struct am_err *err)
{
    const struct iteration *of = context;
    struct icalrecurrencetype recur = icalrecurrencetype_from_string(of->text);
    if (recur.freq == ICAL_NO_RECURRENCE)
        return am_fail(err, AM_EINVALID, "not a recurrence rule (RFC 5545)");
    recur.until = icaltime_null_time(); /* `last` is no later, and exact */
    icalrecur_iterator *iterator = icalrecur_iterator_new(recur, ical_date(of->first));
    if (!iterator)
        return am_fail(err, AM_EINVALID, "this rule never yields a date");
    am_status status = collect(iterator, of->last, of->list, err);
    icalrecur_iterator_free(iterator);
    return status;
}

/* Days after which the dates of a rule repeat, or 0 when they need not. Most
 * sessions are weekly, and libical takes microseconds over each date. */
static int period_of(const struct rule *rule)
{
    int interval = rule->value[INTERVAL] ? (int)strtol(rule->value[INTERVAL], NULL, 10) : 1;
    const char *freq = rule->value[FREQ];
    bool plain =
        freq && !rule->value[BYMONTH] && !rule->value[BYMONTHDAY] && !rule->value[BYSETPOS];
    if (plain && strcmp(freq, "WEEKLY") == 0)
        return 7 * interval;
    if (plain && strcmp(freq, "DAILY") == 0 && !rule->value[BYDAY])
        return interval;
    return 0;
}

/* Repeat the dates of the first period up to the last day and the rule's COUNT. */
static am_status repeat(const struct rule *rule, int period, am_date last,
                        struct am_date_list *list, struct am_err *err)
{
    int each = list->count;
    long most = rule->value[COUNT] ? strtol(rule->value[COUNT], NULL, 10) : LONG_MAX;
    am_status status = AM_OK;
    for (int i = 0; each > 0 && list->count < most && status == AM_OK; i++) {
        am_date date = list->at[i] + period;
        if (date > last)
            break;
        status = push(list, date, err);
    }
    return status;
}

am_status am_recurrence_expand(const char *text, am_date first, int start_minute, am_date last,
                               struct am_date_list *list, struct am_err *err)
{
    struct rule rule;
    am_date until = last;
    list->count = 0;
    if (!text)
        return first <= last ? push(list, first, err) : AM_OK;
    am_status status = split(&rule, text, err);
    if (status == AM_OK)
        status = check_parts(&rule, err);
    if (status == AM_OK && rule.value[UNTIL])
        status = read_until(rule.value[UNTIL], start_minute, &until, err);
    if (status != AM_OK)
        return status;
    if (rule.value[UNTIL] && until < first)
        return am_fail(err, AM_EINVALID, "UNTIL lies before the start");
    last = until < last ? until : last;
    int period = period_of(&rule);
    bool repeats = period > 0 && last - first >= period;
    struct iteration iteration = {text, first, repeats ? first + period - 1 : last, list};
    status = am_ical_contain(iterate, &iteration, err);
    if (status == AM_OK && repeats)
        status = repeat(&rule, period, last, list, err);
    if (status == AM_OK && first <= last && (list->count == 0 || list->at[0] != first))
        return am_fail(err, AM_EINVALID, "\"start\" is not among the dates of this rule");
    return status;
}
