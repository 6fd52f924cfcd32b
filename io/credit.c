#include "io/credit.h"

#include <stdlib.h>
#include <string.h>

#include "io/credit_work.h"
#include "model/earned.h"

/* ---- crediting ---- */

int32_t am_credit_remaining(const struct am_credit_work *work, int order)
{
    const struct am_order *given = &work->caseload->orders[order];
    int32_t needed = am_minutes_needed(&work->caseload->policy, given, work->absent[order]);
    return needed > work->worked_min[order] ? needed - work->worked_min[order] : 0;
}

/* R7: what of these minutes of education an order can still take. */
static int32_t education_min(const struct am_credit_work *work, int order, int32_t minutes)
{
    int32_t percent = work->caseload->policy.ete_percent;
    if (percent == AM_NO_LIMIT)
        return minutes;
    int64_t allowed = (int64_t)work->caseload->orders[order].ordered_min * percent / 100;
    int64_t left = allowed - work->ete_min[order];
    if (left < 0)
        left = 0;
    return left < minutes ? (int32_t)left : minutes;
}

static void credit_order(struct am_credit_work *work, int order, int32_t minutes, bool education)
{
    work->worked_min[order] += minutes;
    work->ete_min[order] += education ? minutes : 0;
    work->credited[order] = true;
}

static bool run_together(const struct am_caseload *caseload, int a, int b)
{
    const struct am_order *first = &caseload->orders[a], *second = &caseload->orders[b];
    return (first->runs == AM_RUNS_CONCURRENT && first->runs_order == b) ||
           (second->runs == AM_RUNS_CONCURRENT && second->runs_order == a);
}

/* Minutes worked count to the orders that run together with the one credited,
 * up to what those have left. */
static void credit_concurrent(struct am_credit_work *work, const struct am_entry *entry,
                              int32_t minutes, bool education)
{
    const struct am_person *person = &work->caseload->people[entry->person];
    for (int k = 0; k < person->order_count; k++) {
        int other = person->first_order + k;
        const struct am_order *order = &work->caseload->orders[other];
        if (other == entry->order || !run_together(work->caseload, entry->order, other) ||
            order->status != AM_ORDER_ACTIVE || order->sentence_date > entry->date)
            continue;
        int32_t left = am_credit_remaining(work, other);
        int32_t part = left < minutes ? left : minutes;
        if (education)
            part = education_min(work, other, part);
        if (part > 0)
            credit_order(work, other, part, education);
    }
}

/* What is missed without an excuse, in whatever week, ends what an order earns. */
static void find_absences(struct am_credit_work *work)
{
    for (int i = 0; i < work->entries.count; i++) {
        const struct am_entry *entry = &work->entries.at[i];
        if (!entry->gone && entry->state == AM_MISSED_UNACCEPTABLE)
            work->absent[entry->order] = true;
    }
}

/* One outcome, in the order in which things happened. */
static void credit_entry(struct am_credit_work *work, struct am_entry *entry)
{
    const struct am_caseload *caseload = work->caseload;
    enum am_project_type type = caseload->projects[entry->project].type;
    work->result->outcomes++;
    if (entry->state != AM_ATTENDED)
        return;
    work->result->attended++;
    int32_t left = am_credit_remaining(work, entry->order);
    if (entry->credited_min > left)
        am_diag_add(work->diag, AM_ERROR,
                    (struct am_where){work->request->outcomes, entry->line, 0, "credited"},
                    "found %d minutes, expected at most the %d that remain of event %s of %s",
                    (int)entry->credited_min, (int)left, caseload->orders[entry->order].event,
                    caseload->people[entry->person].crn);
    if (entry->credited_min < 0)
        entry->credited_min = entry->minutes;
    if (entry->credited_min > left)
        entry->credited_min = left;
    credit_order(work, entry->order, entry->credited_min, type == AM_ETE);
    credit_concurrent(work, entry, entry->credited_min, type == AM_ETE);
    work->result->credited_min += entry->credited_min;
    if (type == AM_INDUCTION && caseload->people[entry->person].inducted_on == AM_NO_DATE &&
        work->inducted_on[entry->person] == AM_NO_DATE) {
        work->inducted_on[entry->person] = entry->date;
        work->result->inducted++;
    }
}

