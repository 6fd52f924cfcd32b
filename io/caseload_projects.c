/* Projects, in two steps: first their codes and the ids of their sessions,
 * since supervisors refer to projects, and sessions to supervisors. */
#include "io/caseload_reader.h"

enum {
    P_CODE,
    P_NAME,
    P_TYPE,
    P_PLACE,
    P_BENEFICIARY,
    P_TAGS,
    P_OFFERS,
    P_WOMEN_ONLY,
    P_QUALITY,
    P_SESSIONS,
    P_COUNT
};

static const struct am_json_key project_keys[P_COUNT] = {
    [P_CODE] = {"code", true},
    [P_NAME] = {"name", false},
    [P_TYPE] = {"type", true},
    [P_PLACE] = {"place", false},
    [P_BENEFICIARY] = {"beneficiary", false},
    [P_TAGS] = {"tags", false},
    [P_OFFERS] = {"offers", false},
    [P_WOMEN_ONLY] = {"women_only", false},
    [P_QUALITY] = {"quality", false},
    [P_SESSIONS] = {"sessions", false},
};

static const cJSON **keys_of(const struct am_reader *reader, int project)
{
    return reader->project_keys + (size_t)project * P_COUNT;
}

void am_read_project_ids(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    int length, sessions = 0;
    const cJSON *list = am_json_list(&reader->json, reader->top[AM_TOP_PROJECTS], &length);
    caseload->projects = AM_KEEP(reader, length, struct am_project);
    reader->project_keys = AM_SCRATCH(reader, (size_t)length * P_COUNT, const cJSON *);
    am_ids_init(reader, &reader->projects, "project", length);
    if (reader->status != AM_OK)
        return;
    int i = 0;
    for (const cJSON *at = list; at; at = at->next, i++) {
        const cJSON **key = keys_of(reader, i);
        caseload->projects[i] =
            (struct am_project){.code = "", .place = -1, .at = am_read_position(reader, at)};
        if (!am_json_keys(&reader->json, at, project_keys, P_COUNT, key))
            continue;
        caseload->projects[i].code = am_ids_add(reader, &reader->projects, key[P_CODE], i);
        if (cJSON_IsArray(key[P_SESSIONS]))
            sessions += cJSON_GetArraySize(key[P_SESSIONS]);
    }
    caseload->project_count = length;
    am_ids_init(reader, &reader->definitions, "session", sessions);
    reader->definition = AM_SCRATCH(reader, sessions, struct am_definition);
}

static void read_sessions(struct am_reader *reader, const cJSON *list, int project)
{
    int length;
    for (const cJSON *at = am_json_list(&reader->json, list, &length); at; at = at->next) {
        struct am_definition *definition = &reader->definition[reader->definition_count];
        *definition = (struct am_definition){.value = at, .id = "", .project = project};
        am_read_definition(reader, at, definition);
        reader->definition_count++;
    }
}

static void read_project(struct am_reader *reader, int index)
{
    static const char *const types[] = {"group", "individual", "ete", "induction"};
    struct am_json *json = &reader->json;
    const cJSON *const *key = keys_of(reader, index);
    struct am_project *project = &reader->caseload->projects[index];
    project->name = am_json_text(json, key[P_NAME]);
    project->beneficiary = am_json_text(json, key[P_BENEFICIARY]);
    project->type = (enum am_project_type)am_json_word(json, key[P_TYPE], types,
                                                       AM_PROJECT_TYPE_COUNT, AM_GROUP);
    project->place = am_ids_refer(reader, &reader->places, key[P_PLACE]);
    project->tags = am_read_tags(reader, key[P_TAGS]);
    project->offers = am_read_offers(reader, key[P_OFFERS]);
    project->women_only = am_json_flag(json, key[P_WOMEN_ONLY], false);
    project->quality = am_json_whole(json, key[P_QUALITY], 0, 5, 3);
    read_sessions(reader, key[P_SESSIONS], index);
}

void am_read_projects(struct am_reader *reader)
{
    for (int i = 0; i < reader->caseload->project_count && reader->status == AM_OK; i++)
        read_project(reader, i);
}
