/*
 * Reads amends-roster/1 back, for the audit and for calendars.
 *
 * What is decided and what is claimed is read; what follows from them and the
 * caseload (times of sessions, counts, evidence) is not. Nothing is put right
 * here: a roster that breaks rules is read as it is, for the audit to say so.
 */
#include <string.h>

#include "io/atomic_file.h"
#include "io/limits.h"
#include "io/decimal.h"
#include "io/json_value.h"
#include "io/roster_json.h"
#include "model/roster_index.h"

struct reader {
    struct am_json json;
    struct am_arena scratch; /* gone after reading */
    const struct am_caseload *caseload;
    struct am_roster *roster;
    struct am_roster_index index;
    bool *seen; /* sessions that had their entry */
    struct am_err *err;
    am_status status; /* set when memory fails; findings are in the diag */
};

static void fail_memory(struct reader *r)
{
    if (r->status == AM_OK)
        r->status = am_fail_memory(r->err);
}

/* ---- what ids stand for ---- */

static void index_caseload(struct reader *r)
{
    size_t sessions = (size_t)r->caseload->window_session_count;
    r->seen = AM_ARENA_NEW(&r->scratch, sessions, bool);
    if (!r->seen)
        fail_memory(r);
    else
        r->status = am_roster_index_build(&r->index, r->caseload, &r->scratch, r->err);
}

/* The number of a name, or -1: absent, or unknown, an error that names the nearest. */
static int refer(struct reader *r, const struct am_names *names, const char *kind,
                 const cJSON *value)
{
    const char *written = am_json_text(&r->json, value);
    if (!cJSON_IsString(value))
        return -1;
    int number = am_names_find(names, written);
    if (number >= 0)
        return number;
    const char *nearest = am_names_nearest(names, written);
    am_json_error(&r->json, value, "the caseload has no %s \"%s\"%s%s%s", kind, written,
                  nearest ? "; the nearest is \"" : "", nearest ? nearest : "",
                  nearest ? "\"" : "");
    return -1;
}

/* The session of the window with this id and original date, or -1 after an error. */
static int refer_session(struct reader *r, const cJSON *id, const cJSON *date_value)
{
    am_date date = am_json_date(&r->json, date_value, AM_NO_DATE);
    if (refer(r, &r->index.definitions, "session", id) < 0 || date == AM_NO_DATE)
        return -1;
    int session = am_roster_index_session(&r->index, id->valuestring, date);
    if (session >= 0)
        return session;
    am_json_error(&r->json, date_value, "session \"%s\" has no date %s in the window",
                  id->valuestring, date_value->valuestring);
    return -1;
}

/* Null is nobody: -1. */
static int refer_supervisor(struct reader *r, const cJSON *value)
{
    if (!value || cJSON_IsNull(value))
        return -1;
    return refer(r, &r->index.supervisors, "supervisor", value);
}

/* ---- single values ---- */

static int64_t read_figure(struct reader *r, const cJSON *value)
{
    if (!value)
        return 0;
    if (cJSON_IsNumber(value)) {
        struct am_decimal number = am_decimal_read(r->json.text + value->valueint, 0);
        if (number.in_range && number.exact)
            return number.floor;
    }
    (void)am_json_expected(&r->json, value, "a whole number of at most 18 digits");
    return 0;
}

/* ---- what is claimed ---- */

static void read_score_entry(struct reader *r, const cJSON *value, int64_t *units, int64_t *points)
{
    static const struct am_json_key keys[] = {{"units", true}, {"points", true}};
    const cJSON *slots[2];
    if (!value || !am_json_keys(&r->json, value, keys, 2, slots))
        return;
    *units = read_figure(r, slots[0]);
    *points = read_figure(r, slots[1]);
}

static void read_rules(struct reader *r, const cJSON *value, struct am_score *score)
{
    struct am_json_key keys[AM_RULE_COUNT];
    const cJSON *slots[AM_RULE_COUNT];
    for (int rule = 0; rule < AM_RULE_COUNT; rule++)
        keys[rule] = (struct am_json_key){am_rule_id((enum am_rule)rule), true};
    if (!value || !am_json_keys(&r->json, value, keys, AM_RULE_COUNT, slots))
        return;
    for (int rule = 0; rule < AM_RULE_COUNT; rule++)
        read_score_entry(r, slots[rule], &score->rule_units[rule], &score->rule_points[rule]);
}

