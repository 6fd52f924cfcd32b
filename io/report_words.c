#include "io/report_words.h"

void am_text_date(struct am_text *text, am_date date)
{
    struct am_civil civil = am_civil_of(date);
    am_text_format(text, "%d %s %d", civil.day, am_month_name(civil.month), civil.year);
}

void am_text_day(struct am_text *text, am_date date)
{
    am_text_format(text, "%s ", am_weekday_name(am_weekday_of(date)));
    am_text_date(text, date);
}

void am_text_window(struct am_text *text, const struct am_caseload *caseload)
{
    struct am_civil first = am_civil_of(caseload->from);
    struct am_civil last = am_civil_of(am_caseload_last(caseload));
    am_text_format(text, "%s %d %s", am_weekday_name(am_weekday_of(caseload->from)), first.day,
                   am_month_name(first.month));
    if (first.year != last.year)
        am_text_format(text, " %d", first.year);
    am_text_add(text, " to ");
    am_text_day(text, am_caseload_last(caseload));
}

void am_text_reason(struct am_text *text, int reason)
{
    if (reason < 0)
        am_text_add(text, "no place: what they could attend is full or does not run");
    else if (am_rule_restricted((enum am_rule)reason))
        am_text_format(text, "%s: a restriction on this case", am_rule_id((enum am_rule)reason));
    else
        am_text_format(text, "%s: %s", am_rule_id((enum am_rule)reason),
                       am_rule_sentence((enum am_rule)reason));
}

static void put_distance(struct am_text *text, const struct am_proof *proof)
{
    int64_t between = proof->objective - proof->bound;
    am_text_add(text, "at most ");
    am_text_thousands(text, between);
    am_text_format(text, " point%s from the best possible", between == 1 ? "" : "s");
}

void am_text_verdict(struct am_text *text, const struct am_roster *roster)
{
    switch (roster->outcome) {
    case AM_OUTCOME_OPTIMAL:
        am_text_add(text, "proven best: no roster that obeys the rules scores better");
        break;
    case AM_OUTCOME_FEASIBLE:
        put_distance(text, &roster->proof);
        break;
    case AM_OUTCOME_STOPPED:
        am_text_add(text, "cut short by a limit or an interrupt, and ");
        put_distance(text, &roster->proof);
        break;
    case AM_OUTCOME_NONE:
        am_text_add(text, "not one: a limit was reached before there was any");
        break;
    }
}

int am_reasons_sorted(const struct am_figures *figures,
                      struct am_reason_count reasons[AM_RULE_COUNT + 1])
{
    int count = 0;
    for (int reason = -1; reason < AM_RULE_COUNT; reason++) {
        int people = reason < 0 ? figures->no_place : figures->reasons[reason];
        if (people == 0)
            continue;
        int at = count++;
        for (; at > 0 && reasons[at - 1].people < people; at--)
            reasons[at] = reasons[at - 1];
        reasons[at] = (struct am_reason_count){reason, people};
    }
    return count;
}
