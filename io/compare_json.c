/* The comparison for other programs, and all of its files as one set. */
#include "io/compare_report.h"

#include <string.h>

#include "io/emit_json.h"
#include "io/staged_set.h"

static void put_figures(struct am_emit *emit, const char *key,
                        const struct am_comparison *comparison, int row, bool difference)
{
    const struct am_tally *tally = &comparison->rows[row].tally;
    am_emit_open(emit, key, '{', true);
    for (int f = 0; f < AM_FIGURE_COUNT; f++)
        if (am_comparison_has(comparison, (enum am_figure)f))
            am_emit_int(emit, am_figure_table[f].name,
                        tally->figures[f] -
                            (difference ? comparison->rows[0].tally.figures[f] : 0));
    am_emit_close(emit);
}

static void put_proof(struct am_emit *emit, const struct am_tally *tally)
{
    am_emit_string(emit, "outcome", am_outcome_word(tally->outcome));
    am_emit_open(emit, "proof", '{', true);
    am_emit_int(emit, "objective", tally->proof.objective);
    am_emit_int(emit, "bound", tally->proof.bound);
    am_emit_int(emit, "gap_ppm", am_proof_gap_ppm(&tally->proof));
    am_emit_close(emit);
}

static am_status put_people(struct am_emit *emit, const struct am_tally *tally,
                            const struct am_tally *base, struct am_err *err)
{
    struct am_arena arena;
    struct am_person_effect *effects;
    int count = 0;
    am_arena_init(&arena);
    am_status status = am_compare_people(tally, base, &arena, &effects, &count, err);
    am_emit_open(emit, "people", '[', false);
    for (int i = 0; i < count && status == AM_OK; i++) {
        am_emit_open(emit, NULL, '{', true);
        am_emit_string(emit, "crn", effects[i].crn);
        am_emit_string(emit, "effect", am_effect_word(effects[i].effect));
        am_emit_int(emit, "minutes", effects[i].minutes);
        am_emit_int(emit, "late_days", effects[i].late_days);
        am_emit_close(emit);
    }
    am_emit_close(emit);
    am_arena_release(&arena);
    return status;
}

static am_status put_scenario(struct am_emit *emit, const struct am_comparison *comparison, int i,
                              struct am_err *err)
{
    const struct am_compare_row *row = &comparison->rows[i];
    const struct am_tally *base = &comparison->rows[0].tally;
    am_status status = AM_OK;
    am_emit_open(emit, NULL, '{', false);
    am_emit_string(emit, "name", row->name);
    am_emit_string(emit, "sentence", row->sentence);
    am_emit_string(emit, "caseload_sha256", row->sha256);
    if (row->has_cost)
        am_emit_int(emit, "cost_pounds", row->cost_pounds);
    put_proof(emit, &row->tally);
    put_figures(emit, "figures", comparison, i, false);
    if (i > 0) {
        am_emit_string(emit, "against_base", am_comparison_word(comparison, i, 0));
        put_figures(emit, "differences", comparison, i, true);
        status = put_people(emit, &row->tally, base, err);
    }
    am_emit_close(emit);
    return status;
}

static void put_units(struct am_emit *emit)
{
    am_emit_open(emit, "units", '{', false);
    for (int f = 0; f < AM_FIGURE_COUNT; f++)
        am_emit_string(emit, am_figure_table[f].name, am_figure_table[f].unit);
    am_emit_close(emit);
}

static void put_pairs(struct am_emit *emit, const struct am_comparison *comparison)
{
    am_emit_open(emit, "pairs", '[', false);
    for (int a = 2; a < comparison->count; a++)
        for (int b = 1; b < a; b++) {
            am_emit_open(emit, NULL, '{', true);
            am_emit_string(emit, "scenario", comparison->rows[a].name);
            am_emit_string(emit, "other", comparison->rows[b].name);
            am_emit_string(emit, "against_other", am_comparison_word(comparison, a, b));
            am_emit_close(emit);
        }
    am_emit_close(emit);
}

am_status am_compare_json(const struct am_comparison *comparison, struct am_text *text,
                          struct am_err *err)
{
    struct am_emit emit;
    am_status status = AM_OK;
    am_emit_init(&emit, text);
    am_emit_open(&emit, NULL, '{', false);
    am_emit_string(&emit, "format", "amends-comparison/1");
    put_units(&emit);
    am_emit_open(&emit, "scenarios", '[', false);
    for (int i = 0; i < comparison->count && status == AM_OK; i++)
        status = put_scenario(&emit, comparison, i, err);
    am_emit_close(&emit);
    put_pairs(&emit, comparison);
    am_emit_close(&emit);
    am_text_char(text, '\n');
    return status == AM_OK ? am_text_status(text, err) : status;
}

/* ---- all files ---- */

am_status am_compare_write(const struct am_comparison *comparison, const char *folder,
                           const struct am_compare_file *more, int more_count, struct am_err *err)
{
    static const struct {
        const char *name;
        am_status (*write)(const struct am_comparison *, struct am_text *, struct am_err *);
    } files[] = {
        {"scenarios.csv", am_compare_csv},   {"people.csv", am_compare_people_csv},
        {"pairs.csv", am_compare_pairs_csv}, {"scenarios.json", am_compare_json},
        {"scenarios.svg", am_compare_svg},
    };
    struct am_staged_set set;
    struct am_text text = {0};
    am_status status = am_staged_open(&set, folder, err);
    if (status != AM_OK)
        return status;
    for (size_t i = 0; i < sizeof files / sizeof files[0] && status == AM_OK; i++) {
        am_text_clear(&text);
        status = files[i].write(comparison, &text, err);
        if (status == AM_OK)
            status = am_staged_add(&set, files[i].name, text.bytes, text.size, err);
    }
    for (int i = 0; i < more_count && status == AM_OK; i++)
        status = am_staged_add(&set, more[i].name, more[i].text, strlen(more[i].text), err);
    if (status == AM_OK)
        status = am_staged_publish(&set, NULL, 0, err);
    am_staged_close(&set);
    am_text_release(&text);
    return status;
}