static void read_wishes(struct reader *r, const cJSON *value, struct am_score *score)
{
    struct am_json_key keys[AM_WISH_COUNT];
    const cJSON *slots[AM_WISH_COUNT];
    for (int wish = 0; wish < AM_WISH_COUNT; wish++)
        keys[wish] = (struct am_json_key){am_wish_id((enum am_wish)wish), true};
    if (!value || !am_json_keys(&r->json, value, keys, AM_WISH_COUNT, slots))
        return;
    for (int wish = 0; wish < AM_WISH_COUNT; wish++)
        read_score_entry(r, slots[wish], &score->wish_units[wish], &score->wish_points[wish]);
}

static void read_score(struct reader *r, const cJSON *value)
{
    static const struct am_json_key keys[] = {{"total", true}, {"rules", true}, {"wishes", true}};
    const cJSON *slots[3];
    if (!value || !am_json_keys(&r->json, value, keys, 3, slots))
        return;
    r->roster->score.total = read_figure(r, slots[0]);
    read_rules(r, slots[1], &r->roster->score);
    read_wishes(r, slots[2], &r->roster->score);
}

static void read_proof(struct reader *r, const cJSON *value)
{
    static const struct am_json_key keys[] = {{"objective", true},
                                              {"bound", true},
                                              {"points_between", false},
                                              {"gap_millionths", false},
                                              {"fixed_only", true}};
    const cJSON *slots[5];
    if (!value || !am_json_keys(&r->json, value, keys, 5, slots))
        return;
    r->roster->proof = (struct am_proof){read_figure(r, slots[0]), read_figure(r, slots[1]),
                                         read_figure(r, slots[4])};
}

static void read_outcome(struct reader *r, const cJSON *value)
{
    static const char *const words[] = {"optimal", "feasible", "stopped", "none"};
    r->roster->outcome = (enum am_outcome)am_json_word(&r->json, value, words, 4, AM_OUTCOME_NONE);
}

static void read_plan_digest(struct reader *r, const cJSON *value)
{
    const char *sha256 = am_json_text(&r->json, value);
    size_t size = strlen(sha256);
    if (value && size + 1 == sizeof r->roster->plan_sha256)
        memcpy(r->roster->plan_sha256, sha256, size + 1);
    else if (value && cJSON_IsString(value))
        (void)am_json_expected(&r->json, value, "a SHA-256, 64 hexadecimal digits");
}

/* A roster of another caseload may still fit; what does not is an error of its own. */
static void read_made(struct reader *r, const cJSON *value)
{
    static const struct am_json_key keys[] = {
        {"program", true}, {"version", true},  {"input_sha256", true}, {"as_of", true},
        {"window", true},  {"settings", true}, {"warm_sha256", false}, {"plan_sha256", false}};
    const cJSON *slots[8];
    if (!value || !am_json_keys(&r->json, value, keys, 8, slots))
        return;
    read_plan_digest(r, slots[7]);
    const char *sha256 = am_json_text(&r->json, slots[2]);
    r->roster->of_another_input = strcmp(sha256, r->caseload->sha256) != 0;
    if (cJSON_IsString(slots[2]) && r->roster->of_another_input)
        am_json_warning(&r->json, slots[2], "this roster was made from another caseload than %s",
                        r->caseload->file);
}

/* ---- what it aims at ---- */

static void read_list(struct reader *r, const cJSON *list,
                      void (*read)(struct reader *, const cJSON *))
{
    int count;
    const cJSON *at = am_json_list(&r->json, list, &count);
    for (; at && r->status == AM_OK; at = at->next)
        read(r, at);
}

static void read_aim(struct reader *r, const cJSON *value)
{
    static const struct am_json_key keys[] = {
        {"crn", true}, {"planned_minutes", true}, {"needed_minutes", true}};
    const cJSON *slots[3];
    if (!am_json_keys(&r->json, value, keys, 3, slots))
        return;
    int person = refer(r, &r->index.people, "person", slots[0]);
    int32_t planned = am_json_whole(&r->json, slots[1], 0, INT32_MAX, 0);
    int32_t needed = am_json_whole(&r->json, slots[2], 0, planned, 0);
    if (person < 0)
        return;
    if (r->roster->aims[person].given)
        am_json_error(&r->json, value, "%s is listed twice", r->caseload->people[person].crn);
    r->roster->aims[person] = (struct am_aim){true, planned, needed};
}

