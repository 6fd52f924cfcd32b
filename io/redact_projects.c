/* Projects and their sessions. The caseload holds occurrences alone; how a
 * session recurs is taken from the file, in which it was found to be right. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "io/redact_work.h"

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static void put_number(struct am_redact_work *work, const cJSON *object, const char *key)
{
    const cJSON *value = member(object, key);
    if (cJSON_IsNumber(value))
        am_emit_int(&work->emit, key, (int64_t)value->valuedouble);
}

static void put_flag(struct am_redact_work *work, const cJSON *object, const char *key)
{
    const cJSON *value = member(object, key);
    if (cJSON_IsBool(value))
        am_emit_bool(&work->emit, key, cJSON_IsTrue(value));
}

/* Read and written anew, so that no other text can pass. */
static void put_date(struct am_redact_work *work, const char *key, const cJSON *value)
{
    am_date date = AM_NO_DATE;
    if (cJSON_IsString(value) && am_date_parse(value->valuestring, &date))
        am_redact_date(work, key, date);
}

static void put_start(struct am_redact_work *work, const cJSON *object)
{
    const cJSON *value = member(object, "start");
    char day[AM_DATE_TEXT], time[AM_MINUTE_TEXT], text[AM_DATE_TEXT + AM_MINUTE_TEXT + 1];
    am_date date;
    int minute;
    if (!cJSON_IsString(value) || !am_datetime_parse(value->valuestring, &date, &minute))
        return;
    (void)snprintf(text, sizeof text, "%sT%s", am_date_format(date, day),
                   am_minute_format(minute, time));
    am_emit_string(&work->emit, "start", text);
}

static void put_reference(struct am_redact_work *work, const cJSON *object, const char *key,
                          const struct am_names *names, enum am_redact_kind kind)
{
    const cJSON *value = member(object, key);
    if (cJSON_IsString(value))
        am_redact_id(work, key, kind, am_names_find(names, value->valuestring));
}

/* ---- recurrence rules ---- */

static bool is_rule_word(const char *word, size_t length)
{
    static const char *const words[] = {
        "FREQ", "INTERVAL", "COUNT",  "UNTIL",   "BYDAY",  "BYMONTH", "BYMONTHDAY", "BYSETPOS",
        "WKST", "DAILY",    "WEEKLY", "MONTHLY", "YEARLY", "MO",      "TU",         "WE",
        "TH",   "FR",       "SA",     "SU",      "T",      "Z"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == length && strncasecmp(words[i], word, length) == 0)
            return true;
    return false;
}

/* Words of RFC 5545, numbers and what joins them, nothing else. */
static bool is_plain_rule(const char *rule)
{
    while (*rule) {
        size_t length = 0;
        while (isalpha((unsigned char)rule[length]))
            length++;
        if (length > 0 ? !is_rule_word(rule, length) : !strchr("0123456789=;,+-", *rule))
            return false;
        rule += length > 0 ? length : 1;
    }
    return true;
}

static am_status put_rule(struct am_redact_work *work, const cJSON *session, int number,
                          struct am_err *err)
{
    const cJSON *rule = member(session, "rrule");
    if (!cJSON_IsString(rule))
        return AM_OK;
    if (!is_plain_rule(rule->valuestring))
        return am_fail(err, AM_EINVALID,
                       "%s: session %d of the file: \"rrule\" holds words that are no part of a "
                       "rule; take them out first",
                       work->caseload->file, number + 1);
    am_emit_string(&work->emit, "rrule", rule->valuestring);
    return AM_OK;
}

/* ---- sessions ---- */

static void put_override(struct am_redact_work *work, const cJSON *override)
{
    am_emit_open(&work->emit, NULL, '{', true);
    put_date(work, "date", member(override, "date"));
    put_start(work, override);
    put_number(work, override, "minutes");
    put_reference(work, override, "place", &work->places, AM_REDACT_PLACE);
    put_number(work, override, "places");
    put_reference(work, override, "supervisor", &work->supervisors, AM_REDACT_SUPERVISOR);
    put_flag(work, override, "cancelled");
    am_emit_close(&work->emit);
}

static void put_exceptions(struct am_redact_work *work, const cJSON *session)
{
    const cJSON *at;
    am_emit_open(&work->emit, "exdates", '[', true);
    cJSON_ArrayForEach(at, member(session, "exdates"))
    {
        put_date(work, NULL, at);
    }
    am_emit_close(&work->emit);
    am_emit_open(&work->emit, "overrides", '[', true);
    cJSON_ArrayForEach(at, member(session, "overrides"))
    {
        put_override(work, at);
    }
    am_emit_close(&work->emit);
}

static am_status put_session(struct am_redact_work *work, const cJSON *session, int number,
                             struct am_err *err)
{
    am_emit_open(&work->emit, NULL, '{', true);
    am_redact_id(work, "id", AM_REDACT_SESSION, number);
    put_start(work, session);
    put_number(work, session, "minutes");
    am_status status = put_rule(work, session, number, err);
    put_exceptions(work, session);
    put_number(work, session, "places");
    put_number(work, session, "min_group");
    put_flag(work, session, "supervised");
    am_emit_close(&work->emit);
    return status;
}

static am_status put_project(struct am_redact_work *work, int index, const cJSON *item,
                             int *sessions, struct am_err *err)
{
    const struct am_project *project = &work->caseload->projects[index];
    const cJSON *session;
    am_status status = AM_OK;
    am_emit_open(&work->emit, NULL, '{', true);
    am_redact_id(work, "code", AM_REDACT_PROJECT, index);
    am_emit_string(&work->emit, "type", am_project_type_word(project->type));
    am_redact_id(work, "place", AM_REDACT_PLACE, project->place);
    am_emit_bool(&work->emit, "women_only", project->women_only);
    am_emit_int(&work->emit, "quality", project->quality);
    am_emit_open(&work->emit, "sessions", '[', false);
    cJSON_ArrayForEach(session, member(item, "sessions"))
    {
        if (status == AM_OK)
            status = put_session(work, session, (*sessions)++, err);
    }
    am_emit_close(&work->emit);
    am_emit_close(&work->emit);
    return status;
}

am_status am_redact_projects(struct am_redact_work *work, struct am_err *err)
{
    const cJSON *list = member(work->root, "projects");
    const cJSON *item = list ? list->child : NULL;
    int sessions = 0;
    am_status status = AM_OK;
    am_emit_open(&work->emit, "projects", '[', false);
    for (int j = 0; item && status == AM_OK; j++, item = item->next)
        status = put_project(work, j, item, &sessions, err);
    am_emit_close(&work->emit);
    return status;
}