static int compare_entries(const void *a, const void *b)
{
    const struct am_entry *x = *(struct am_entry *const *)a, *y = *(struct am_entry *const *)b;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

static am_status credit_all(struct am_credit_work *work, struct am_err *err)
{
    int count = 0;
    struct am_entry **recorded =
        AM_ARENA_NEW(&work->arena, (size_t)work->entries.count, struct am_entry *);
    if (!recorded)
        return am_fail_memory(err);
    for (int i = 0; i < work->entries.count; i++)
        if (work->entries.at[i].line)
            recorded[count++] = &work->entries.at[i];
    qsort(recorded, (size_t)count, sizeof(struct am_entry *), compare_entries);
    find_absences(work);
    for (int i = 0; i < count; i++)
        credit_entry(work, recorded[i]);
    return AM_OK;
}

/* ---- history ---- */

/* Does entry i come after entry j, of the same session (S7) or order (S1)? */
static bool comes_after(const struct am_credit_work *work, int i, int j)
{
    if (j < 0)
        return true;
    const struct am_entry *a = &work->entries.at[i], *b = &work->entries.at[j];
    return a->date > b->date || (a->date == b->date && i > j);
}

/* The last entry of each order that shows that it has started, where no
 * minutes do. */
static void keep_starts(struct am_credit_work *work, int *last, bool *keep)
{
    for (int i = 0; i < work->entries.count; i++) {
        const struct am_entry *entry = &work->entries.at[i];
        if (!entry->gone && entry->state != AM_STOOD_DOWN && work->worked_min[entry->order] == 0 &&
            comes_after(work, i, last[entry->order]))
            last[entry->order] = i;
    }
    for (int o = 0; o < work->caseload->order_count; o++)
        if (last[o] >= 0)
            keep[last[o]] = true;
}

/* Entries with a supervisor, sorted by session, then latest last. */
static int compare_sessions(const void *a, const void *b)
{
    const struct am_entry *x = *(struct am_entry *const *)a, *y = *(struct am_entry *const *)b;
    int order = strcmp(x->session_id, y->session_id);
    if (order != 0)
        return order;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void keep_leaders(struct am_credit_work *work, struct am_entry **led, bool *keep)
{
    int count = 0;
    for (int i = 0; i < work->entries.count; i++)
        if (!work->entries.at[i].gone && work->entries.at[i].supervisor >= 0)
            led[count++] = &work->entries.at[i];
    qsort(led, (size_t)count, sizeof(struct am_entry *), compare_sessions);
    for (int i = 0; i < count; i++)
        if (i + 1 == count || strcmp(led[i]->session_id, led[i + 1]->session_id) != 0)
            keep[led[i] - work->entries.at] = true;
}

/* What ends what an order earns. */
static void keep_absences(struct am_credit_work *work, bool *keep)
{
    for (int i = 0; i < work->entries.count; i++)
        if (work->caseload->policy.earned_reduction &&
            work->entries.at[i].state == AM_MISSED_UNACCEPTABLE)
            keep[i] = true;
}

static am_status drop_history(struct am_credit_work *work, struct am_err *err)
{
    size_t count = (size_t)work->entries.count, orders = (size_t)work->caseload->order_count;
    bool *keep = AM_ARENA_NEW(&work->arena, count, bool);
    int *last = AM_ARENA_NEW(&work->arena, orders, int);
    struct am_entry **led = AM_ARENA_NEW(&work->arena, count, struct am_entry *);
    if (!keep || !last || !led)
        return am_fail_memory(err);
    for (size_t o = 0; o < orders; o++)
        last[o] = -1;
    keep_starts(work, last, keep);
    keep_leaders(work, led, keep);
    keep_absences(work, keep);
    for (int i = 0; i < work->entries.count; i++) {
        struct am_entry *entry = &work->entries.at[i];
        bool old = entry->date < work->from - 7 * AM_CREDIT_HISTORY_WEEKS;
        if (entry->gone)
            continue;
        if (entry->state == AM_BOOKED)
            work->result->without_outcome += entry->date < work->from;
        else if (old && !keep[i]) {
            entry->gone = true;
            work->result->left_out++;
        }
    }
    return AM_OK;
}

/* ---- the whole ---- */

static am_status prepare(struct am_credit_work *work, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    const struct am_roster *roster = work->request->roster;
    struct am_entries *entries = &work->entries;
    size_t orders = (size_t)caseload->order_count, people = (size_t)caseload->person_count;
    entries->room = caseload->appointment_count + (roster ? roster->appointment_count : 0);
    entries->at = AM_ARENA_NEW(&work->arena, (size_t)entries->room, struct am_entry);
    entries->first = AM_ARENA_NEW(&work->arena, people, int);
    work->worked_min = AM_ARENA_NEW(&work->arena, orders, int32_t);
    work->ete_min = AM_ARENA_NEW(&work->arena, orders, int32_t);
    work->credited = AM_ARENA_NEW(&work->arena, orders, bool);
    work->absent = AM_ARENA_NEW(&work->arena, orders, bool);
    work->inducted_on = AM_ARENA_NEW(&work->arena, people, am_date);
    if (!entries->at || !entries->first || !work->worked_min || !work->ete_min || !work->credited ||
        !work->absent || !work->inducted_on)
        return am_fail_memory(err);
    for (int p = 0; p < caseload->person_count; p++) {
        entries->first[p] = -1;
        work->inducted_on[p] = AM_NO_DATE;
    }
    for (int o = 0; o < caseload->order_count; o++) {
        work->worked_min[o] = caseload->orders[o].worked_min;
        work->ete_min[o] = caseload->orders[o].ete_min;
    }
    return AM_OK;
}

static am_status read_all(struct am_credit_work *work, struct am_err *err)
{
    am_status status = prepare(work, err);
    if (status == AM_OK)
        status = am_credit_tree_read(work, err);
    if (status == AM_OK)
        status = am_credit_outcomes_read(work, err);
    if (status == AM_OK)
        status = credit_all(work, err);
    if (status == AM_OK && work->diag->errors > 0)
        return am_fail(err, AM_EINVALID, "%s: %d mistakes", work->request->outcomes,
                       work->diag->errors);
    return status;
}

am_status am_credit(const struct am_credit_request *request, struct am_diag *diag,
                    struct am_credit_result *result, struct am_err *err)
{
    struct am_credit_work work = {
        .request = request, .caseload = request->caseload, .result = result, .diag = diag};
    *result = (struct am_credit_result){0};
    work.from = request->caseload->from +
                7 * (request->weeks >= 0 ? request->weeks : request->caseload->weeks);
    work.as_of = request->as_of;
    if (work.as_of == AM_NO_DATE)
        work.as_of = work.from > request->caseload->as_of ? work.from : request->caseload->as_of;
    result->from = work.from;
    am_arena_init(&work.arena);
    am_status status = read_all(&work, err);
    if (status == AM_OK)
        status = drop_history(&work, err);
    if (status == AM_OK)
        status = am_credit_tree_write(&work, err);
    for (int i = 0; i < work.entries.count; i++)
        cJSON_Delete(work.entries.at[i].item);
    cJSON_Delete(work.root);
    am_arena_release(&work.arena);
    return status;
}
