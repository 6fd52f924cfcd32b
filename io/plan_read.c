/*
 * A plan's file on a caseload: curves to aim at, or cells to audit.
 */
#include "io/plan_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/names.h"
#include "io/atomic_file.h"
#include "io/plan_file.h"

enum { WEEK_DAYS = 7, HEAD_BYTES = 4096 };

/* ---- what ids stand for ---- */

static am_status index_people(const struct am_caseload *caseload, struct am_arena *arena,
                              struct am_names *names, struct am_err *err)
{
    int number;
    am_names_init(names, arena);
    for (int p = 0; p < caseload->person_count; p++)
        if (am_names_add(names, caseload->people[p].crn, &number) == AM_ENOMEM)
            return am_fail_memory(err);
    return AM_OK;
}

/* ---- to aim at ---- */

/* Does the plan know every order of theirs on which new appointments can count? */
static bool knows_orders(const struct am_caseload *caseload, int person,
                         const struct am_plan_file_planned *of)
{
    const struct am_person *who = &caseload->people[person];
    for (int j = who->first_order; j < who->first_order + who->order_count; j++) {
        const struct am_order *order = &caseload->orders[j];
        bool known = order->status != AM_ORDER_ACTIVE ||
                     order->ordered_min + order->adjustment_min <= order->worked_min;
        for (int e = 0; e < of->event_count; e++)
            known = known || strcmp(of->events[e], order->event) == 0;
        if (!known)
            return false;
    }
    return true;
}

/* A copy in the arena of whoever called. */
static int32_t *copy_curve(const int32_t *curve, int weeks, struct am_arena *arena)
{
    int32_t *copy = AM_ARENA_NEW(arena, (size_t)weeks, int32_t);
    if (copy)
        memcpy(copy, curve, (size_t)weeks * sizeof *copy);
    return copy;
}

static int by_person(const void *a, const void *b)
{
    const struct am_aim_curve *x = a, *y = b;
    return (x->person > y->person) - (x->person < y->person);
}

static am_status take_curves(const struct am_plan_file *file, const struct am_caseload *caseload,
                             struct am_arena *arena, struct am_aims *aims,
                             struct am_plan_origin *origin, struct am_err *err)
{
    struct am_names names;
    am_status status = index_people(caseload, arena, &names, err);
    *aims = (struct am_aims){.from = file->from, .weeks = file->weeks};
    aims->curves = AM_ARENA_NEW(arena, (size_t)file->planned_count, struct am_aim_curve);
    if (status != AM_OK || !aims->curves)
        return am_fail_memory(err);
    for (int i = 0; i < file->planned_count; i++) {
        const struct am_plan_file_planned *of = &file->planned[i];
        int person = of->arrival < 0 ? am_names_find(&names, of->crn) : -1;
        origin->people += of->arrival < 0;
        origin->gone += of->arrival < 0 && person < 0;
        if (person < 0)
            continue;
        struct am_aim_curve *curve = &aims->curves[aims->count++];
        *curve = (struct am_aim_curve){
            person, of->left_min, copy_curve(of->by_min, file->weeks, arena),
            copy_curve(of->least_min, file->weeks, arena), knows_orders(caseload, person, of)};
        if (!curve->by_min || !curve->least_min)
            return am_fail_memory(err);
    }
    qsort(aims->curves, (size_t)aims->count, sizeof *aims->curves, by_person);
    return AM_OK;
}

/* Does the window lie within the weeks that are planned, and the plan tell of
 * anybody in the caseload? */
static void check_fit(struct am_plan_file *file, const struct am_caseload *caseload,
                      const struct am_aims *aims, const struct am_plan_origin *origin)
{
    char from[AM_DATE_TEXT], window[AM_DATE_TEXT];
    (void)am_date_format(file->from, from);
    (void)am_date_format(caseload->from, window);
    if (caseload->from < file->from)
        am_json_error(&file->json, NULL,
                      "this plan begins on %s, after the window of %s (%s): a plan serves the "
                      "weeks from its first on",
                      from, caseload->file, window);
    else if (am_caseload_last(caseload) >= file->from + WEEK_DAYS * file->weeks)
        am_json_error(&file->json, NULL,
                      "this plan of %d weeks from %s ends before the window of %s (%s): make a "
                      "new one",
                      file->weeks, from, caseload->file, window);
    else if (aims->count == 0 && origin->people > 0)
        am_json_error(&file->json, NULL, "this plan is of other people: none of its %d is in %s",
                      origin->people, caseload->file);
    else if (!origin->of_input && !origin->of_earlier)
        am_json_warning(&file->json, file->input_at,
                        "this plan was made from another caseload of this week than %s: what it "
                        "asks for may no longer fit",
                        caseload->file);
}

