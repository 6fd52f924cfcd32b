/* The comparison on a terminal: the base's figures, and how far each scenario is from them. */
#include <inttypes.h>
#include <string.h>

#include "io/compare_report.h"
#include "io/report_words.h"

enum { CELL = 10, NAME_LEAST = 8, HOUR = 60, NAMED_MOST = 12 };

/* What is shown, under which heading. */
static const struct {
    enum am_figure figure;
    const char *heading;
    int divisor; /* minutes as hours, hundredths as people */
} columns[] = {
    {AM_FIGURE_placed, "placed", 1},
    {AM_FIGURE_minutes, "hours", HOUR},
    {AM_FIGURE_late_starts, "late", 1},
    {AM_FIGURE_at_risk, "at risk", 1},
    {AM_FIGURE_cannot_finish, "too late", 1},
    {AM_FIGURE_women_unserved, "women", 1},
    {AM_FIGURE_intensive_unserved, "intensive", 1},
    {AM_FIGURE_idle_places, "idle", 1},
    {AM_FIGURE_travel_minutes, "travel h", HOUR},
    {AM_FIGURE_stand_downs, "stood down", 100},
    {AM_FIGURE_finish_late, "finish l.", 100},
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

bool am_comparison_has(const struct am_comparison *comparison, enum am_figure figure)
{
    for (int i = 0; i < comparison->count; i++)
        if (comparison->rows[i].tally.figures[figure] == AM_FIGURE_UNKNOWN)
            return false;
    return true;
}

const char *am_comparison_word(const struct am_comparison *comparison, int a, int b)
{
    const struct am_compare_row *one = &comparison->rows[a], *other = &comparison->rows[b];
    if (a != b && !(one->same_weights && other->same_weights))
        return "other_weights";
    if (a != b && !(one->same_people && other->same_people))
        return "other_people";
    return am_verdict_word(am_compare_proofs(&one->tally.proof, &other->tally.proof));
}

static int name_width(const struct am_comparison *comparison)
{
    int width = NAME_LEAST;
    for (int i = 0; i < comparison->count; i++) {
        int length = (int)strlen(comparison->rows[i].name);
        width = length > width ? length : width;
    }
    return width;
}

/* To the nearest whole, away from zero where it is half. */
static int64_t divide(int64_t value, int divisor)
{
    int64_t half = value < 0 ? -divisor / 2 : divisor / 2;
    return (value + half) / divisor;
}

/* A cell, aligned to the right: "~" before what lies within the gap. */
static void put_cell(struct am_text *text, int64_t value, bool difference, bool doubtful)
{
    struct am_text cell = {0};
    if (difference && value == 0)
        am_text_add(&cell, "=");
    else {
        am_text_add(&cell, difference && doubtful ? "~" : "");
        am_text_add(&cell, value < 0 ? "-" : difference ? "+" : "");
        am_text_thousands(&cell, value < 0 ? -value : value);
    }
    am_text_format(text, " %*s", CELL, am_text_string(&cell));
    text->failed = text->failed || cell.failed;
    am_text_release(&cell);
}

static enum am_verdict verdict_of(const struct am_comparison *comparison, int i)
{
    return am_compare_proofs(&comparison->rows[i].tally.proof, &comparison->rows[0].tally.proof);
}

static void put_verdict(struct am_text *text, const struct am_comparison *comparison, int i)
{
    static const struct {
        const char *word, *phrase;
    } phrases[] = {
        {"same", "the same, proven"},       {"better", "better, proven"},
        {"worse", "worse, proven"},         {"within_gap", "within the gap"},
        {"other_weights", "other weights"}, {"other_people", "other people"},
    };
    const char *word = am_comparison_word(comparison, i, 0);
    for (size_t p = 0; p < sizeof phrases / sizeof phrases[0]; p++)
        if (strcmp(word, phrases[p].word) == 0)
            am_text_format(text, "  %s", phrases[p].phrase);
}

static void put_row(struct am_text *text, const struct am_comparison *comparison, int i, int width)
{
    const struct am_compare_row *row = &comparison->rows[i], *base = &comparison->rows[0];
    bool doubtful = i > 0 && verdict_of(comparison, i) == AM_VERDICT_WITHIN_GAP;
    am_text_format(text, "  %-*s", width, row->name);
    for (int c = 0; c < COLUMNS; c++) {
        if (!am_comparison_has(comparison, columns[c].figure))
            continue;
        int64_t value = row->tally.figures[columns[c].figure];
        int64_t before = i > 0 ? base->tally.figures[columns[c].figure] : 0;
        put_cell(text, divide(value - before, columns[c].divisor), i > 0, doubtful);
    }
    if (i > 0)
        put_verdict(text, comparison, i);
    am_text_char(text, '\n');
}

/* ---- what each is, and who gains ---- */

static void put_people(struct am_text *text, const struct am_person_effect *effects, int count,
                       enum am_effect effect, const char *label)
{
    int shown = 0;
    for (int i = 0; i < count; i++) {
        if (effects[i].effect != effect)
            continue;
        if (shown == NAMED_MOST) {
            am_text_add(text, " ... (people.csv has them all)");
            break;
        }
        am_text_format(text, "%s%s", shown == 0 ? label : ", ", effects[i].crn);
        shown++;
    }
    if (shown > 0)
        am_text_char(text, '\n');
}

static int count_effects(const struct am_person_effect *effects, int count, enum am_effect effect)
{
    int found = 0;
    for (int i = 0; i < count; i++)
        found += effects[i].effect == effect;
    return found;
}

static void put_cost(struct am_text *text, const struct am_compare_row *row)
{
    if (!row->has_cost)
        return;
    am_text_add(text, row->cost_pounds < 0 ? "; saves \xc2\xa3" : "; costs \xc2\xa3");
    am_text_thousands(text, row->cost_pounds < 0 ? -row->cost_pounds : row->cost_pounds);
}

static am_status put_story(struct am_text *text, const struct am_comparison *comparison, int i,
                           bool people, struct am_err *err)
{
    const struct am_compare_row *row = &comparison->rows[i];
    struct am_arena arena;
    struct am_person_effect *effects;
    int count;
    am_arena_init(&arena);
    am_status status =
        am_compare_people(&row->tally, &comparison->rows[0].tally, &arena, &effects, &count, err);
    if (status == AM_OK) {
        am_text_add(text, "  ");
        am_text_plain(text, row->name);
        am_text_add(text, ": ");
        am_text_plain(text, row->sentence);
        am_text_add(text, *row->sentence ? " " : "");
        am_text_format(text, "%d gain, %d lose", count_effects(effects, count, AM_EFFECT_GAINS),
                       count_effects(effects, count, AM_EFFECT_LOSES));
        put_cost(text, row);
        am_text_add(text, ".\n");
        if (people) {
            put_people(text, effects, count, AM_EFFECT_GAINS, "    gain: ");
            put_people(text, effects, count, AM_EFFECT_LOSES, "    lose: ");
        }
    }
    am_arena_release(&arena);
    return status;
}

am_status am_compare_table(const struct am_comparison *comparison, bool people,
                           struct am_text *text, struct am_err *err)
{
    int width = name_width(comparison);
    bool doubtful = false;
    am_status status = AM_OK;
    am_text_add(text, "Scenarios for ");
    am_text_window(text, comparison->caseload);
    am_text_format(text, "\n\n  %-*s", width, "");
    for (int c = 0; c < COLUMNS; c++)
        if (am_comparison_has(comparison, columns[c].figure))
            am_text_format(text, " %*s", CELL, columns[c].heading);
    am_text_char(text, '\n');
    for (int i = 0; i < comparison->count; i++) {
        put_row(text, comparison, i, width);
        doubtful = doubtful || (i > 0 && verdict_of(comparison, i) == AM_VERDICT_WITHIN_GAP);
    }
    am_text_char(text, '\n');
    for (int i = 1; i < comparison->count && status == AM_OK; i++)
        status = put_story(text, comparison, i, people, err);
    if (doubtful)
        am_text_add(text, "  ~  within the gap: another search may find a difference the other "
                          "way; --gap makes it smaller\n");
    return status == AM_OK ? am_text_status(text, err) : status;
}
