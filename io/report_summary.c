#include "io/report_summary.h"

#include <inttypes.h>

#include "io/report_words.h"
#include "io/text.h"

enum { LABEL_WIDTH = 16, REASONS_TOLD = 3 };

static void label(struct am_text *text, const char *word)
{
    am_text_format(text, "  %-*s", LABEL_WIDTH, word);
}

static void put_count(struct am_text *text, int64_t count, const char *one, const char *many)
{
    am_text_thousands(text, count);
    am_text_format(text, " %s", count == 1 ? one : many);
}

static void put_people(struct am_text *text, const struct am_figures *figures)
{
    struct am_reason_count reasons[AM_RULE_COUNT + 1];
    int count = am_reasons_sorted(figures, reasons);
    label(text, "placed");
    am_text_thousands(text, figures->placed);
    am_text_add(text, " of ");
    put_count(text, figures->due, "person", "people");
    am_text_add(text, ", ");
    put_count(text, figures->appointments, "appointment", "appointments");
    am_text_char(text, '\n');
    label(text, "not placed");
    am_text_thousands(text, figures->unplaced_count);
    am_text_char(text, '\n');
    for (int i = 0; i < count && i < REASONS_TOLD; i++) {
        am_text_format(text, "  %*d  ", LABEL_WIDTH + 4, reasons[i].people);
        am_text_reason(text, reasons[i].reason);
        am_text_char(text, '\n');
    }
    if (count > REASONS_TOLD) {
        int others = 0;
        for (int i = REASONS_TOLD; i < count; i++)
            others += reasons[i].people;
        am_text_format(text, "  %*d  other reasons, in roster.json\n", LABEL_WIDTH + 4, others);
    }
}

static void put_share(struct am_text *text, int64_t part, int64_t whole)
{
    if (whole > 0)
        am_text_format(text, " (%" PRId64 " %%)", part * 100 / whole);
}

static void put_sessions(struct am_text *text, const struct am_figures *figures)
{
    label(text, "sessions run");
    am_text_thousands(text, figures->run_sessions);
    am_text_add(text, " of ");
    am_text_thousands(text, figures->open_sessions);
    am_text_add(text, " open\n");
    label(text, "seats used");
    am_text_thousands(text, figures->seats_used);
    am_text_add(text, " of ");
    am_text_thousands(text, figures->seats);
    put_share(text, figures->seats_used, figures->seats);
    am_text_add(text, ", about ");
    am_text_tenths(text, figures->expected_hundredths);
    am_text_add(text, " people expected\n");
    label(text, "work booked");
    am_text_duration(text, figures->booked_min);
    am_text_char(text, '\n');
    label(text, "travel");
    if (figures->journeys == 0)
        am_text_add(text, "no journey known\n");
    else {
        int64_t legs = 2 * (int64_t)figures->journeys;
        am_text_format(text, "%" PRId64 " min each way on average, ",
                       (figures->travel_min + legs / 2) / legs);
        am_text_duration(text, figures->travel_min);
        am_text_add(text, " in all\n");
    }
}

static void put_orders(struct am_text *text, const struct am_figures *figures)
{
    label(text, "late starts");
    am_text_thousands(text, figures->late_count);
    am_text_char(text, '\n');
    label(text, "orders");
    put_count(text, figures->outlooks[AM_AT_RISK], "at risk", "at risk");
    am_text_add(text, ", ");
    put_count(text, figures->outlooks[AM_CANNOT_FINISH], "cannot finish in time",
              "cannot finish in time");
    am_text_add(text, ", ");
    put_count(text, figures->outlooks[AM_OVERDUE], "overdue", "overdue");
    am_text_char(text, '\n');
    if (figures->change_count > 0) {
        label(text, "changes");
        put_count(text, figures->change_count, "change", "changes");
        am_text_add(text, " to what was published\n");
    }
}

static void put_proof(struct am_text *text, const struct am_roster *roster, int64_t centiseconds)
{
    const struct am_proof *proof = &roster->proof;
    label(text, "objective");
    am_text_thousands(text, proof->objective);
    am_text_add(text, " points\n");
    label(text, "proven bound");
    am_text_thousands(text, proof->bound);
    am_text_add(text, " points (");
    am_text_thousands(text, proof->objective - proof->bound);
    am_text_add(text, " between)\n");
    label(text, "gap");
    am_text_ppm(text, am_proof_gap_ppm(proof));
    am_text_char(text, '\n');
    label(text, "outcome");
    am_text_format(text, "%s: ", am_outcome_word(roster->outcome));
    am_text_verdict(text, roster);
    am_text_char(text, '\n');
    if (centiseconds >= 0) {
        label(text, "time");
        am_text_format(text, "%" PRId64 ".%02" PRId64 " s\n", centiseconds / 100,
                       centiseconds % 100);
    }
}

am_status am_report_summary(const struct am_roster_context *context, const struct am_roster *roster,
                            const struct am_figures *figures, int64_t centiseconds, char **text,
                            struct am_err *err)
{
    struct am_text bytes = {0};
    am_text_add(&bytes, "Roster for ");
    am_text_window(&bytes, context->caseload);
    am_text_char(&bytes, '\n');
    put_people(&bytes, figures);
    put_sessions(&bytes, figures);
    put_orders(&bytes, figures);
    put_proof(&bytes, roster, centiseconds);
    am_status status = am_text_status(&bytes, err);
    if (status)
        am_text_release(&bytes);
    *text = bytes.bytes;
    return status;
}