am_status am_plan_read_aims(struct am_aims *aims, struct am_plan_origin *origin,
                            const struct am_caseload *caseload, const char *path,
                            struct am_arena *arena, struct am_diag *diag, struct am_err *err)
{
    struct am_plan_file file;
    int errors = diag->errors;
    *origin = (struct am_plan_origin){0};
    am_status status = am_plan_file_read(&file, path, diag, err);
    if (status == AM_OK) {
        memcpy(origin->sha256, file.sha256, sizeof origin->sha256);
        origin->of_input = strcmp(file.input_sha256, caseload->sha256) == 0;
        origin->of_earlier = file.from < caseload->from;
        status = take_curves(&file, caseload, arena, aims, origin, err);
    }
    if (status == AM_OK) {
        check_fit(&file, caseload, aims, origin);
        if (diag->errors > errors)
            status = am_fail(err, AM_EINVALID, "%s: not a plan for this window", path);
    }
    am_plan_file_release(&file);
    return status;
}

/* ---- to audit ---- */

struct fit {
    struct am_plan_file *file;
    const struct am_horizon *horizon;
    struct am_names people;
    int32_t *planned_of; /* by planned of the file: in the horizon, -1 */
    struct am_arena scratch;
};

static bool same_kind(const struct am_horizon *horizon, int k,
                      const struct am_plan_file_kind *claimed)
{
    const struct am_caseload *caseload = horizon->caseload;
    const struct am_place_kind *kind = &horizon->kinds[k];
    const char *place = kind->place >= 0 ? caseload->places[kind->place].id : "";
    return strcmp(claimed->project, caseload->projects[kind->project].code) == 0 &&
           strcmp(claimed->place, place) == 0 && claimed->minutes == kind->minutes &&
           claimed->seats == kind->seats && claimed->supervised == kind->supervised &&
           claimed->part == kind->part;
}

static void fit_kinds(struct fit *fit)
{
    struct am_plan_file *file = fit->file;
    const struct am_horizon *horizon = fit->horizon;
    if (file->weeks != horizon->weeks || file->from != horizon->caseload->from)
        am_json_error(&file->json, NULL, "the weeks of this plan are not those of the caseload");
    if (file->kind_count != horizon->kind_count)
        am_json_error(&file->json, NULL, "%d kinds of place, but the caseload has %d",
                      file->kind_count, horizon->kind_count);
    for (int k = 0; k < file->kind_count && k < horizon->kind_count; k++)
        if (!same_kind(horizon, k, &file->kinds[k]))
            am_json_error(&file->json, file->kinds[k].at,
                          "the caseload's kind %d is another than this", k);
}

static int find_planned(const struct fit *fit, const struct am_plan_file_planned *of)
{
    const struct am_horizon *horizon = fit->horizon;
    if (of->arrival < 0) {
        int person = am_names_find(&fit->people, of->crn);
        return person < 0 ? -1 : horizon->planned_of[person];
    }
    for (int i = 0; i < horizon->planned_count; i++)
        if (horizon->planned[i].arrival == of->arrival)
            return i;
    return -1;
}

static void fit_planned(struct fit *fit)
{
    struct am_plan_file *file = fit->file;
    for (int i = 0; i < file->planned_count; i++) {
        const struct am_plan_file_planned *of = &file->planned[i];
        fit->planned_of[i] = find_planned(fit, of);
        if (fit->planned_of[i] >= 0)
            continue;
        if (of->arrival >= 0)
            am_json_error(&file->json, of->at, "the caseload has no arrival %d", of->arrival);
        else
            am_json_error(&file->json, of->at,
                          "the caseload has nobody \"%s\" with minutes to book", of->crn);
    }
}

static am_status collect_cells(const struct fit *fit, struct am_plan *plan, struct am_err *err)
{
    const struct am_plan_file *file = fit->file;
    size_t count = 0, at = 0;
    for (int i = 0; i < file->planned_count; i++)
        count += (size_t)file->planned[i].cell_count;
    struct am_plan_cell *cells = calloc(count + 1, sizeof *cells);
    if (!cells)
        return am_fail_memory(err);
    for (int i = 0; i < file->planned_count; i++)
        for (int c = 0; c < file->planned[i].cell_count; c++) {
            const struct am_plan_file_cell *cell = &file->planned[i].cells[c];
            cells[at++] =
                (struct am_plan_cell){fit->planned_of[i], cell->week, cell->kind, cell->minutes};
        }
    am_status status = am_plan_make(plan, fit->horizon, cells, (int)count, err);
    free(cells);
    return status;
}

/* Prices into the plan; do the figures beside them agree with its cells? */
static bool take_uses(const struct fit *fit, struct am_plan *plan)
{
    const struct am_plan_file *file = fit->file;
    const struct am_horizon *horizon = fit->horizon;
    bool agree = true;
    int64_t told = 0, used = 0;
    for (int i = 0; i < file->use_count; i++) {
        const struct am_plan_file_use *claimed = &file->uses[i];
        int at = claimed->kind * horizon->weeks + claimed->week;
        struct am_plan_use *use = &plan->uses[at];
        use->price = claimed->price;
        told += claimed->seat_min;
        agree = agree && claimed->held_min == horizon->held_min[at] &&
                claimed->run_min == use->run_min && claimed->seat_min == use->seat_min;
    }
    for (int i = 0; i < plan->cell_count; i++)
        used += plan->cells[i].minutes;
    for (int i = 0; i < file->supervisor_count; i++) {
        const struct am_plan_file_supervisors *claimed = &file->supervisors[i];
        int at = claimed->week * AM_SUPERVISED_ROWS + claimed->row;
        plan->supervisor_price[at] = claimed->price;
        agree = agree && claimed->minutes == horizon->supervised_min[at];
    }
    return agree && told == used;
}

