/* People: only what the rules and wishes look at. */
#include "io/redact_work.h"

static void put_ids(struct am_redact_work *work, const char *key, enum am_redact_kind kind,
                    struct am_indices indices)
{
    if (indices.count == 0)
        return;
    am_emit_open(&work->emit, key, '[', true);
    for (int i = 0; i < indices.count; i++)
        am_redact_id(work, NULL, kind, indices.at[i]);
    am_emit_close(&work->emit);
}

static void put_placement(struct am_redact_work *work, const struct am_person *person)
{
    static const char *const words[] = {"mixed_group", "women_only", "individual"};
    am_emit_open(&work->emit, "placement", '[', true);
    for (int i = 0; i < 3; i++)
        if (person->placement & (1U << i))
            am_emit_string(&work->emit, NULL, words[i]);
    am_emit_close(&work->emit);
}

static void put_modes(struct am_redact_work *work, const struct am_person *person)
{
    am_emit_open(&work->emit, "travel_modes", '[', true);
    for (int mode = 0; mode < AM_MODE_COUNT; mode++)
        if (person->modes & (1U << mode))
            am_emit_string(&work->emit, NULL, am_mode_word((enum am_mode)mode));
    am_emit_close(&work->emit);
}

static void put_runs(struct am_redact_work *work, const struct am_order *order)
{
    if (order->runs == AM_RUNS_ALONE)
        return;
    am_emit_open(&work->emit, "runs", '{', true);
    am_redact_event(work, order->runs == AM_RUNS_AFTER ? "after" : "concurrent_with",
                    order->runs_order);
    am_emit_close(&work->emit);
}

static void put_order(struct am_redact_work *work, int index)
{
    const struct am_order *order = &work->caseload->orders[index];
    struct am_emit *emit = &work->emit;
    am_emit_open(emit, NULL, '{', true);
    am_redact_event(work, "event", index);
    am_redact_date(work, "sentence_date", order->sentence_date);
    am_emit_int(emit, "ordered_minutes", order->ordered_min);
    am_emit_int(emit, "adjustment_minutes", order->adjustment_min);
    am_emit_int(emit, "worked_minutes", order->worked_min);
    am_emit_int(emit, "ete_minutes", order->ete_min);
    am_redact_date(work, "deadline", order->own_deadline);
    am_emit_string(emit, "status", am_order_status_word(order->status));
    put_runs(work, order);
    am_emit_close(emit);
}

static bool contains(struct am_indices indices, int wanted)
{
    for (int i = 0; i < indices.count; i++)
        if (indices.at[i] == wanted)
            return true;
    return false;
}

/* R13 at projects, for whatever reason. */
static void put_barred_projects(struct am_redact_work *work, const struct am_person *person)
{
    const struct am_caseload *caseload = work->caseload;
    if (!person->must_avoid && !person->needs && person->barred_projects.count == 0)
        return;
    am_emit_open(&work->emit, "barred_projects", '[', true);
    for (int j = 0; j < caseload->project_count; j++) {
        const struct am_project *project = &caseload->projects[j];
        if ((person->must_avoid & project->tags) || (person->needs & ~project->offers) ||
            contains(person->barred_projects, j))
            am_redact_id(work, NULL, AM_REDACT_PROJECT, j);
    }
    am_emit_close(&work->emit);
}

/* Of two who are to be kept apart the first names the second. */
static void put_keep_apart(struct am_redact_work *work, int index)
{
    struct am_indices later = work->caseload->people[index].keep_apart;
    while (later.count > 0 && later.at[0] <= index) {
        later.at++;
        later.count--;
    }
    put_ids(work, "keep_apart", AM_REDACT_PERSON, later);
}

static void put_allocations(struct am_redact_work *work, const struct am_person *person)
{
    static const char *const words[] = {"once", "weekly", "fortnightly"};
    if (person->allocation_count == 0)
        return;
    am_emit_open(&work->emit, "allocations", '[', true);
    for (int i = 0; i < person->allocation_count; i++) {
        const struct am_allocation *allocation = &person->allocations[i];
        am_emit_open(&work->emit, NULL, '{', true);
        am_redact_id(work, "project", AM_REDACT_PROJECT, allocation->project);
        am_redact_days(work, allocation->days);
        am_emit_string(&work->emit, "frequency", words[allocation->frequency]);
        am_redact_date(work, "from", allocation->from);
        am_redact_date(work, "to", allocation->to);
        am_emit_close(&work->emit);
    }
    am_emit_close(&work->emit);
}

/* R11, R10: agreements are written only of those on whom they have an effect. */
static void put_company(struct am_redact_work *work, const struct am_person *person)
{
    struct am_emit *emit = &work->emit;
    am_emit_string(emit, "gender", am_gender_word(person->gender));
    if (person->may_join_women_only &&
        (person->gender == AM_GENDER_OTHER || person->gender == AM_GENDER_UNKNOWN))
        am_emit_bool(emit, "may_join_women_only", true);
    if (person->consents_alone && person->gender == AM_FEMALE)
        am_emit_bool(emit, "consents_alone", true);
    if (person->supervisor_gender >= 0)
        am_emit_string(emit, "supervisor_gender",
                       am_gender_word((enum am_gender)person->supervisor_gender));
}

static void put_working_week(struct am_redact_work *work, const struct am_person *person)
{
    struct am_emit *emit = &work->emit;
    am_redact_date(work, "inducted_on", person->inducted_on);
    am_redact_time(work, person->available, person->unavailable);
    if (person->intensive_agreed) {
        am_emit_open(emit, "intensive", '{', true);
        am_emit_bool(emit, "agreed", true);
        am_emit_int(emit, "target_minutes", person->intensive_target_min);
        am_emit_close(emit);
    }
    if (person->weekly_max_min >= 0)
        am_emit_int(emit, "weekly_max_minutes", person->weekly_max_min);
    am_emit_bool(emit, "wants_ete", person->wants_ete);
    am_emit_int(emit, "attendance", person->attendance_percent);
}

static void put_person(struct am_redact_work *work, int index)
{
    const struct am_person *person = &work->caseload->people[index];
    struct am_emit *emit = &work->emit;
    am_emit_open(emit, NULL, '{', true);
    am_redact_id(work, "crn", AM_REDACT_PERSON, index);
    put_company(work, person);
    put_placement(work, person);
    if (person->home >= 0)
        am_redact_id(work, "home", AM_REDACT_PLACE, person->home);
    else
        am_emit_null(emit, "home");
    put_modes(work, person);
    am_emit_open(emit, "orders", '[', true);
    for (int i = 0; i < person->order_count; i++)
        put_order(work, person->first_order + i);
    am_emit_close(emit);
    put_working_week(work, person);
    put_barred_projects(work, person);
    put_ids(work, "barred_places", AM_REDACT_PLACE, person->barred_places);
    put_ids(work, "prefers", AM_REDACT_PROJECT, person->prefers);
    put_keep_apart(work, index);
    put_allocations(work, person);
    am_emit_close(emit);
}

void am_redact_people(struct am_redact_work *work)
{
    am_emit_open(&work->emit, "people", '[', false);
    for (int p = 0; p < work->caseload->person_count; p++)
        put_person(work, p);
    am_emit_close(&work->emit);
}
