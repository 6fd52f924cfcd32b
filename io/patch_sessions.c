/* Sessions in the tree: which there are, and on which dates. */
#include "io/caseload_patch_parts.h"

#include <string.h>

enum { OPEN_END_DAYS = 366 };

static const struct am_list_kind sessions_kind = {"sessions", "session", {"id"}, NULL, NULL};

static cJSON *find_session(struct am_patch *patch, const char *id, cJSON **project)
{
    cJSON *at;
    cJSON_ArrayForEach(at, am_patch_member(patch->base.root, "projects"))
    {
        cJSON *session = am_patch_entry(patch, &sessions_kind, am_patch_member(at, "sessions"), id);
        *project = at;
        if (session)
            return session;
    }
    return NULL;
}

/* All sessions in one list, so that the nearest can be found among them. */
static void report_no_session(struct am_patch *patch, const char *id, const cJSON *why)
{
    cJSON *all = cJSON_CreateArray();
    const cJSON *project, *session;
    bool whole = all != NULL;
    cJSON_ArrayForEach(project, am_patch_member(patch->base.root, "projects"))
    {
        cJSON_ArrayForEach(session, am_patch_member(project, "sessions"))
        {
            whole = whole && cJSON_AddItemReferenceToArray(all, (cJSON *)(uintptr_t)session);
        }
    }
    if (whole)
        am_patch_no_entry(patch, &sessions_kind, all, id, why);
    else
        patch->out_of_memory = true;
    cJSON_Delete(all);
}

cJSON *am_patch_session(struct am_patch *patch, const cJSON *value, cJSON **project)
{
    const char *id = value ? am_json_id(&patch->scenario, value) : NULL;
    if (!id)
        return NULL;
    cJSON *session = find_session(patch, id, project);
    if (!session)
        report_no_session(patch, id, value);
    return session;
}

/* Drop those before the period, and those excluded. */
static void keep_period(const cJSON *session, am_date from, struct am_date_list *dates)
{
    int kept = 0;
    for (int i = 0; i < dates->count; i++) {
        bool excluded = false;
        const cJSON *exdate;
        cJSON_ArrayForEach(exdate, am_patch_member(session, "exdates"))
        {
            am_date date;
            excluded =
                excluded || (cJSON_IsString(exdate) && am_date_parse(exdate->valuestring, &date) &&
                             date == dates->at[i]);
        }
        if (dates->at[i] >= from && !excluded)
            dates->at[kept++] = dates->at[i];
    }
    dates->count = kept;
}

bool am_patch_dates(struct am_patch *patch, const cJSON *session, struct am_patch_period period,
                    struct am_date_list *dates, const cJSON *why)
{
    const char *start = am_patch_string(session, "start");
    am_date first, last = period.to;
    int minute;
    struct am_err err = {0};
    dates->count = 0;
    if (!start || !am_datetime_parse(start, &first, &minute))
        return false; /* reading the caseload tells */
    if (last == AM_NO_DATE)
        last = am_patch_time(patch).last + OPEN_END_DAYS;
    am_status status =
        am_recurrence_expand(am_patch_string(session, "rrule"), first, minute, last, dates, &err);
    if (status == AM_EINVALID)
        am_json_error(&patch->scenario, why, "the rrule of session \"%s\" cannot be read: %s",
                      am_patch_string(session, "id"), err.msg);
    else if (status != AM_OK)
        patch->out_of_memory = true;
    if (status == AM_OK)
        keep_period(session, period.from, dates);
    return status == AM_OK;
}

cJSON *am_patch_override(struct am_patch *patch, cJSON *session, am_date date, const cJSON *why)
{
    cJSON *override;
    am_patch_touch(session, why);
    cJSON_ArrayForEach(override, am_patch_member(session, "overrides"))
    {
        if (am_patch_date_of(override, "date") == date) {
            am_patch_touch(am_patch_member(session, "overrides"), why);
            am_patch_touch(override, why);
            return override;
        }
    }
    override = am_patch_object(patch, why);
    am_patch_put(patch, override, "date", am_patch_date(patch, date, why));
    am_patch_append(patch, session, "overrides", override, why);
    return patch->out_of_memory ? NULL : override;
}

/* Would what is added be closed all the time? */
static bool in_vain(struct am_patch_period added, struct am_patch_period closed)
{
    return closed.from <= added.from &&
           (closed.to == AM_NO_DATE || (added.to != AM_NO_DATE && added.to <= closed.to));
}

void am_patch_note_use(struct am_patch *patch, const struct am_patch_use *use)
{
    for (const struct am_patch_use *other = patch->uses; other; other = other->next) {
        if (other->project != use->project || other->closes == use->closes)
            continue;
        if (use->closes ? in_vain(other->period, use->period) : in_vain(use->period, other->period))
            am_patch_conflict(patch, use->why, other->why, am_patch_string(use->project, "code"));
    }
    struct am_patch_use *kept = AM_ARENA_NEW(patch->arena, 1, struct am_patch_use);
    if (!kept) {
        patch->out_of_memory = true;
        return;
    }
    *kept = *use;
    kept->next = patch->uses;
    patch->uses = kept;
}