/* Are the curves of everybody those of the cells? */
static am_status compare_curves(struct fit *fit, const struct am_plan *plan, bool *agree,
                                struct am_err *err)
{
    const struct am_plan_file *file = fit->file;
    size_t weeks = (size_t)file->weeks, bytes = weeks * sizeof(int32_t);
    const int64_t *spare = am_plan_spare(plan, &fit->scratch);
    int32_t *by_min = AM_ARENA_NEW(&fit->scratch, weeks, int32_t);
    int32_t *least_min = AM_ARENA_NEW(&fit->scratch, weeks, int32_t);
    am_status status = spare && by_min && least_min ? AM_OK : am_fail_memory(err);
    *agree = file->planned_count == fit->horizon->planned_count;
    for (int i = 0; i < file->planned_count && status == AM_OK; i++) {
        const struct am_plan_file_planned *of = &file->planned[i];
        if (of->arrival >= 0)
            continue;
        status = am_plan_curves(plan, spare, fit->planned_of[i], by_min, least_min, err);
        *agree = *agree && memcmp(by_min, of->by_min, bytes) == 0 &&
                 memcmp(least_min, of->least_min, bytes) == 0;
    }
    return status;
}

static am_status fit_file(struct fit *fit, struct am_diag *diag, struct am_err *err)
{
    struct am_plan_file *file = fit->file;
    const struct am_caseload *caseload = fit->horizon->caseload;
    int errors = diag->errors;
    fit->planned_of = AM_ARENA_NEW(&fit->scratch, (size_t)file->planned_count, int32_t);
    if (!fit->planned_of)
        return am_fail_memory(err);
    am_status status = index_people(caseload, &fit->scratch, &fit->people, err);
    if (status != AM_OK)
        return status;
    if (strcmp(file->input_sha256, caseload->sha256) != 0)
        am_json_error(&file->json, file->input_at,
                      "this plan was made from another caseload than %s", caseload->file);
    else {
        fit_kinds(fit);
        fit_planned(fit);
    }
    return diag->errors > errors
               ? am_fail(err, AM_EINVALID, "%s: not a plan of this caseload", file->json.file)
               : AM_OK;
}

static am_status make_plan(struct fit *fit, struct am_plan *plan, struct am_plan_claims *claims,
                           struct am_err *err)
{
    am_status status = collect_cells(fit, plan, err);
    if (status != AM_OK)
        return status;
    claims->objective = fit->file->objective;
    claims->bound = plan->bound = fit->file->bound;
    claims->uses_agree = take_uses(fit, plan);
    status = compare_curves(fit, plan, &claims->curves_agree, err);
    if (status != AM_OK)
        am_plan_release(plan);
    return status;
}

am_status am_plan_read(struct am_plan *plan, const struct am_horizon *horizon, const char *path,
                       struct am_plan_claims *claims, struct am_diag *diag, struct am_err *err)
{
    struct am_plan_file file;
    struct fit fit = {.file = &file, .horizon = horizon};
    *claims = (struct am_plan_claims){0};
    am_arena_init(&fit.scratch);
    am_status status = am_plan_file_read(&file, path, diag, err);
    if (status == AM_OK)
        status = fit_file(&fit, diag, err);
    if (status == AM_OK)
        status = make_plan(&fit, plan, claims, err);
    am_plan_file_release(&file);
    am_arena_release(&fit.scratch);
    return status;
}

am_status am_plan_head_read(struct am_plan_head *head, const char *path, struct am_diag *diag,
                            struct am_err *err)
{
    struct am_plan_file file;
    am_status status = am_plan_file_read(&file, path, diag, err);
    *head = (struct am_plan_head){file.weeks, file.arrivals_per_week};
    am_plan_file_release(&file);
    return status;
}

/* The format stands first in what amends writes, so the head of the file tells. It
 * is read without taking memory: for want of it a plan would pass for a roster. */
bool am_is_plan(const char *path)
{
    char head[HEAD_BYTES + 1];
    size_t size = 0;
    ssize_t more = 1;
    int in = open(path, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return false;
    while (size < HEAD_BYTES && (more > 0 || (more < 0 && errno == EINTR))) {
        more = read(in, head + size, HEAD_BYTES - size);
        size += more > 0 ? (size_t)more : 0;
    }
    (void)close(in);
    head[size] = '\0';
    return strstr(head, "\"amends-plan/1\"") != NULL;
}
