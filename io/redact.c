#include "io/redact.h"

#include <stdlib.h>
#include <string.h>

#include "io/atomic_file.h"
#include "io/caseload_json.h"
#include "io/limits.h"
#include "io/redact_work.h"
#include "model/order.h"

/* ---- what new ids and values look like ---- */

static const char *const kind_words[] = {"person", "place", "project", "session", "supervisor"};

void am_redact_id(struct am_redact_work *work, const char *key, enum am_redact_kind kind, int index)
{
    char id[32];
    if (index < 0)
        return;
    (void)snprintf(id, sizeof id, "%s-%0*d", kind_words[kind], work->digits[kind], index + 1);
    am_emit_string(&work->emit, key, id);
}

static int count_digits(int number)
{
    int digits = 1;
    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

void am_redact_date(struct am_redact_work *work, const char *key, am_date date)
{
    if (date != AM_NO_DATE)
        am_emit_date(&work->emit, key, date);
}

void am_redact_minute(struct am_redact_work *work, const char *key, int minute)
{
    am_emit_minute(&work->emit, key, minute);
}

static void put_stamp(struct am_redact_work *work, const char *key, am_stamp stamp)
{
    char date[AM_DATE_TEXT], minute[AM_MINUTE_TEXT], text[AM_DATE_TEXT + AM_MINUTE_TEXT + 1];
    am_stamp day = stamp / AM_DAY_MINUTES - (stamp % AM_DAY_MINUTES < 0);
    (void)snprintf(text, sizeof text, "%sT%s", am_date_format((am_date)day, date),
                   am_minute_format((int)(stamp - day * AM_DAY_MINUTES), minute));
    am_emit_string(&work->emit, key, text);
}

void am_redact_days(struct am_redact_work *work, am_weekdays days)
{
    am_emit_open(&work->emit, "days", '[', true);
    for (int day = 0; day < 7; day++)
        if (days & (1U << day))
            am_emit_string(&work->emit, NULL, am_weekday_code((enum am_weekday)day));
    am_emit_close(&work->emit);
}

void am_redact_dates(struct am_redact_work *work, const char *key, struct am_dates dates)
{
    am_emit_open(&work->emit, key, '[', true);
    for (int i = 0; i < dates.count; i++)
        am_redact_date(work, NULL, dates.at[i]);
    am_emit_close(&work->emit);
}

void am_redact_event(struct am_redact_work *work, const char *key, int order)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%d", work->events[order]);
    am_emit_string(&work->emit, key, text);
}

static void put_window(struct am_redact_work *work, const struct am_window *window)
{
    am_emit_open(&work->emit, NULL, '{', true);
    am_redact_days(work, window->days);
    am_redact_minute(work, "from", window->from);
    am_redact_minute(work, "to", window->to);
    am_redact_date(work, "valid_from", window->valid_from);
    am_redact_date(work, "valid_to", window->valid_to);
    if (window->every_weeks > 1)
        am_emit_int(&work->emit, "every_weeks", window->every_weeks);
    am_emit_close(&work->emit);
}

void am_redact_time(struct am_redact_work *work, struct am_windows windows,
                    struct am_absences absences)
{
    am_emit_open(&work->emit, "available", '[', true);
    for (int i = 0; i < windows.count; i++)
        put_window(work, &windows.at[i]);
    am_emit_close(&work->emit);
    am_emit_open(&work->emit, "unavailable", '[', true);
    for (int i = 0; i < absences.count; i++) {
        if (absences.at[i].end <= am_stamp_of(work->caseload->from, 0))
            continue; /* over before the window */
        am_emit_open(&work->emit, NULL, '{', true);
        put_stamp(work, "from", absences.at[i].start);
        put_stamp(work, "to", absences.at[i].end);
        am_emit_close(&work->emit);
    }
    am_emit_close(&work->emit);
}

/* ---- the frame ---- */

static int32_t policy_value(const struct am_redact_work *work, const struct am_policy_field *field)
{
    int32_t value;
    memcpy(&value, (const char *)&work->caseload->policy + field->offset, sizeof value);
    return value;
}

/* The two fields that files write as words under their own key. */
static bool put_worded(struct am_redact_work *work, const struct am_policy_field *field)
{
    static const char *const lone_woman[] = {"off", "soft", "hard"};
    int32_t value = policy_value(work, field);
    if (strcmp(field->name, "availability_leaves_home") == 0)
        am_emit_string(&work->emit, "availability_means", value ? "leaves_home" : "free_for_work");
    else if (strcmp(field->name, "lone_woman") == 0)
        am_emit_string(&work->emit, field->name, lone_woman[value]);
    else
        return false;
    return true;
}

