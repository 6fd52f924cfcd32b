/*
 * Reads of a roster only who was booked where and who led what.
 */
#include "io/roster_warm.h"

#include "io/atomic_file.h"
#include "io/digest.h"
#include "io/json_value.h"
#include "io/limits.h"
#include "model/roster_index.h"
#include "model/score.h"

enum { WEEK_DAYS = 7 };

struct warm {
    struct am_json json;
    struct am_arena scratch;
    const struct am_roster_context *context;
    const struct am_caseload *caseload;
    struct am_roster *roster;
    struct am_warm_count *count;
    struct am_roster_index index;
    uint64_t *days; /* by person: bit d, something is booked on day d of the window */
    am_date from;   /* of the roster's own window */
    int weeks;
    struct am_err *err;
};

/* ---- what ids stand for ---- */

static am_status index_caseload(struct warm *w)
{
    size_t people = (size_t)w->caseload->person_count;
    w->days = AM_ARENA_NEW(&w->scratch, people, uint64_t);
    if (!w->days)
        return am_fail_memory(w->err);
    return am_roster_index_build(&w->index, w->caseload, &w->scratch, w->err);
}

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *value = am_json_member(object, key);
    return cJSON_IsString(value) ? value->valuestring : "";
}

static am_date date_of(const cJSON *object, const char *key)
{
    am_date date;
    return am_date_parse(text_of(object, key), &date) ? date : AM_NO_DATE;
}

/* ---- from its weeks to ours ---- */

static bool overlaps(const struct warm *w)
{
    return w->from <= am_caseload_last(w->caseload) &&
           w->from + WEEK_DAYS * w->weeks > w->caseload->from;
}

/* The date in week `week` of the window on which an entry of this date falls, or
 * AM_NO_DATE: dates that the windows share stay, else weeks are repeated. */
static am_date date_in_week(const struct warm *w, am_date date, int week)
{
    am_date monday = w->caseload->from + WEEK_DAYS * week;
    if (overlaps(w))
        return date >= monday && date < monday + WEEK_DAYS ? date : AM_NO_DATE;
    int of = date - w->from - WEEK_DAYS * (week % w->weeks);
    return of >= 0 && of < WEEK_DAYS ? monday + of : AM_NO_DATE;
}

/* ---- sessions ---- */

static bool take_leader(struct warm *w, int session, int supervisor)
{
    const struct am_session *at = &w->caseload->sessions[session];
    if (!at->supervised || at->closed != AM_OPEN || am_session_past(w->caseload, session) ||
        !am_may_lead(w->caseload, supervisor, session))
        return false;
    w->roster->sessions[session].supervisor = supervisor;
    return true;
}

static void take_session(struct warm *w, const cJSON *entry)
{
    const char *code = text_of(entry, "supervisor");
    am_date date = date_of(entry, "original_date");
    int supervisor = am_names_find(&w->index.supervisors, code);
    if (!code[0] || date == AM_NO_DATE)
        return;
    bool wanted = false, taken = false;
    for (int week = 0; week < w->caseload->weeks; week++) {
        am_date here = date_in_week(w, date, week);
        if (here == AM_NO_DATE)
            continue;
        int session = am_roster_index_session(&w->index, text_of(entry, "session"), here);
        wanted = true;
        if (session >= 0 && supervisor >= 0)
            taken |= take_leader(w, session, supervisor);
    }
    w->count->led += wanted;
    w->count->led_taken += taken;
}

/* ---- appointments ---- */

static uint64_t day_bit(const struct warm *w, int session)
{
    return UINT64_C(1) << (w->caseload->sessions[session].date - w->caseload->from);
}

static bool is_fixed_to(const struct warm *w, int person, int session)
{
    const struct am_orders *orders = w->context->orders;
    const struct am_person_state *state = &orders->people[person];
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++)
        if (orders->fixed[i].session == session)
            return true;
    return false;
}

static am_status add_appointment(struct warm *w, int person, const struct am_pair *pair)
{
    const struct am_session *at = &w->caseload->sessions[pair->session];
    const struct am_roster_appointment appointment = {
        .person = person,
        .order = w->context->orders->people[person].order,
        .session = pair->session,
        .start = at->start,
        .minutes = at->minutes,
        .there = pair->there,
        .back = pair->back,
        .mode = pair->mode,
        .quality = pair->quality,
    };
    w->days[person] |= day_bit(w, pair->session);
    w->roster->sessions[pair->session].runs = true;
    return am_roster_add(w->roster, appointment, w->err);
}

/* Counts what becomes of it in *fate, a field of the count. */
static am_status book(struct warm *w, const cJSON *entry, int person, am_date date, int **fate)
{
    struct am_warm_count *count = w->count;
    int session = am_roster_index_session(&w->index, text_of(entry, "session"), date), start;
    *fate = &count->no_session;
    if (session < 0)
        return AM_OK;
    *fate = &count->taken;
    if (is_fixed_to(w, person, session)) /* it is there already */
        return AM_OK;
    *fate = &count->moved;
    if (w->caseload->sessions[session].date != date ||
        (am_minute_parse(text_of(entry, "start"), &start) &&
         start != w->caseload->sessions[session].start))
        return AM_OK;
    *fate = &count->twice;
    if (w->days[person] & day_bit(w, session))
        return AM_OK;
    const struct am_pair *pair = am_pair_find(w->context->eligibility, person, session);
    *fate = pair ? &count->taken : &count->forbidden;
    return pair ? add_appointment(w, person, pair) : AM_OK;
}