/* With the digest of a plan there are aims, and the other way round. */
static void read_aims(struct reader *r, const cJSON *list)
{
    struct am_roster *roster = r->roster;
    if (roster->plan_sha256[0] && !list)
        am_json_error(&r->json, NULL, "made with a plan, but \"aims\" is missing");
    if (!roster->plan_sha256[0] && list)
        am_json_error(&r->json, list, "aims, but made.plan_sha256 is missing");
    if (!list)
        return;
    roster->aims = AM_ARENA_NEW(&roster->arena, (size_t)r->caseload->person_count, struct am_aim);
    if (!roster->aims)
        fail_memory(r);
    else
        read_list(r, list, read_aim);
}

/* ---- what is decided ---- */

static void read_session(struct reader *r, const cJSON *value)
{
    static const struct am_json_key keys[] = {
        {"session", true},     {"original_date", true}, {"runs", true},
        {"supervisor", true},  {"project", false},      {"date", false},
        {"start", false},      {"end", false},          {"why_not", false},
        {"places", false},     {"booked", false},       {"expected_hundredths", false},
        {"places_free", false}};
    enum { KEYS = sizeof keys / sizeof *keys };
    const cJSON *slots[KEYS];
    if (!am_json_keys(&r->json, value, keys, KEYS, slots))
        return;
    int session = refer_session(r, slots[0], slots[1]);
    bool runs = am_json_flag(&r->json, slots[2], false);
    int supervisor = refer_supervisor(r, slots[3]);
    if (session < 0)
        return;
    if (r->seen[session])
        am_json_error(&r->json, value, "session \"%s\" of that date is listed twice",
                      r->caseload->sessions[session].id);
    r->seen[session] = true;
    r->roster->sessions[session] = (struct am_roster_session){runs, supervisor};
}

static void read_journey(struct reader *r, const cJSON *value,
                         struct am_roster_appointment *appointment)
{
    static const struct am_json_key keys[] = {
        {"mode", true}, {"there", true}, {"back", true}, {"quality", true}};
    const char *modes[AM_MODE_COUNT], *qualities[AM_TRAVEL_QUALITY_COUNT];
    const cJSON *slots[4];
    appointment->there = appointment->back = -1;
    if (!value || cJSON_IsNull(value) || !am_json_keys(&r->json, value, keys, 4, slots))
        return;
    for (int mode = 0; mode < AM_MODE_COUNT; mode++)
        modes[mode] = am_mode_word((enum am_mode)mode);
    for (int quality = 0; quality < AM_TRAVEL_QUALITY_COUNT; quality++)
        qualities[quality] = am_travel_quality_word((enum am_travel_quality)quality);
    appointment->mode = (uint8_t)am_json_word(&r->json, slots[0], modes, AM_MODE_COUNT, 0);
    appointment->there = (int16_t)am_json_whole(&r->json, slots[1], 0, INT16_MAX, 0);
    appointment->back = (int16_t)am_json_whole(&r->json, slots[2], 0, INT16_MAX, 0);
    appointment->quality =
        (uint8_t)am_json_word(&r->json, slots[3], qualities, AM_TRAVEL_QUALITY_COUNT, 0);
}

/* The person's order of this event number, or -1 after an error. */
static int refer_order(struct reader *r, int person, const cJSON *value)
{
    const char *event = am_json_text(&r->json, value);
    if (person < 0 || !cJSON_IsString(value))
        return -1;
    const struct am_person *who = &r->caseload->people[person];
    for (int j = who->first_order; j < who->first_order + who->order_count; j++)
        if (strcmp(r->caseload->orders[j].event, event) == 0)
            return j;
    am_json_error(&r->json, value, "%s has no order of event \"%s\"", who->crn, event);
    return -1;
}

/* Everything of an appointment is a key by name, in this order. */
enum {
    KEY_CRN,
    KEY_EVENT,
    KEY_SESSION,
    KEY_ORIGINAL_DATE,
    KEY_START,
    KEY_MINUTES,
    KEY_TRAVEL,
    KEY_FIXED,
    KEY_RECORDED,
    KEY_SUPERVISOR,
    KEY_PROJECT,
    KEY_DATE,
    KEY_END,
    KEY_COUNT
};

/* It stands beside each appointment for people; the session's own is what counts. */
static void check_supervisor(struct reader *r, const cJSON *value, int session)
{
    int supervisor = refer_supervisor(r, value);
    if (value && session >= 0 && r->seen[session] &&
        supervisor != r->roster->sessions[session].supervisor)
        am_json_error(&r->json, value, "not the supervisor of this session in sessions[]");
}

