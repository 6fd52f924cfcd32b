#include "cli/forecast_doubts.h"

#include <stdio.h>

enum { PATH_BYTES = 64, TEXT_BYTES = 256 };

static void warn_of_order(const struct am_derived *derived, struct am_diag *diag, int order,
                          const char *text)
{
    const struct am_caseload *caseload = &derived->caseload;
    const struct am_order *of = &caseload->orders[order];
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "$.people[%d].orders[%d]", of->person,
                   order - caseload->people[of->person].first_order);
    am_diag_add(diag, AM_WARNING,
                (struct am_where){caseload->file, of->at.line, of->at.column, path}, "%s", text);
}

static void find_worked_out(const struct am_derived *derived, struct am_diag *diag, int order)
{
    const struct am_order *of = &derived->caseload.orders[order];
    const struct am_order_state *state = &derived->orders.orders[order];
    char text[TEXT_BYTES];
    if (of->status != AM_ORDER_ACTIVE || of->worked_min < state->needed_min)
        return;
    (void)snprintf(text, sizeof text,
                   "person \"%s\": the order is active, though %d minutes are worked and %d "
                   "complete it; it counts as finished",
                   derived->caseload.people[of->person].crn, of->worked_min, state->needed_min);
    warn_of_order(derived, diag, order, text);
}

static void find_hopeless(const struct am_derived *derived, const struct am_ledger_entry *entry,
                          struct am_diag *diag)
{
    const struct am_order *of = &derived->caseload.orders[entry->order];
    const struct am_order_state *state = &derived->orders.orders[entry->order];
    char text[TEXT_BYTES], date[AM_DATE_TEXT];
    if (!state->open || state->deadline == AM_NO_DATE || entry->weeks_left == 0 ||
        entry->could_min > 0)
        return;
    (void)snprintf(text, sizeof text,
                   "person \"%s\": there is no session up to the deadline, %s, that the person "
                   "could attend",
                   derived->caseload.people[of->person].crn, am_date_format(state->deadline, date));
    warn_of_order(derived, diag, entry->order, text);
}

/* The types of placement, and who may lead, come into the plan alone. */
static void find_unplaceable(const struct am_derived *derived, const struct am_order_ledger *ledger,
                             const struct am_horizon *horizon, int order, struct am_diag *diag)
{
    const struct am_order *of = &derived->caseload.orders[order];
    int planned = horizon->planned_of[of->person];
    char text[TEXT_BYTES];
    if (planned < 0 || derived->orders.people[of->person].order != order ||
        horizon->planned[planned].option_count > 0 ||
        ledger->entries[ledger->of[order]].could_min == 0)
        return;
    (void)snprintf(text, sizeof text,
                   "person \"%s\": no session is of a type of placement that suits the person and "
                   "led by somebody who may lead it for them (R10, R11)",
                   derived->caseload.people[of->person].crn);
    warn_of_order(derived, diag, order, text);
}

/* A deadline before the window is most likely a window that was not moved on
 * where it is so of every order. */
static void find_late_window(const struct am_derived *derived, struct am_diag *diag)
{
    const struct am_caseload *caseload = &derived->caseload;
    int open = 0;
    for (int o = 0; o < caseload->order_count; o++) {
        const struct am_order_state *state = &derived->orders.orders[o];
        if (!state->open)
            continue;
        open++;
        if (state->deadline == AM_NO_DATE || state->deadline >= caseload->from)
            return;
    }
    if (open > 0)
        am_diag_add(diag, AM_WARNING, (struct am_where){caseload->file, 0, 0, "$.window.from"},
                    "the window begins after the deadline of every open order");
}

void am_forecast_doubts(const struct am_derived *derived, const struct am_order_ledger *ledger,
                        const struct am_horizon *horizon, struct am_diag *diag)
{
    for (int o = 0; o < derived->caseload.order_count; o++) {
        find_worked_out(derived, diag, o);
        find_hopeless(derived, &ledger->entries[ledger->of[o]], diag);
        find_unplaceable(derived, ledger, horizon, o, diag);
    }
    find_late_window(derived, diag);
}
