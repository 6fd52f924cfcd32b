/*
 * What happened before the window, as continuity (S7) wants to know it.
 */
#include "model/order.h"

#include <stdlib.h>
#include <string.h>

static bool was_last_week(const struct am_caseload *caseload, const struct am_appointment *a)
{
    return a->state != AM_STOOD_DOWN && a->date < caseload->from && a->date >= caseload->from - 7;
}

static am_status index_last_week(const struct am_caseload *caseload, struct am_arena *arena,
                                 struct am_history *history, struct am_err *err)
{
    size_t people = (size_t)caseload->person_count;
    int32_t *first = AM_ARENA_NEW(arena, people + 2, int32_t);
    history->last_week = AM_ARENA_NEW(arena, (size_t)caseload->appointment_count, int32_t);
    if (!first || !history->last_week)
        return am_fail_memory(err);
    for (int i = 0; i < caseload->appointment_count; i++)
        if (was_last_week(caseload, &caseload->appointments[i]))
            first[caseload->appointments[i].person + 2]++;
    for (size_t p = 2; p < people + 2; p++)
        first[p] += first[p - 1];
    /* each entry moves up to the end of its own as they are filled in */
    for (int i = 0; i < caseload->appointment_count; i++)
        if (was_last_week(caseload, &caseload->appointments[i]))
            history->last_week[first[caseload->appointments[i].person + 1]++] = i;
    history->first = first;
    return AM_OK;
}

/* Who last led a session definition, as far as the file has been read. */
struct led {
    const char *id;
    am_date date;
    int supervisor;
};

static int compare_led(const void *a, const void *b)
{
    return strcmp(((const struct led *)a)->id, ((const struct led *)b)->id);
}

static int list_definitions(const struct am_caseload *caseload, struct led *led)
{
    int count = 0;
    for (int s = 0; s < caseload->window_session_count; s++)
        led[s] = (struct led){caseload->sessions[s].id, AM_NO_DATE, -1};
    qsort(led, (size_t)caseload->window_session_count, sizeof *led, compare_led);
    for (int i = 0; i < caseload->window_session_count; i++)
        if (count == 0 || compare_led(&led[count - 1], &led[i]) != 0)
            led[count++] = led[i];
    return count;
}

static struct led *find_led(struct led *led, int count, const char *id)
{
    struct led key = {id, AM_NO_DATE, -1};
    return count > 0 ? bsearch(&key, led, (size_t)count, sizeof *led, compare_led) : NULL;
}

static am_status find_last_leaders(const struct am_caseload *caseload, struct am_arena *arena,
                                   struct am_history *history, struct am_err *err)
{
    size_t sessions = (size_t)caseload->window_session_count;
    struct led *led = AM_ARENA_NEW(arena, sessions, struct led);
    history->last_leader = AM_ARENA_NEW(arena, sessions, int32_t);
    if (!led || !history->last_leader)
        return am_fail_memory(err);
    int count = list_definitions(caseload, led);
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        if (a->date >= caseload->from || a->supervisor < 0)
            continue;
        struct led *last = find_led(led, count, a->session_id);
        if (last && a->date >= last->date)
            *last = (struct led){last->id, a->date, a->supervisor};
    }
    for (int s = 0; s < caseload->window_session_count; s++) {
        const struct led *last = find_led(led, count, caseload->sessions[s].id);
        history->last_leader[s] = last ? last->supervisor : -1;
    }
    return AM_OK;
}

am_status am_history_build(const struct am_caseload *caseload, struct am_arena *arena,
                           struct am_history *history, struct am_err *err)
{
    am_status status = index_last_week(caseload, arena, history, err);
    return status == AM_OK ? find_last_leaders(caseload, arena, history, err) : status;
}