static void read_appointment(struct reader *r, const cJSON *value)
{
    static const struct am_json_key keys[KEY_COUNT] = {
        [KEY_CRN] = {"crn", true},           [KEY_EVENT] = {"event", true},
        [KEY_SESSION] = {"session", true},   [KEY_ORIGINAL_DATE] = {"original_date", true},
        [KEY_START] = {"start", true},       [KEY_MINUTES] = {"minutes", true},
        [KEY_TRAVEL] = {"travel", true},     [KEY_FIXED] = {"fixed", true},
        [KEY_RECORDED] = {"recorded", true}, [KEY_SUPERVISOR] = {"supervisor", false},
        [KEY_PROJECT] = {"project", false},  [KEY_DATE] = {"date", false},
        [KEY_END] = {"end", false},
    };
    const cJSON *slots[KEY_COUNT];
    struct am_roster_appointment appointment = {0};
    if (!am_json_keys(&r->json, value, keys, KEY_COUNT, slots))
        return;
    appointment.person = refer(r, &r->index.people, "person", slots[KEY_CRN]);
    appointment.order = refer_order(r, appointment.person, slots[KEY_EVENT]);
    appointment.session = refer_session(r, slots[KEY_SESSION], slots[KEY_ORIGINAL_DATE]);
    appointment.start = (int16_t)am_json_minute(&r->json, slots[KEY_START], 0);
    appointment.minutes =
        (int16_t)am_json_whole(&r->json, slots[KEY_MINUTES], 0, AM_DAY_MINUTES, 0);
    appointment.fixed = am_json_flag(&r->json, slots[KEY_FIXED], false);
    appointment.recorded = am_json_flag(&r->json, slots[KEY_RECORDED], false);
    read_journey(r, slots[KEY_TRAVEL], &appointment);
    check_supervisor(r, slots[KEY_SUPERVISOR], appointment.session);
    if (appointment.person < 0 || appointment.order < 0 || appointment.session < 0)
        return;
    if (am_roster_add(r->roster, appointment, NULL) != AM_OK)
        fail_memory(r);
}

static void read_root(struct reader *r)
{
    static const struct am_json_key keys[] = {
        {"format", true},       {"made", true},      {"outcome", true},
        {"score", true},        {"proof", true},     {"sessions", true},
        {"appointments", true}, {"unplaced", false}, {"late_starts", false},
        {"orders", false},      {"changes", false},  {"accepted_breaches", false},
        {"waivers", false},     {"aims", false}};
    static const char *const formats[] = {"amends-roster/1"};
    enum { KEYS = sizeof keys / sizeof *keys };
    const cJSON *slots[KEYS];
    if (!am_json_keys(&r->json, r->json.root, keys, KEYS, slots))
        return;
    (void)am_json_word(&r->json, slots[0], formats, 1, 0);
    read_made(r, slots[1]);
    read_outcome(r, slots[2]);
    read_score(r, slots[3]);
    read_proof(r, slots[4]);
    read_aims(r, slots[13]);
    read_list(r, slots[5], read_session);
    read_list(r, slots[6], read_appointment);
    am_roster_sort(r->roster);
    if (r->json.out_of_memory)
        fail_memory(r);
}

static am_status read_text(struct reader *r, const char *path, char *text, size_t size)
{
    am_json_init(&r->json, path, r->json.diag, &r->scratch);
    am_status status = am_json_parse(&r->json, text, size, r->err);
    if (status)
        return status;
    index_caseload(r);
    if (r->status == AM_OK)
        read_root(r);
    if (r->status == AM_OK && am_json_errors(&r->json) > 0)
        return am_fail(r->err, AM_EINVALID, "%s: not a roster of this caseload", path);
    return r->status;
}

am_status am_roster_read(struct am_roster *roster, const struct am_caseload *caseload,
                         const char *path, struct am_diag *diag, struct am_err *err)
{
    struct reader r = {.caseload = caseload, .roster = roster, .err = err, .json.diag = diag};
    char *text;
    size_t size;
    am_status status = am_roster_init(roster, caseload, err);
    if (status)
        return status;
    status = am_read_file(path, AM_FILE_LIMIT, &text, &size, err);
    if (status)
        return status;
    am_arena_init(&r.scratch);
    status = read_text(&r, path, text, size);
    am_json_release(&r.json);
    am_arena_release(&r.scratch);
    return status;
}
