/* One row as JSON, and back. */
#include "io/compare_row.h"

#include <string.h>

#include "io/emit_json.h"
#include "io/json_value.h"

static const char *const outcome_words[] = {"optimal", "feasible", "stopped"};

enum { OUTCOMES = 3, DIGITS_MOST = 19 };

/* ---- writing ---- */

static void write_people(struct am_emit *emit, const struct am_tally *tally)
{
    am_emit_open(emit, "people", '[', false);
    for (int i = 0; i < tally->people_count; i++) {
        am_emit_open(emit, NULL, '{', true);
        am_emit_string(emit, "crn", tally->people[i].crn);
        am_emit_int(emit, "minutes", tally->people[i].minutes);
        am_emit_int(emit, "late_days", tally->people[i].late_days);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

void am_compare_row_write(const struct am_compare_row *row, struct am_text *text)
{
    struct am_emit emit;
    const struct am_tally *tally = &row->tally;
    am_emit_init(&emit, text);
    am_emit_open(&emit, NULL, '{', false);
    am_emit_string(&emit, "format", "amends-scenario-row/1");
    am_emit_string(&emit, "name", row->name);
    am_emit_string(&emit, "sentence", row->sentence);
    am_emit_string(&emit, "sha256", row->sha256);
    am_emit_bool(&emit, "same_weights", row->same_weights);
    am_emit_bool(&emit, "same_people", row->same_people);
    if (row->has_cost)
        am_emit_int(&emit, "cost_pounds", row->cost_pounds);
    am_emit_string(&emit, "outcome", am_outcome_word(tally->outcome));
    am_emit_open(&emit, "proof", '{', true);
    am_emit_int(&emit, "objective", tally->proof.objective);
    am_emit_int(&emit, "bound", tally->proof.bound);
    am_emit_int(&emit, "fixed_only", tally->proof.fixed_only);
    am_emit_close(&emit);
    am_emit_open(&emit, "figures", '{', true);
    for (int i = 0; i < AM_FIGURE_COUNT; i++)
        am_emit_int(&emit, am_figure_table[i].name, tally->figures[i]);
    am_emit_close(&emit);
    write_people(&emit, tally);
    am_emit_close(&emit);
    am_text_char(text, '\n');
}

/* ---- reading ---- */

enum {
    R_FORMAT,
    R_NAME,
    R_SENTENCE,
    R_SHA256,
    R_SAME_WEIGHTS,
    R_SAME_PEOPLE,
    R_COST,
    R_OUTCOME,
    R_PROOF,
    R_FIGURES,
    R_PEOPLE,
    R_COUNT
};

static const struct am_json_key row_keys[R_COUNT] = {
    [R_FORMAT] = {"format", true},
    [R_NAME] = {"name", true},
    [R_SENTENCE] = {"sentence", true},
    [R_SHA256] = {"sha256", true},
    [R_SAME_WEIGHTS] = {"same_weights", true},
    [R_SAME_PEOPLE] = {"same_people", true},
    [R_COST] = {"cost_pounds", false},
    [R_OUTCOME] = {"outcome", true},
    [R_PROOF] = {"proof", true},
    [R_FIGURES] = {"figures", true},
    [R_PEOPLE] = {"people", true},
};

/* Points and sums are wider than am_json_whole; below 2^50 a double is exact. */
static int64_t read_wide(struct am_json *json, const cJSON *value)
{
    const double most = 1125899906842624.0;
    if (!value)
        return 0;
    bool whole = cJSON_IsNumber(value) && value->valuedouble >= -most &&
                 value->valuedouble <= most &&
                 value->valuedouble == (double)(int64_t)value->valuedouble;
    if (!whole)
        (void)am_json_expected(json, value, "a whole number below 2^50");
    return whole ? (int64_t)value->valuedouble : 0;
}

static void read_proof(struct am_json *json, const cJSON *value, struct am_proof *proof)
{
    static const struct am_json_key keys[] = {
        {"objective", true}, {"bound", true}, {"fixed_only", true}};
    const cJSON *key[3];
    if (!value || !am_json_keys(json, value, keys, 3, key))
        return;
    proof->objective = read_wide(json, key[0]);
    proof->bound = read_wide(json, key[1]);
    proof->fixed_only = read_wide(json, key[2]);
}

static void read_figures(struct am_json *json, const cJSON *value, int64_t *figures)
{
    struct am_json_key keys[AM_FIGURE_COUNT];
    const cJSON *key[AM_FIGURE_COUNT];
    for (int i = 0; i < AM_FIGURE_COUNT; i++)
        keys[i] = (struct am_json_key){am_figure_table[i].name, true};
    if (!value || !am_json_keys(json, value, keys, AM_FIGURE_COUNT, key))
        return;
    for (int i = 0; i < AM_FIGURE_COUNT; i++)
        figures[i] = read_wide(json, key[i]);
}

static void read_people(struct am_json *json, const cJSON *list, struct am_tally *tally)
{
    static const struct am_json_key keys[] = {
        {"crn", true}, {"minutes", true}, {"late_days", true}};
    int count;
    const cJSON *key[3], *at = am_json_list(json, list, &count);
    tally->people = AM_ARENA_NEW(json->arena, (size_t)count, struct am_share);
    if (!tally->people) {
        json->out_of_memory = true;
        return;
    }
    for (; at; at = at->next) {
        struct am_share *share = &tally->people[tally->people_count++];
        *share = (struct am_share){.crn = ""};
        if (!am_json_keys(json, at, keys, 3, key))
            continue;
        const char *crn = key[0] ? am_json_id(json, key[0]) : NULL;
        share->crn = crn ? crn : "";
        share->minutes = am_json_whole(json, key[1], INT32_MIN, INT32_MAX, 0);
        share->late_days = am_json_whole(json, key[2], 0, INT32_MAX, 0);
    }
}

static void read_row(struct am_json *json, struct am_compare_row *row)
{
    const cJSON *key[R_COUNT];
    if (!am_json_keys(json, json->root, row_keys, R_COUNT, key))
        return;
    const char *format = cJSON_GetStringValue(key[R_FORMAT]);
    if (key[R_FORMAT] && (!format || strcmp(format, "amends-scenario-row/1") != 0))
        (void)am_json_expected(json, key[R_FORMAT], "\"amends-scenario-row/1\"");
    row->name = am_json_text(json, key[R_NAME]);
    row->sentence = am_json_text(json, key[R_SENTENCE]);
    row->sha256 = am_json_text(json, key[R_SHA256]);
    row->same_weights = am_json_flag(json, key[R_SAME_WEIGHTS], true);
    row->same_people = am_json_flag(json, key[R_SAME_PEOPLE], true);
    row->has_cost = key[R_COST] != NULL;
    row->cost_pounds = read_wide(json, key[R_COST]);
    row->tally.outcome =
        (enum am_outcome)am_json_word(json, key[R_OUTCOME], outcome_words, OUTCOMES, 0);
    read_proof(json, key[R_PROOF], &row->tally.proof);
    read_figures(json, key[R_FIGURES], row->tally.figures);
    read_people(json, key[R_PEOPLE], &row->tally);
}

am_status am_compare_row_read(struct am_compare_row *row, const struct am_document *document,
                              struct am_arena *arena, struct am_diag *diag, struct am_err *err)
{
    struct am_json json;
    *row = (struct am_compare_row){.name = "", .sentence = "", .sha256 = ""};
    am_json_init(&json, document->path, diag, arena);
    am_status status = am_json_parse(&json, am_document_copy(document), document->size, err);
    if (status == AM_OK) {
        read_row(&json, row);
        status = am_json_verdict(&json, err);
    }
    am_json_release(&json);
    return status;
}
