/*
 * windows - when somebody is free (R2, and for supervisors R10).
 */
#include "model/eligible_rules.h"

static bool is_in_force(const struct am_window *window, am_date date)
{
    if (!(window->days & (1U << am_weekday_of(date))))
        return false;
    if (window->valid_from != AM_NO_DATE && date < window->valid_from)
        return false;
    if (window->valid_to != AM_NO_DATE && date > window->valid_to)
        return false;
    if (window->every_weeks <= 1 || window->valid_from == AM_NO_DATE)
        return true;
    return am_week_of(date, am_monday_of(window->valid_from)) % window->every_weeks == 0;
}

/* Does the union of the day's windows contain start .. end? Goes from window
 * to window as far as each reaches. */
static bool windows_contain(struct am_windows windows, am_date date, int start, int end)
{
    int reached = start;
    bool found = true;
    while (found) {
        found = false;
        for (int i = 0; i < windows.count; i++) {
            const struct am_window *window = &windows.at[i];
            if (window->from > reached || window->to < reached || !is_in_force(window, date))
                continue;
            if (window->to >= end)
                return true;
            if (window->to > reached) {
                reached = window->to;
                found = true;
            }
        }
    }
    return false;
}

bool am_has_window(struct am_windows windows, am_date date)
{
    for (int i = 0; i < windows.count; i++)
        if (is_in_force(&windows.at[i], date))
            return true;
    return false;
}

bool am_available(struct am_windows windows, struct am_absences absences, am_date date, int start,
                  int end)
{
    am_stamp from = am_stamp_of(date, start), to = am_stamp_of(date, end);
    for (int i = 0; i < absences.count; i++)
        if (absences.at[i].start < to && absences.at[i].end > from)
            return false;
    return windows_contain(windows, date, start, end);
}

bool am_windows_steady(struct am_windows windows)
{
    for (int i = 0; i < windows.count; i++)
        if (windows.at[i].valid_from != AM_NO_DATE || windows.at[i].valid_to != AM_NO_DATE ||
            windows.at[i].every_weeks > 1)
            return false;
    return true;
}
