/* Writes amends-plan/1. The reader is in io/plan_read.c. */
#include "io/plan_json.h"

#include <stddef.h>

#include "io/emit_json.h"

struct writer {
    struct am_emit emit;
    struct am_arena scratch;
    const struct am_plan_context *context;
    const struct am_caseload *caseload;
    const struct am_plan *plan;
    const struct am_horizon *horizon;
    const int64_t *spare;
    int32_t *by_min, *least_min; /* the curves of the one in hand */
};

/* ---- parts that recur ---- */

static void put_person(struct writer *w, const char *key, int person)
{
    am_emit_string(&w->emit, key, w->caseload->people[person].crn);
}

/* ---- made, proof, cost ---- */

static void put_made(struct writer *w)
{
    const struct am_plan_context *context = w->context;
    struct am_emit *emit = &w->emit;
    am_emit_open(emit, "made", '{', false);
    am_emit_string(emit, "program", "amends");
    am_emit_string(emit, "version", context->version);
    am_emit_string(emit, "input_sha256", w->caseload->sha256);
    am_emit_date(emit, "as_of", w->caseload->as_of);
    am_emit_date(emit, "from", w->caseload->from);
    am_emit_int(emit, "weeks", w->horizon->weeks);
    am_emit_int(emit, "arrivals_per_week", context->arrivals_per_week);
    am_emit_open(emit, "settings", '{', true);
    am_emit_int(emit, "gap", context->gap_ppm);
    am_emit_int(emit, "steps", context->steps);
    am_emit_close(emit);
    am_emit_close(emit);
}

static void put_proof(struct writer *w)
{
    const struct am_plan *plan = w->plan;
    am_emit_open(&w->emit, "proof", '{', false);
    am_emit_int(&w->emit, "objective", plan->objective);
    am_emit_int(&w->emit, "bound", plan->bound);
    am_emit_int(&w->emit, "between", plan->objective - plan->bound);
    am_emit_int(&w->emit, "gap_millionths", am_plan_gap_ppm(plan));
    am_emit_close(&w->emit);
}

static void put_cost(struct writer *w, const struct am_plan_cost *cost)
{
    am_emit_open(&w->emit, "cost", '{', false);
    am_emit_int(&w->emit, "start", cost->start);
    am_emit_int(&w->emit, "must", cost->must);
    am_emit_int(&w->emit, "offer", cost->offer);
    am_emit_int(&w->emit, "left", cost->left);
    am_emit_int(&w->emit, "travel", cost->travel);
    am_emit_int(&w->emit, "total", cost->total);
    am_emit_close(&w->emit);
}

/* ---- kinds of place and their use ---- */

static void put_kind(struct writer *w, int index)
{
    const struct am_place_kind *kind = &w->horizon->kinds[index];
    const char *place = kind->place >= 0 ? w->caseload->places[kind->place].id : "";
    struct am_emit *emit = &w->emit;
    am_emit_open(emit, NULL, '{', true);
    am_emit_int(emit, "kind", index);
    am_emit_string(emit, "project", w->caseload->projects[kind->project].code);
    am_emit_string(emit, "place", place);
    am_emit_int(emit, "minutes", kind->minutes);
    am_emit_int(emit, "seats", kind->seats);
    am_emit_bool(emit, "supervised", kind->supervised);
    am_emit_string(emit, "part", am_week_part_word(kind->part));
    am_emit_close(emit);
}

static void put_use(struct writer *w, int week, int kind)
{
    int at = kind * w->horizon->weeks + week;
    const struct am_plan_use *use = &w->plan->uses[at];
    struct am_emit *emit = &w->emit;
    if (w->horizon->held_min[at] == 0)
        return;
    am_emit_open(emit, NULL, '{', true);
    am_emit_int(emit, "week", week);
    am_emit_int(emit, "kind", kind);
    am_emit_int(emit, "held", w->horizon->held_min[at]);
    am_emit_int(emit, "run", use->run_min);
    am_emit_int(emit, "seat_minutes", use->seat_min);
    am_emit_int(emit, "price", use->price);
    am_emit_close(emit);
}

static void put_supervisors(struct writer *w, int week)
{
    static const char *const words[] = {"weekdays", "saturday", "sunday", "week"};
    struct am_emit *emit = &w->emit;
    for (int row = 0; row < AM_SUPERVISED_ROWS; row++) {
        int at = week * AM_SUPERVISED_ROWS + row;
        am_emit_open(emit, NULL, '{', true);
        am_emit_int(emit, "week", week);
        am_emit_string(emit, "part", words[row]);
        am_emit_int(emit, "minutes", w->horizon->supervised_min[at]);
        am_emit_int(emit, "price", w->plan->supervisor_price[at]);
        am_emit_close(emit);
    }
}

static void put_capacity(struct writer *w)
{
    am_emit_open(&w->emit, "kinds", '[', false);
    for (int k = 0; k < w->horizon->kind_count; k++)
        put_kind(w, k);
    am_emit_close(&w->emit);
    am_emit_open(&w->emit, "capacity", '[', false);
    for (int week = 0; week < w->horizon->weeks; week++)
        for (int k = 0; k < w->horizon->kind_count; k++)
            put_use(w, week, k);
    am_emit_close(&w->emit);
    am_emit_open(&w->emit, "supervisors", '[', false);
    for (int week = 0; week < w->horizon->weeks; week++)
        put_supervisors(w, week);
    am_emit_close(&w->emit);
}

