#include "solver/occupancy.h"

/* From the last to the first, each to the front: so the lists ascend. */
static void list_all(struct am_occupancy *occupancy, const struct am_decision *decision)
{
    const struct am_instance *instance = occupancy->instance;
    for (int32_t cell = instance->person_count * instance->days - 1; cell >= 0; cell--)
        if (decision->chosen[cell] >= 0)
            am_lists_push(&occupancy->booked, instance->pairs[decision->chosen[cell]].session,
                          cell);
    for (int32_t s = instance->session_count - 1; s >= 0; s--)
        if (decision->supervisor[s] >= 0)
            am_lists_push(&occupancy->leading, decision->supervisor[s], s);
}

am_status am_occupancy_init(struct am_occupancy *occupancy, const struct am_instance *instance,
                            const struct am_decision *decision, struct am_arena *arena,
                            struct am_err *err)
{
    size_t sessions = (size_t)instance->session_count;
    size_t cells = (size_t)instance->person_count * (size_t)instance->days;
    occupancy->instance = instance;
    occupancy->heads = AM_ARENA_NEW(arena, sessions, struct am_heads);
    am_status status = occupancy->heads ? AM_OK : am_fail_memory(err);
    if (status == AM_OK)
        status = am_lists_init(&occupancy->booked, sessions, cells, arena, err);
    if (status == AM_OK)
        status = am_lists_init(&occupancy->leading, (size_t)instance->supervisor_count, sessions,
                               arena, err);
    if (status != AM_OK)
        return status;
    am_heads_count(instance, decision, occupancy->heads);
    list_all(occupancy, decision);
    return AM_OK;
}

void am_occupancy_move(struct am_occupancy *occupancy, int person, int day, int64_t from,
                       int64_t to)
{
    const struct am_instance *instance = occupancy->instance;
    int32_t cell = person * instance->days + day;
    if (from >= 0) {
        int32_t session = instance->pairs[from].session;
        am_heads_add(instance, from, person, -1, &occupancy->heads[session]);
        am_lists_remove(&occupancy->booked, session, cell);
    }
    if (to >= 0) {
        int32_t session = instance->pairs[to].session;
        am_heads_add(instance, to, person, 1, &occupancy->heads[session]);
        am_lists_insert(&occupancy->booked, session, cell);
    }
}

void am_occupancy_hand_over(struct am_occupancy *occupancy, int32_t session, int32_t from,
                            int32_t to)
{
    if (from == to)
        return;
    if (from >= 0)
        am_lists_remove(&occupancy->leading, from, session);
    if (to >= 0)
        am_lists_insert(&occupancy->leading, to, session);
}