static void put_limit(struct am_redact_work *work, const struct am_policy_field *field)
{
    int32_t value = policy_value(work, field);
    /* journeys by the hour are written with their waiting, each for its very minute */
    if (work->hours && strcmp(field->name, "travel_gap_minutes") == 0)
        value = 0;
    if (put_worded(work, field))
        return;
    if (field->kind == AM_POLICY_SWITCH)
        am_emit_bool(&work->emit, field->name, value != 0);
    else if (field->kind == AM_POLICY_OPTIONAL_LIMIT && value == AM_NO_LIMIT)
        am_emit_null(&work->emit, field->name);
    else
        am_emit_int(&work->emit, field->name, value);
}

static void put_policy(struct am_redact_work *work)
{
    am_emit_open(&work->emit, "policy", '{', false);
    for (int i = 0; i < am_policy_field_count; i++)
        if (am_policy_fields[i].kind != AM_POLICY_WEIGHT)
            put_limit(work, &am_policy_fields[i]);
    am_emit_open(&work->emit, "weights", '{', false);
    for (int i = 0; i < am_policy_field_count; i++)
        if (am_policy_fields[i].kind == AM_POLICY_WEIGHT)
            am_emit_int(&work->emit, am_policy_fields[i].name,
                        policy_value(work, &am_policy_fields[i]));
    am_emit_close(&work->emit);
    am_emit_close(&work->emit);
}

static void put_frame(struct am_redact_work *work)
{
    const struct am_caseload *caseload = work->caseload;
    am_emit_string(&work->emit, "format", "amends-caseload/1");
    am_emit_string(&work->emit, "x-redacted",
                   "Ids are made up. Dates, minutes and journey times are real.");
    am_redact_date(work, "as_of", caseload->as_of);
    am_emit_open(&work->emit, "window", '{', true);
    am_redact_date(work, "from", caseload->from);
    am_emit_int(&work->emit, "weeks", caseload->weeks);
    am_emit_close(&work->emit);
    put_policy(work);
    am_redact_dates(work, "bank_holidays", caseload->bank_holidays);
    am_redact_dates(work, "non_working_dates", caseload->non_working);
}

static void put_places(struct am_redact_work *work)
{
    am_emit_open(&work->emit, "places", '[', false);
    for (int i = 0; i < work->caseload->place_count; i++) {
        am_emit_open(&work->emit, NULL, '{', true);
        am_redact_id(work, "id", AM_REDACT_PLACE, i);
        am_emit_close(&work->emit);
    }
    am_emit_close(&work->emit);
}

static void put_supervisor(struct am_redact_work *work, int index)
{
    const struct am_supervisor *supervisor = &work->caseload->supervisors[index];
    am_emit_open(&work->emit, NULL, '{', true);
    am_redact_id(work, "code", AM_REDACT_SUPERVISOR, index);
    am_emit_string(&work->emit, "gender", am_gender_word(supervisor->gender));
    am_redact_time(work, supervisor->available, supervisor->unavailable);
    am_emit_int(&work->emit, "group_limit", supervisor->group_limit);
    if (supervisor->weekly_max_min < 7 * AM_DAY_MINUTES)
        am_emit_int(&work->emit, "weekly_max_minutes", supervisor->weekly_max_min);
    if (!supervisor->any_project) {
        am_emit_open(&work->emit, "projects", '[', true);
        for (int i = 0; i < supervisor->projects.count; i++)
            am_redact_id(work, NULL, AM_REDACT_PROJECT, supervisor->projects.at[i]);
        am_emit_close(&work->emit);
    }
    am_emit_close(&work->emit);
}

static void put_supervisors(struct am_redact_work *work)
{
    am_emit_open(&work->emit, "supervisors", '[', false);
    for (int i = 0; i < work->caseload->supervisor_count; i++)
        put_supervisor(work, i);
    am_emit_close(&work->emit);
}

/* ---- what is booked, published, waived ---- */

static void put_appointment(struct am_redact_work *work, const struct am_appointment *appointment)
{
    struct am_emit *emit = &work->emit;
    am_emit_open(emit, NULL, '{', true);
    am_redact_id(work, "crn", AM_REDACT_PERSON, appointment->person);
    am_redact_event(work, "event", appointment->order);
    am_redact_id(work, "session", AM_REDACT_SESSION,
                 am_names_find(&work->sessions, appointment->session_id));
    am_redact_date(work, "date", appointment->original_date);
    am_redact_minute(work, "start", appointment->start);
    am_emit_int(emit, "minutes", appointment->minutes);
    am_redact_id(work, "supervisor", AM_REDACT_SUPERVISOR, appointment->supervisor);
    am_emit_string(emit, "state", am_appointment_state_word(appointment->state));
    if (appointment->state == AM_ATTENDED)
        am_emit_int(emit, "credited", appointment->credited_min);
    if (appointment->pinned)
        am_emit_bool(emit, "pinned", true);
    am_emit_close(emit);
}

