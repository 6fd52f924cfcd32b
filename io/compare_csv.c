/* The comparison as tables for a spreadsheet. */
#include "io/compare_report.h"
#include "io/emit_csv.h"

static void put_verdict(struct am_text *text, const struct am_comparison *comparison, int a, int b)
{
    am_cell_text(text, am_comparison_word(comparison, a, b));
}

/* ---- scenarios ---- */

/* Blank where it is not known. */
static void put_figure(struct am_text *text, const struct am_comparison *comparison, int figure,
                       int64_t value)
{
    am_cell_int_if(text, am_comparison_has(comparison, (enum am_figure)figure), value);
}

static void put_scenario(struct am_text *text, const struct am_comparison *comparison, int i)
{
    const struct am_compare_row *row = &comparison->rows[i];
    const struct am_tally *tally = &row->tally, *base = &comparison->rows[0].tally;
    am_cell_text(text, row->name);
    am_cell_text(text, row->sentence);
    am_cell_int_if(text, row->has_cost, row->cost_pounds);
    am_cell_text(text, am_outcome_word(tally->outcome));
    am_cell_int(text, tally->proof.objective);
    am_cell_int(text, tally->proof.bound);
    am_cell_int(text, am_proof_gap_ppm(&tally->proof));
    put_verdict(text, comparison, i, 0);
    for (int f = 0; f < AM_FIGURE_COUNT; f++)
        put_figure(text, comparison, f, tally->figures[f]);
    for (int f = 0; f < AM_FIGURE_COUNT; f++)
        put_figure(text, comparison, f, tally->figures[f] - base->figures[f]);
    am_row_end(text);
}

am_status am_compare_csv(const struct am_comparison *comparison, struct am_text *text,
                         struct am_err *err)
{
    am_text_add(text, AM_CSV_MARK
                "scenario,sentence,cost_pounds,outcome,objective,bound,gap_ppm,against_base");
    for (int f = 0; f < AM_FIGURE_COUNT; f++)
        am_text_format(text, ",%s", am_figure_table[f].name);
    for (int f = 0; f < AM_FIGURE_COUNT; f++)
        am_text_format(text, ",%s_difference", am_figure_table[f].name);
    am_text_add(text, "\r\n");
    for (int i = 0; i < comparison->count; i++)
        put_scenario(text, comparison, i);
    return am_text_status(text, err);
}

/* ---- people ---- */

am_status am_compare_people_csv(const struct am_comparison *comparison, struct am_text *text,
                                struct am_err *err)
{
    am_status status = AM_OK;
    am_text_add(text,
                AM_CSV_MARK "scenario,crn,effect,minutes_difference,late_days_difference\r\n");
    for (int i = 1; i < comparison->count && status == AM_OK; i++) {
        const struct am_compare_row *row = &comparison->rows[i];
        struct am_arena arena;
        struct am_person_effect *effects;
        int count = 0;
        am_arena_init(&arena);
        status = am_compare_people(&row->tally, &comparison->rows[0].tally, &arena, &effects,
                                   &count, err);
        for (int e = 0; e < count && status == AM_OK; e++) {
            am_cell_text(text, row->name);
            am_cell_text(text, effects[e].crn);
            am_cell_text(text, am_effect_word(effects[e].effect));
            am_cell_int(text, effects[e].minutes);
            am_cell_int(text, effects[e].late_days);
            am_row_end(text);
        }
        am_arena_release(&arena);
    }
    return status == AM_OK ? am_text_status(text, err) : status;
}

/* ---- pairs ---- */

am_status am_compare_pairs_csv(const struct am_comparison *comparison, struct am_text *text,
                               struct am_err *err)
{
    am_text_add(text, AM_CSV_MARK "scenario,other,against_other,objective_difference,"
                                  "least_difference,most_difference\r\n");
    for (int a = 0; a < comparison->count; a++)
        for (int b = 0; b < a; b++) {
            const struct am_proof *one = &comparison->rows[a].tally.proof;
            const struct am_proof *other = &comparison->rows[b].tally.proof;
            am_cell_text(text, comparison->rows[a].name);
            am_cell_text(text, comparison->rows[b].name);
            put_verdict(text, comparison, a, b);
            am_cell_int(text, one->objective - other->objective);
            am_cell_int(text, one->bound - other->objective);
            am_cell_int(text, one->objective - other->bound);
            am_row_end(text);
        }
    return am_text_status(text, err);
}