/* ---- people ---- */

static void put_numbers(struct writer *w, const char *key, const int32_t *numbers)
{
    am_emit_open(&w->emit, key, '[', true);
    for (int week = 0; week < w->horizon->weeks; week++)
        am_emit_int(&w->emit, NULL, numbers[week]);
    am_emit_close(&w->emit);
}

static void put_cells(struct writer *w, int planned)
{
    am_emit_open(&w->emit, "cells", '[', true);
    for (int c = w->plan->first[planned]; c < w->plan->first[planned + 1]; c++) {
        const struct am_plan_cell *cell = &w->plan->cells[c];
        am_emit_open(&w->emit, NULL, '{', true);
        am_emit_int(&w->emit, "week", cell->week);
        am_emit_int(&w->emit, "kind", cell->kind);
        am_emit_int(&w->emit, "minutes", cell->minutes);
        am_emit_close(&w->emit);
    }
    am_emit_close(&w->emit);
}

static void put_orders(struct writer *w, int planned)
{
    const struct am_planned *who = &w->horizon->planned[planned];
    am_emit_open(&w->emit, "orders", '[', true);
    for (int t = 0; t < who->target_count; t++) {
        const struct am_plan_target *target = &who->targets[t];
        am_emit_open(&w->emit, NULL, '{', true);
        am_emit_string(&w->emit, "event", w->caseload->orders[target->order].event);
        am_emit_date(&w->emit, "deadline", w->context->orders->orders[target->order].deadline);
        am_emit_int(&w->emit, "until_minutes", target->until_min);
        am_emit_int(&w->emit, "short_minutes", am_plan_short_min(w->plan, planned, t));
        am_emit_close(&w->emit);
    }
    am_emit_close(&w->emit);
}

static am_status put_curves(struct writer *w, int planned, struct am_err *err)
{
    am_status status = am_plan_curves(w->plan, w->spare, planned, w->by_min, w->least_min, err);
    if (status == AM_OK) {
        put_numbers(w, "planned_by", w->by_min);
        put_numbers(w, "needed_by", w->least_min);
    }
    return status;
}

static am_status put_planned(struct writer *w, int planned, struct am_err *err)
{
    const struct am_planned *who = &w->horizon->planned[planned];
    const struct am_plan_context *of = w->context;
    am_status status = AM_OK;
    am_emit_open(&w->emit, NULL, '{', true);
    if (who->arrival < 0) {
        put_person(w, "crn", who->person);
        put_orders(w, planned);
        am_emit_int(&w->emit, "left_minutes",
                    am_aim_left_min(of->caseload, of->orders, of->clocks, who->person));
        am_emit_int(&w->emit, "to_book_minutes", who->to_book_min);
        status = put_curves(w, planned, err);
    } else {
        am_emit_int(&w->emit, "arrival", who->arrival);
        put_person(w, "like", who->person);
        am_emit_date(&w->emit, "sentence_date", who->sentence);
        am_emit_int(&w->emit, "to_book_minutes", who->to_book_min);
    }
    put_cells(w, planned);
    am_emit_close(&w->emit);
    return status;
}

static am_status put_all_planned(struct writer *w, struct am_err *err)
{
    am_status status = AM_OK;
    for (int arrivals = 0; arrivals < 2; arrivals++) {
        am_emit_open(&w->emit, arrivals ? "arrivals" : "people", '[', false);
        for (int i = 0; i < w->horizon->planned_count && status == AM_OK; i++)
            if ((w->horizon->planned[i].arrival >= 0) == (arrivals == 1))
                status = put_planned(w, i, err);
        am_emit_close(&w->emit);
    }
    return status;
}

static am_status put_plan(struct writer *w, struct am_err *err)
{
    struct am_plan_cost cost;
    am_status status = am_plan_cost(w->plan, &cost, err);
    if (status != AM_OK)
        return status;
    am_emit_open(&w->emit, NULL, '{', false);
    am_emit_string(&w->emit, "format", "amends-plan/1");
    put_made(w);
    put_proof(w);
    put_cost(w, &cost);
    put_capacity(w);
    status = put_all_planned(w, err);
    am_emit_close(&w->emit);
    return status;
}

static am_status prepare(struct writer *w, struct am_err *err)
{
    size_t weeks = (size_t)w->horizon->weeks;
    w->spare = am_plan_spare(w->plan, &w->scratch);
    w->by_min = AM_ARENA_NEW(&w->scratch, weeks, int32_t);
    w->least_min = AM_ARENA_NEW(&w->scratch, weeks, int32_t);
    return w->spare && w->by_min && w->least_min ? AM_OK : am_fail_memory(err);
}

am_status am_plan_json(const struct am_plan_context *context, const struct am_plan *plan,
                       char **text, struct am_err *err)
{
    struct am_text bytes = {0};
    struct writer w = {
        .context = context, .caseload = context->caseload, .plan = plan, .horizon = plan->horizon};
    *text = NULL;
    am_arena_init(&w.scratch);
    am_emit_init(&w.emit, &bytes);
    am_status status = prepare(&w, err);
    if (status == AM_OK)
        status = put_plan(&w, err);
    if (status == AM_OK)
        status = am_text_status(&bytes, err);
    if (status != AM_OK)
        am_text_release(&bytes);
    *text = status == AM_OK ? bytes.bytes : NULL;
    am_arena_release(&w.scratch);
    return status;
}