static void put_appointments(struct am_redact_work *work)
{
    am_emit_open(&work->emit, "appointments", '[', false);
    for (int i = 0; i < work->caseload->appointment_count; i++)
        put_appointment(work, &work->caseload->appointments[i]);
    am_emit_close(&work->emit);
}

static void put_occurrence(struct am_redact_work *work, int session)
{
    const struct am_session *at = &work->caseload->sessions[session];
    am_redact_id(work, "session", AM_REDACT_SESSION, at->definition);
    am_redact_date(work, "date", at->original_date);
}

/* What is booked is among the published appointments, and changes nothing there. */
static void put_published(struct am_redact_work *work)
{
    const struct am_caseload *caseload = work->caseload;
    if (!cJSON_GetObjectItemCaseSensitive(work->root, "published"))
        return;
    am_emit_open(&work->emit, "published", '{', false);
    am_emit_open(&work->emit, "appointments", '[', false);
    for (int i = 0; i < caseload->published_appointment_count; i++) {
        am_emit_open(&work->emit, NULL, '{', true);
        am_redact_id(work, "crn", AM_REDACT_PERSON, caseload->published_appointments[i].person);
        put_occurrence(work, caseload->published_appointments[i].session);
        am_emit_close(&work->emit);
    }
    am_emit_close(&work->emit);
    am_emit_open(&work->emit, "sessions", '[', false);
    for (int i = 0; i < caseload->published_session_count; i++) {
        am_emit_open(&work->emit, NULL, '{', true);
        put_occurrence(work, caseload->published_sessions[i].session);
        am_redact_id(work, "supervisor", AM_REDACT_SUPERVISOR,
                     caseload->published_sessions[i].supervisor);
        am_emit_close(&work->emit);
    }
    am_emit_close(&work->emit);
    am_emit_close(&work->emit);
}

static void put_waivers(struct am_redact_work *work)
{
    am_emit_open(&work->emit, "waivers", '[', false);
    for (int i = 0; i < work->caseload->waiver_count; i++) {
        const struct am_waiver *waiver = &work->caseload->waivers[i];
        am_emit_open(&work->emit, NULL, '{', true);
        am_emit_string(&work->emit, "rule", am_rule_id(waiver->rule));
        am_redact_id(work, "crn", AM_REDACT_PERSON, waiver->person);
        am_redact_id(work, "project", AM_REDACT_PROJECT, waiver->project);
        if (waiver->session_id)
            am_redact_id(work, "session", AM_REDACT_SESSION,
                         am_names_find(&work->sessions, waiver->session_id));
        am_redact_date(work, "until", waiver->until);
        am_emit_string(&work->emit, "by", "redacted");
        am_emit_close(&work->emit);
    }
    am_emit_close(&work->emit);
}

static void put_listed_arrivals(struct am_redact_work *work)
{
    am_emit_open(&work->emit, "list", '[', false);
    for (int i = 0; i < work->caseload->arrivals_count; i++) {
        const struct am_arrivals *arrivals = &work->caseload->arrivals[i];
        am_emit_open(&work->emit, NULL, '{', true);
        am_redact_date(work, "sentence_date", arrivals->sentence_date);
        if (arrivals->ordered_min > 0)
            am_emit_int(&work->emit, "ordered_minutes", arrivals->ordered_min);
        am_emit_int(&work->emit, "count", arrivals->count);
        am_redact_id(work, "like", AM_REDACT_PERSON, arrivals->like);
        am_emit_close(&work->emit);
    }
    am_emit_close(&work->emit);
}

static void put_arrivals(struct am_redact_work *work)
{
    const struct am_caseload *caseload = work->caseload;
    if (caseload->arrivals_per_week == 0 && caseload->arrivals_count == 0)
        return;
    am_emit_open(&work->emit, "arrivals", '{', false);
    am_emit_int(&work->emit, "per_week", caseload->arrivals_per_week);
    put_listed_arrivals(work);
    am_emit_close(&work->emit);
}

/* ---- new numbers for old ids ---- */

/* Homes without an id share the empty one, which nothing refers to. */
static am_status take(struct am_names *names, const char *id, struct am_err *err)
{
    int number;
    return am_names_add(names, id, &number) == AM_ENOMEM ? am_fail_memory(err) : AM_OK;
}

/* The old session ids, in the order of the file: that of the definitions. */
static am_status take_sessions(struct am_redact_work *work, struct am_err *err)
{
    const cJSON *project, *session;
    cJSON_ArrayForEach(project, cJSON_GetObjectItemCaseSensitive(work->root, "projects"))
    {
        cJSON_ArrayForEach(session, cJSON_GetObjectItemCaseSensitive(project, "sessions"))
        {
            const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(session, "id"));
            am_status status = take(&work->sessions, id ? id : "", err);
            if (status != AM_OK)
                return status;
        }
    }
    return AM_OK;
}

