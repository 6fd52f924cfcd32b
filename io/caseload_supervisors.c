#include "io/caseload_reader.h"

enum {
    S_CODE,
    S_NAME,
    S_GENDER,
    S_AVAILABLE,
    S_UNAVAILABLE,
    S_GROUP_LIMIT,
    S_WEEKLY_MAX,
    S_PROJECTS,
    S_COUNT
};

static const struct am_json_key supervisor_keys[S_COUNT] = {
    [S_CODE] = {"code", true},
    [S_NAME] = {"name", false},
    [S_GENDER] = {"gender", false},
    [S_AVAILABLE] = {"available", true},
    [S_UNAVAILABLE] = {"unavailable", false},
    [S_GROUP_LIMIT] = {"group_limit", true},
    [S_WEEKLY_MAX] = {"weekly_max_minutes", false},
    [S_PROJECTS] = {"projects", false},
};

enum { GROUP_MOST = 1000, WEEK_MINUTES = 7 * AM_DAY_MINUTES };

static void read_supervisor(struct am_reader *reader, const cJSON *value, int index)
{
    static const char *const genders[] = {"female", "male", "other", "unknown"};
    struct am_json *json = &reader->json;
    struct am_supervisor *supervisor = &reader->caseload->supervisors[index];
    const cJSON *key[S_COUNT];
    *supervisor =
        (struct am_supervisor){.code = "", .name = "", .at = am_read_position(reader, value)};
    if (!am_json_keys(json, value, supervisor_keys, S_COUNT, key))
        return;
    supervisor->code = am_ids_add(reader, &reader->supervisors, key[S_CODE], index);
    supervisor->name = am_json_text(json, key[S_NAME]);
    supervisor->gender =
        (enum am_gender)am_json_word(json, key[S_GENDER], genders, 4, AM_GENDER_UNKNOWN);
    supervisor->available = am_read_windows(reader, key[S_AVAILABLE]);
    supervisor->unavailable = am_read_absences(reader, key[S_UNAVAILABLE]);
    supervisor->group_limit = am_json_whole(json, key[S_GROUP_LIMIT], 0, GROUP_MOST, GROUP_MOST);
    supervisor->weekly_max_min =
        am_json_whole(json, key[S_WEEKLY_MAX], 0, WEEK_MINUTES, WEEK_MINUTES);
    supervisor->any_project = !key[S_PROJECTS];
    supervisor->projects = am_ids_refer_list(reader, &reader->projects, key[S_PROJECTS]);
}

void am_read_supervisors(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    int length;
    const cJSON *at = am_json_list(&reader->json, reader->top[AM_TOP_SUPERVISORS], &length);
    caseload->supervisors = AM_KEEP(reader, length, struct am_supervisor);
    am_ids_init(reader, &reader->supervisors, "supervisor", length);
    if (reader->status != AM_OK)
        return;
    for (int i = 0; at; at = at->next)
        read_supervisor(reader, at, i++);
    caseload->supervisor_count = length;
}