static am_status take_appointment(struct warm *w, const cJSON *entry)
{
    am_date date = date_of(entry, "original_date");
    int person = am_names_find(&w->index.people, text_of(entry, "crn"));
    int *best = NULL, *fate;
    am_status status = AM_OK;
    if (person >= 0 && w->context->orders->people[person].order < 0)
        person = -1;
    for (int week = 0; week < w->caseload->weeks && status == AM_OK; week++) {
        am_date here = date == AM_NO_DATE ? AM_NO_DATE : date_in_week(w, date, week);
        if (here == AM_NO_DATE)
            continue;
        fate = &w->count->no_person;
        if (person >= 0)
            status = book(w, entry, person, here, &fate);
        if (!best || fate == &w->count->taken)
            best = fate;
    }
    if (best) {
        w->count->listed++;
        ++*best;
    }
    return status;
}

/* ---- the file ---- */

static bool read_heading(struct warm *w)
{
    static const char *const formats[] = {"amends-roster/1"};
    struct am_json *json = &w->json;
    const cJSON *root = json->root, *format = am_json_member(root, "format");
    const cJSON *window = am_json_member(am_json_member(root, "made"), "window");
    if (!format) {
        am_json_error(json, root, "\"format\" is missing");
        return false;
    }
    if (am_json_word(json, format, formats, 1, -1) < 0)
        return false;
    const cJSON *from = am_json_member(window, "from"), *weeks = am_json_member(window, "weeks");
    if (!from || !weeks) {
        am_json_error(json, root, "\"made.window\" must say \"from\" and \"weeks\"");
        return false;
    }
    w->from = am_json_date(json, from, AM_NO_DATE);
    w->weeks = am_json_whole(json, weeks, 1, AM_WEEKS_MAX, 0);
    if (w->from != AM_NO_DATE && am_weekday_of(w->from) != AM_MO)
        return am_json_expected(json, from, "a Monday");
    return w->from != AM_NO_DATE && w->weeks > 0;
}

static am_status take_all(struct warm *w)
{
    int length;
    const struct am_orders *orders = w->context->orders;
    am_status status = am_roster_fixed_only(w->caseload, orders, w->roster, w->err);
    for (int i = 0; i < orders->fixed_count && status == AM_OK; i++)
        w->days[orders->fixed[i].person] |= day_bit(w, orders->fixed[i].session);
    const cJSON *at = am_json_list(&w->json, am_json_member(w->json.root, "sessions"), &length);
    for (; at && status == AM_OK; at = at->next)
        take_session(w, at);
    at = am_json_list(&w->json, am_json_member(w->json.root, "appointments"), &length);
    for (; at && status == AM_OK; at = at->next)
        status = take_appointment(w, at);
    am_roster_sort(w->roster);
    return status;
}

/* Who leads a session that nobody is booked to leads nothing. */
static void clear_idle(struct warm *w)
{
    for (int s = 0; s < w->caseload->window_session_count; s++)
        if (!w->roster->sessions[s].runs)
            w->roster->sessions[s].supervisor = -1;
}

static am_status read_text(struct warm *w, char *text, size_t size, const char *path)
{
    am_json_init(&w->json, path, w->json.diag, &w->scratch);
    am_status status = am_json_parse(&w->json, text, size, w->err);
    if (status == AM_OK)
        status = index_caseload(w);
    if (status == AM_OK && read_heading(w))
        status = take_all(w);
    clear_idle(w);
    if (status == AM_OK && am_json_errors(&w->json) > 0)
        status = am_fail(w->err, AM_EINVALID, "%s: not a roster", path);
    if (status == AM_OK && w->json.out_of_memory)
        status = am_fail_memory(w->err);
    return status;
}

am_status am_roster_warm(struct am_roster *roster, const struct am_roster_context *context,
                         const char *path, struct am_warm_count *count, char sha256[65],
                         struct am_diag *diag, struct am_err *err)
{
    struct warm warm = {.context = context,
                        .caseload = context->caseload,
                        .roster = roster,
                        .count = count,
                        .err = err,
                        .json.diag = diag};
    struct am_digest digest;
    char *text;
    size_t size;
    *count = (struct am_warm_count){0};
    am_status status = am_roster_init(roster, context->caseload, err);
    if (status == AM_OK)
        status = am_read_file(path, AM_FILE_LIMIT, &text, &size, err);
    if (status != AM_OK)
        return status;
    am_digest_init(&digest);
    am_digest_add(&digest, text, size);
    am_digest_finish(&digest, sha256);
    am_arena_init(&warm.scratch);
    status = read_text(&warm, text, size, path);
    am_json_release(&warm.json);
    am_arena_release(&warm.scratch);
    return status;
}
