/*
 * One week of one future (docs/formulation.md, section 9): seats are given out
 * in four rounds, then it is drawn who attends.
 *
 * All bookings of a week are made before any of its outcomes is known.
 */
#include <string.h>

#include "base/random.h"
#include "model/futures_parts.h"

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* ---- one person in the week at hand ---- */

struct visitor {
    const struct am_futures_person *person;
    struct am_futures_standing *standing;
    struct am_futures_bookings *bookings;
    int index;
};

static struct visitor visitor_of(const struct am_futures_bench *bench, int p)
{
    return (struct visitor){&bench->frame->setup->people[p], &bench->one->standings[p],
                            &bench->bookings[p], p};
}

static size_t at_week(const struct am_futures_bench *bench, int p)
{
    const struct am_futures_setup *setup = bench->frame->setup;
    return (size_t)bench->week * (size_t)setup->person_count + (size_t)p;
}

static const int32_t *orders_of(const struct am_futures_bench *bench, const struct visitor *visitor)
{
    return bench->frame->setup->sequence + visitor->person->first_order;
}

/* Minutes not yet credited, of the orders that may be worked this week. */
static int64_t left_min(const struct am_futures_bench *bench, const struct visitor *visitor)
{
    return bench->frame->setup->ahead_min[at_week(bench, visitor->index)] -
           visitor->standing->credited_min;
}

/* ---- what each round asks for, in minutes still to be booked ---- */

/* What one order needs this week, if later weeks bring no more than expected.
 * Nothing where it is too late, or where even full attendance does not help.
 * (Booked by now is only what was booked before the plan was made.) */
static int64_t order_must(const struct am_futures_bench *bench, const struct visitor *visitor,
                          int order)
{
    const struct am_futures_frame *frame = bench->frame;
    if (frame->due_week[order] == INT32_MAX || frame->due_week[order] < bench->week)
        return 0;
    size_t at = at_week(bench, visitor->index);
    int64_t left = frame->setup->orders[order].ahead_min - visitor->standing->credited_min;
    int64_t later = frame->due_min[order] - frame->until_min[at];
    if (left > later + frame->setup->most_min[at] + visitor->bookings->min)
        return 0;
    return left - later * visitor->person->attendance_percent / 100;
}

static int64_t ask_must(const struct am_futures_bench *bench, const struct visitor *visitor)
{
    const int32_t *orders = orders_of(bench, visitor);
    int64_t must = 0;
    for (int i = visitor->standing->place; i < visitor->person->order_count; i++)
        must = most(must, order_must(bench, visitor, orders[i]));
    return must - visitor->bookings->min;
}

/* Behind the plan, by what was booked in its place and by what was worked. */
static int64_t ask_planned(const struct am_futures_bench *bench, const struct visitor *visitor)
{
    const struct am_futures_standing *standing = visitor->standing;
    return bench->frame->setup->target_min[at_week(bench, visitor->index)] -
           most(standing->plan_min, standing->credited_min) - visitor->bookings->min;
}

/* Behind the plan by what was worked: what was missed is made up. */
static int64_t ask_missed(const struct am_futures_bench *bench, const struct visitor *visitor)
{
    return bench->frame->setup->target_min[at_week(bench, visitor->index)] -
           visitor->standing->credited_min - visitor->bookings->min;
}

/* ---- taking a seat ---- */

/* The most minutes that an appointment there may turn out to have (R7): which
 * one is cut depends on those that are booked after it. */
static int64_t ete_most(const struct am_futures_bench *bench, const struct visitor *visitor,
                        const struct am_futures_kind *kind)
{
    return least(kind->minutes, left_min(bench, visitor));
}

/* Minutes that a session of this kind would be booked for; 0: it may not be. */
static int64_t bookable_min(const struct am_futures_bench *bench, const struct visitor *visitor,
                            const struct am_futures_kind *kind)
{
    const struct am_futures_bookings *bookings = visitor->bookings;
    int64_t minutes = least(kind->minutes, left_min(bench, visitor) - bookings->min);
    int64_t week_left =
        bench->frame->setup->most_min[at_week(bench, visitor->index)] - bookings->week_min;
    if (minutes > week_left)
        return 0;
    if (kind->ete && ete_most(bench, visitor, kind) > visitor->person->ete_left_min -
                                                          visitor->standing->ete_min -
                                                          bookings->ete_min)
        return 0;
    return minutes;
}

