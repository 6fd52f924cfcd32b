#include "solver/trial.h"

#include <string.h>

/* ---- who has a place where ---- */

static int32_t session_of(const struct am_trial *trial, int64_t pair)
{
    return trial->seats->instance->pairs[pair].session;
}

/* The list follows what the person has on a day. */
static void set_cell(struct am_trial *trial, int person, int day, int64_t pair)
{
    int64_t *has = &am_seats_of(trial->seats, person)[day];
    int32_t cell = person * trial->seats->instance->days + day;
    if (*has >= 0)
        am_lists_remove(&trial->booked, session_of(trial, *has), cell);
    *has = pair;
    if (pair >= 0)
        am_lists_push(&trial->booked, session_of(trial, pair), cell);
}

static void list_all(struct am_trial *trial)
{
    const struct am_instance *instance = trial->seats->instance;
    const int64_t *chosen = trial->seats->decision->chosen;
    for (int32_t cell = 0; cell < instance->person_count * instance->days; cell++)
        if (chosen[cell] >= 0)
            am_lists_push(&trial->booked, session_of(trial, chosen[cell]), cell);
}

am_status am_trial_init(struct am_trial *trial, struct am_seats *seats, struct am_arena *arena,
                        struct am_err *err)
{
    const struct am_instance *instance = seats->instance;
    size_t people = (size_t)instance->person_count, days = (size_t)instance->days;
    size_t sessions = (size_t)instance->session_count;
    *trial = (struct am_trial){.seats = seats,
                               .sessions = AM_ARENA_NEW(arena, sessions, struct am_trial_session),
                               .had = AM_ARENA_NEW(arena, AM_TRIAL_MOST * days, int64_t),
                               .session_touched = AM_ARENA_NEW(arena, sessions, int32_t),
                               .person_touched = AM_ARENA_NEW(arena, people, int32_t)};
    if (!trial->sessions || !trial->had || !trial->session_touched || !trial->person_touched)
        return am_fail_memory(err);
    am_status status = am_lists_init(&trial->booked, sessions, people * days, arena, err);
    if (status == AM_OK)
        list_all(trial);
    return status;
}

/* ---- what is touched ---- */

void am_trial_begin(struct am_trial *trial)
{
    trial->number++;
    trial->session_count = trial->person_count = 0;
}

bool am_trial_has(const struct am_trial *trial, int person)
{
    return trial->person_touched[person] == trial->number;
}

bool am_trial_take_in(struct am_trial *trial, int person)
{
    const struct am_instance *instance = trial->seats->instance;
    const int64_t *has = am_seats_of(trial->seats, person);
    size_t days = (size_t)instance->days;
    int i = trial->person_count;
    if (am_trial_has(trial, person))
        return true;
    if (i == AM_TRIAL_MOST)
        return false;
    trial->person_touched[person] = trial->number;
    trial->people[i] = person;
    trial->points[i] = am_pattern_points(instance, person, has, NULL);
    memcpy(trial->had + (size_t)i * days, has, days * sizeof *has);
    trial->person_count++;
    return true;
}

static void touch_session(struct am_trial *trial, int32_t session)
{
    const struct am_seats *seats = trial->seats;
    if (trial->session_touched[session] == trial->number)
        return;
    trial->session_touched[session] = trial->number;
    trial->sessions[trial->session_count++] =
        (struct am_trial_session){.session = session,
                                  .supervisor = seats->decision->supervisor[session],
                                  .runs = seats->decision->runs[session],
                                  .heads = seats->heads[session],
                                  .points = am_seats_session_points(seats, session)};
}

/* ---- changes ---- */

static void leave(struct am_trial *trial, int person, int day)
{
    int64_t pair = am_seats_of(trial->seats, person)[day];
    int32_t session = session_of(trial, pair);
    touch_session(trial, session);
    am_heads_add(trial->seats->instance, pair, person, -1, &trial->seats->heads[session]);
    set_cell(trial, person, day, -1);
}

static void come(struct am_trial *trial, int person, int day, int64_t pair)
{
    int32_t session = session_of(trial, pair);
    touch_session(trial, session);
    am_heads_add(trial->seats->instance, pair, person, 1, &trial->seats->heads[session]);
    trial->seats->decision->runs[session] = true;
    set_cell(trial, person, day, pair);
}

bool am_trial_leave(struct am_trial *trial, int person, int day)
{
    if (!am_trial_take_in(trial, person))
        return false;
    leave(trial, person, day);
    return true;
}

bool am_trial_seat(struct am_trial *trial, int person)
{
    const struct am_seats *seats = trial->seats;
    if (!am_trial_take_in(trial, person))
        return false;
    for (int d = 0; d < seats->instance->days; d++) {
        int64_t has = am_seats_of(seats, person)[d];
        int64_t to = seats->chosen[d] < 0
                         ? -1
                         : seats->instance->people[person].first_pair + seats->chosen[d];
        if (to == has)
            continue;
        if (has >= 0) {
            leave(trial, person, d);
            am_seats_close_if_empty(trial->seats, session_of(trial, has));
        }
        if (to >= 0)
            come(trial, person, d, to);
    }
    return true;
}

int64_t am_trial_loss(const struct am_trial *trial, int i)
{
    const struct am_seats *seats = trial->seats;
    int64_t now = am_pattern_points(seats->instance, trial->people[i],
                                    am_seats_of(seats, trial->people[i]), NULL);
    return now == INT64_MAX ? now : now - trial->points[i];
}

int64_t am_trial_points(const struct am_trial *trial)
{
    int64_t sum = 0;
    for (int i = 0; i < trial->person_count; i++) {
        int64_t loss = am_trial_loss(trial, i);
        if (loss == INT64_MAX)
            return INT64_MAX;
        sum += loss;
    }
    for (int i = 0; i < trial->session_count; i++) {
        int64_t now = am_seats_session_points(trial->seats, trial->sessions[i].session);
        if (now == INT64_MAX)
            return INT64_MAX;
        sum += now - trial->sessions[i].points;
    }
    return sum;
}

void am_trial_undo(struct am_trial *trial)
{
    struct am_seats *seats = trial->seats;
    int days = seats->instance->days;
    for (int i = 0; i < trial->person_count; i++)
        for (int d = 0; d < days; d++) {
            int64_t had = trial->had[(int64_t)i * days + d];
            if (am_seats_of(seats, trial->people[i])[d] != had)
                set_cell(trial, trial->people[i], d, had);
        }
    for (int i = 0; i < trial->session_count; i++) {
        const struct am_trial_session *was = &trial->sessions[i];
        seats->decision->runs[was->session] = was->runs;
        seats->decision->supervisor[was->session] = was->supervisor;
        seats->heads[was->session] = was->heads;
    }
}