static am_status take_ids(struct am_redact_work *work, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    am_status status = take_sessions(work, err);
    for (int i = 0; i < caseload->place_count && status == AM_OK; i++)
        status = take(&work->places, caseload->places[i].id, err);
    for (int i = 0; i < caseload->supervisor_count && status == AM_OK; i++)
        status = take(&work->supervisors, caseload->supervisors[i].code, err);
    return status;
}

/* Events are compared, after deadlines: new ones stand to each other as the old did. */
static void number_events_of(struct am_redact_work *work, const struct am_person *person,
                             int32_t *sorted)
{
    const struct am_order *orders = work->caseload->orders;
    for (int i = 0; i < person->order_count; i++) {
        int32_t order = person->first_order + i;
        int at = i;
        for (; at > 0 && am_event_compare(orders[order].event, orders[sorted[at - 1]].event) < 0;
             at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = order;
    }
    for (int i = 0; i < person->order_count; i++)
        work->events[sorted[i]] = i + 1;
}

static am_status number_events(struct am_redact_work *work, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    size_t count = (size_t)caseload->order_count;
    int32_t *sorted = AM_ARENA_NEW(&work->arena, count, int32_t);
    work->events = AM_ARENA_NEW(&work->arena, count, int32_t);
    if (!sorted || !work->events)
        return am_fail_memory(err);
    for (int p = 0; p < caseload->person_count; p++)
        number_events_of(work, &caseload->people[p], sorted);
    return AM_OK;
}

static void count_ids(struct am_redact_work *work)
{
    const struct am_caseload *caseload = work->caseload;
    *work->result = (struct am_redact_result){.people = caseload->person_count,
                                              .places = caseload->place_count,
                                              .projects = caseload->project_count,
                                              .sessions = work->sessions.count,
                                              .supervisors = caseload->supervisor_count};
    work->digits[AM_REDACT_PERSON] = count_digits(caseload->person_count);
    work->digits[AM_REDACT_PLACE] = count_digits(caseload->place_count);
    work->digits[AM_REDACT_PROJECT] = count_digits(caseload->project_count);
    work->digits[AM_REDACT_SESSION] = count_digits(work->sessions.count);
    work->digits[AM_REDACT_SUPERVISOR] = count_digits(caseload->supervisor_count);
}

/* ---- the whole ---- */

static bool table_has_hour(const struct am_caseload *caseload)
{
    for (int i = 0; i < caseload->travel_count; i++)
        if (caseload->travel[i].hour >= 0)
            return true;
    return false;
}

static am_status put_all(struct am_redact_work *work, struct am_err *err)
{
    work->hours = table_has_hour(work->caseload);
    am_emit_open(&work->emit, NULL, '{', false);
    put_frame(work);
    put_places(work);
    am_redact_people(work);
    am_status status = am_redact_projects(work, err);
    if (status != AM_OK)
        return status;
    put_supervisors(work);
    status = am_redact_travel(work, err);
    put_appointments(work);
    put_published(work);
    put_waivers(work);
    put_arrivals(work);
    am_emit_close(&work->emit);
    return status == AM_OK ? am_text_status(work->emit.text, err) : status;
}

static am_status redact(struct am_redact_work *work, const char *bytes, struct am_err *err)
{
    work->root = cJSON_Parse(bytes);
    if (!work->root)
        return am_fail_memory(err); /* it was read a moment ago */
    am_status status = take_ids(work, err);
    if (status == AM_OK)
        status = number_events(work, err);
    if (status == AM_OK) {
        count_ids(work);
        status = put_all(work, err);
    }
    cJSON_Delete(work->root);
    return status;
}

am_status am_redact(const char *path, struct am_diag *diag, struct am_text *text,
                    struct am_redact_result *result, struct am_err *err)
{
    struct am_caseload caseload;
    struct am_redact_work work = {.caseload = &caseload, .result = result};
    char *bytes;
    size_t size;
    am_status status = am_read_file(path, AM_FILE_LIMIT, &bytes, &size, err);
    if (status != AM_OK)
        return status;
    am_arena_init(&work.arena);
    am_names_init(&work.sessions, &work.arena);
    am_names_init(&work.places, &work.arena);
    am_names_init(&work.supervisors, &work.arena);
    am_emit_init(&work.emit, text);
    am_caseload_init(&caseload);
    status = am_caseload_read_bytes(&caseload, path, bytes, size, diag, err);
    if (status == AM_OK)
        status = redact(&work, bytes, err);
    am_caseload_release(&caseload);
    am_arena_release(&work.arena);
    free(bytes);
    return status;
}