/* Is a seat of this kind to be had, whoever for? Where nobody is left to lead,
 * none will be this week. */
static inline bool has_room(struct am_futures_bench *bench, int k)
{
    if (bench->room[k] == 0)
        return false;
    const struct am_futures_kind *kind = &bench->frame->setup->kinds[k];
    int64_t share = bench->frame->seat_share[k];
    if (kind->supervised &&
        (share > bench->led_left[kind->part] || share > bench->led_left[AM_FUTURES_LED_ALL]))
        bench->room[k] = 0;
    return bench->room[k] > 0;
}

static void take_room(struct am_futures_bench *bench, int k)
{
    const struct am_futures_kind *kind = &bench->frame->setup->kinds[k];
    bench->room[k]--;
    if (!kind->supervised)
        return;
    bench->led_left[kind->part] -= bench->frame->seat_share[k];
    bench->led_left[AM_FUTURES_LED_ALL] -= bench->frame->seat_share[k];
}

static void note(const struct am_futures_bench *bench, const struct visitor *visitor, int k,
                 int weekday)
{
    const struct am_futures_kind *kind = &bench->frame->setup->kinds[k];
    struct am_futures_bookings *bookings = visitor->bookings;
    uint8_t bit = (uint8_t)(1u << weekday);
    bookings->used |= bit;
    bookings->day_min[weekday] = (int16_t)kind->minutes;
    bookings->day_kind[weekday] = k;
    if (!kind->ete)
        return;
    bookings->ete |= bit;
    bookings->ete_min += (int32_t)ete_most(bench, visitor, kind);
}

/* As take_seat, of a kind that has room. */
static int64_t take_free_seat(struct am_futures_bench *bench, const struct visitor *visitor,
                              int reach, int64_t most_min)
{
    const struct am_futures_setup *setup = bench->frame->setup;
    struct am_futures_bookings *bookings = visitor->bookings;
    int k = setup->reach[reach];
    unsigned days = setup->days[(size_t)bench->week * (size_t)setup->reach_count + (size_t)reach];
    days &= ~(unsigned)bookings->used;
    if (days == 0)
        return 0;
    int64_t minutes = bookable_min(bench, visitor, &setup->kinds[k]);
    if (minutes == 0 || minutes > most_min)
        return 0;
    take_room(bench, k);
    note(bench, visitor, k, __builtin_ctz(days));
    bookings->min += (int32_t)minutes;
    bookings->week_min += (int32_t)minutes;
    return minutes;
}

/* Book a seat of the kind at this place of reach[], on the first day that is
 * free, unless that would be more than so many minutes. Minutes booked; 0: none. */
static inline int64_t take_seat(struct am_futures_bench *bench, const struct visitor *visitor,
                                int reach, int64_t most_min)
{
    return has_room(bench, bench->frame->setup->reach[reach])
               ? take_free_seat(bench, visitor, reach, most_min)
               : 0;
}

/* A seat of a kind planned for this week. */
static int64_t take_planned(struct am_futures_bench *bench, const struct visitor *visitor,
                            int64_t most_min)
{
    const struct am_futures_setup *setup = bench->frame->setup;
    size_t at = at_week(bench, visitor->index);
    for (int c = setup->first_cell[at]; c < setup->first_cell[at + 1]; c++) {
        int64_t minutes = take_seat(bench, visitor, setup->cells[c], most_min);
        if (minutes > 0)
            return minutes;
    }
    return 0;
}

/* Is even the shortest session of any kind too long for the week? */
static bool week_is_full(const struct am_futures_bench *bench, const struct visitor *visitor)
{
    const struct am_futures_bookings *bookings = visitor->bookings;
    int64_t week_left =
        bench->frame->setup->most_min[at_week(bench, visitor->index)] - bookings->week_min;
    int64_t left = left_min(bench, visitor) - bookings->min;
    return left <= 0 || week_left < least(left, bench->frame->shortest_min[visitor->index]);
}

/* A seat of whatever kind, those planned for this week before others. What is
 * not to be had once is not to be had later in the week: seats, days and minutes
 * only become fewer. */
static int64_t take_any(struct am_futures_bench *bench, const struct visitor *visitor)
{
    struct am_futures_bookings *bookings = visitor->bookings;
    const struct am_futures_person *person = visitor->person;
    int64_t minutes = take_planned(bench, visitor, INT64_MAX);
    if (minutes == 0 && week_is_full(bench, visitor))
        bookings->tried = person->reach_count;
    for (; minutes == 0 && bookings->tried < person->reach_count; bookings->tried += minutes == 0)
        minutes = take_seat(bench, visitor, person->first_reach + bookings->tried, INT64_MAX);
    return minutes;
}

/* ---- the four rounds ---- */

static void serve_must(struct am_futures_bench *bench, const struct visitor *visitor)
{
    for (int64_t ask = ask_must(bench, visitor), got = 1; ask > 0 && got > 0; ask -= got) {
        got = take_any(bench, visitor);
        visitor->bookings->plan_min += (int32_t)got;
    }
}

/* Sessions that the plan covers wholly, if `whole`; else also the last in part. */
static void serve_planned(struct am_futures_bench *bench, const struct visitor *visitor, bool whole)
{
    for (int64_t ask = ask_planned(bench, visitor), got = 1; ask > 0 && got > 0; ask -= got) {
        got = take_planned(bench, visitor, whole ? ask : INT64_MAX);
        visitor->bookings->plan_min += (int32_t)got;
    }
}

static void serve_missed(struct am_futures_bench *bench, const struct visitor *visitor)
{
    for (int64_t ask = ask_missed(bench, visitor), got = 1; ask > 0 && got > 0; ask -= got)
        got = take_any(bench, visitor);
}

/* What was booked before the plan was made, for those who still work. */
static void take_given(struct am_futures_bench *bench)
{
    const struct am_futures_frame *frame = bench->frame;
    for (int i = frame->first_given[bench->week]; i < frame->first_given[bench->week + 1]; i++) {
        const struct am_futures_given *given = &frame->setup->given[i];
        struct visitor visitor = visitor_of(bench, given->person);
        struct am_futures_bookings *bookings = visitor.bookings;
        if (visitor.standing->place == visitor.person->order_count)
            continue;
        int32_t minutes = (int32_t)least(given->minutes, left_min(bench, &visitor) - bookings->min);
        uint8_t bit = (uint8_t)(1u << given->weekday);
        bookings->used |= bit;
        bookings->ete |= given->ete ? bit : 0;
        bookings->ete_min += given->ete ? given->minutes : 0;
        bookings->day_min[given->weekday] = given->minutes;
        bookings->day_kind[given->weekday] = -1;
        bookings->min += minutes;
        bookings->plan_min += minutes;
    }
}

static void open_week(struct am_futures_bench *bench)
{
    const struct am_futures_setup *setup = bench->frame->setup;
    size_t kinds = (size_t)setup->kind_count;
    memcpy(bench->room, setup->seats + (size_t)bench->week * kinds, kinds * sizeof *bench->room);
    for (int r = 0; r < AM_FUTURES_LED_ROWS; r++)
        bench->led_left[r] =
            (int64_t)setup->led_min[bench->week * AM_FUTURES_LED_ROWS + r] * AM_FUTURES_PARTS;
    for (int i = 0; i < bench->one->working_count; i++)
        bench->bookings[bench->one->working[i]] = (struct am_futures_bookings){0};
    take_given(bench);
}

/* Who may be booked, or is. */
static void find_present(struct am_futures_bench *bench)
{
    bench->present_count = 0;
    for (int i = 0; i < bench->one->working_count; i++) {
        int p = bench->one->working[i];
        if (bench->frame->setup->most_min[at_week(bench, p)] > 0 || bench->bookings[p].used != 0)
            bench->present[bench->present_count++] = p;
    }
}

static void give_seats(struct am_futures_bench *bench)
{
    for (int round = 0; round < 4; round++)
        for (int i = 0; i < bench->present_count; i++) {
            struct visitor visitor = visitor_of(bench, bench->present[i]);
            if (visitor.bookings->tried == visitor.person->reach_count)
                continue;
            if (round == 0)
                serve_must(bench, &visitor);
            else if (round < 3)
                serve_planned(bench, &visitor, round == 1);
            else
                serve_missed(bench, &visitor);
        }
}

/* ---- who attends ---- */

static void finish_orders(struct am_futures_bench *bench, const struct visitor *visitor, int day)
{
    const struct am_futures_frame *frame = bench->frame;
    const int32_t *orders = orders_of(bench, visitor);
    struct am_futures_standing *standing = visitor->standing;
    while (standing->place < visitor->person->order_count) {
        int order = orders[standing->place];
        if (standing->credited_min < frame->setup->orders[order].ahead_min)
            return;
        size_t at = (size_t)order * (size_t)frame->options->count;
        frame->finished_day[at + (size_t)bench->one->number] = (int16_t)day;
        standing->place++;
    }
}

static void tell(const struct am_futures_bench *bench, const struct visitor *visitor, int day,
                 int32_t minutes, bool attended)
{
    const struct am_futures_frame *frame = bench->frame;
    const struct am_futures_event event = {
        .future = bench->one->number,
        .person = visitor->index,
        .week = bench->week,
        .kind = visitor->bookings->day_kind[day % AM_FUTURES_WEEKDAYS],
        .date = frame->setup->from + day,
        .minutes = minutes,
        .attended = attended};
    if (frame->options->watch)
        frame->options->watch(frame->options->context, &event);
}

/* Minutes of a session when so many are credited or booked before it: up to the
 * end of the order that they are of (R6), and of those that may be worked. */
static int64_t cut(const struct am_futures_bench *bench, const struct visitor *visitor,
                   int64_t before, int64_t minutes)
{
    const struct am_futures_setup *setup = bench->frame->setup;
    const int32_t *orders = orders_of(bench, visitor);
    int place = visitor->standing->place;
    while (place < visitor->person->order_count && setup->orders[orders[place]].ahead_min <= before)
        place++;
    if (place == visitor->person->order_count)
        return 0;
    minutes = least(minutes, setup->orders[orders[place]].ahead_min - before);
    return most(0, least(minutes, setup->ahead_min[at_week(bench, visitor->index)] - before));
}

/* Draw the week's appointments in the order of days. */
static void attend(struct am_futures_bench *bench, const struct visitor *visitor)
{
    struct am_futures_standing *standing = visitor->standing;
    const struct am_futures_bookings *bookings = visitor->bookings;
    int64_t before = standing->credited_min;
    for (int days = bookings->used; days != 0; days &= days - 1) {
        int weekday = __builtin_ctz((unsigned)days);
        int day = bench->week * AM_FUTURES_WEEKDAYS + weekday;
        int32_t minutes = (int32_t)cut(bench, visitor, before, bookings->day_min[weekday]);
        bool attended = am_random_percent(am_random_at(standing->stream, (uint64_t)day),
                                          visitor->person->attendance_percent);
        if (minutes == 0) /* all is booked by then: the seat was taken for nothing */
            break;
        before += minutes;
        tell(bench, visitor, day, minutes, attended);
        if (!attended)
            continue;
        standing->credited_min += minutes;
        if (bookings->ete >> weekday & 1)
            standing->ete_min += minutes;
        finish_orders(bench, visitor, day);
    }
    standing->plan_min += bookings->plan_min;
}

static void drop_finished(struct am_futures_bench *bench)
{
    struct am_futures_one *one = bench->one;
    int kept = 0;
    for (int i = 0; i < one->working_count; i++) {
        int p = one->working[i];
        if (one->standings[p].place < bench->frame->setup->people[p].order_count)
            one->working[kept++] = p;
    }
    one->working_count = kept;
}

void am_futures_pass_week(struct am_futures_bench *bench)
{
    open_week(bench);
    find_present(bench);
    give_seats(bench);
    for (int i = 0; i < bench->present_count; i++) {
        struct visitor visitor = visitor_of(bench, bench->present[i]);
        attend(bench, &visitor);
    }
    drop_finished(bench);
}
