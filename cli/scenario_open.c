#include "cli/scenario_open.h"

#include <stdlib.h>
#include <string.h>

#include "command/options.h"
#include "io/atomic_file.h"
#include "io/limits.h"
#include "io/open_report.h"
#include "solver/opening.h"

enum { ROSTERS = 200, ROSTERS_LEAST = 2, ROSTERS_MOST = 100000, POUNDS_MOST = 1000000000 };

/* ---- the command line ---- */

/* A whole number of low .. high; -1: it is not that. */
static int64_t parse_whole(const char *text, int64_t low, int64_t high)
{
    int64_t number = 0;
    if (*text == '\0')
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || number > high)
            return -1;
        number = 10 * number + (*text - '0');
    }
    return number >= low && number <= high ? number : -1;
}

int am_open_parse(struct am_open_request *request, const struct am_command *command)
{
    if (!request->candidates != !request->budget)
        return am_usage_error(command, "--open and --budget need each other");
    if (!request->candidates && request->rosters)
        return am_usage_error(command, "--rosters needs --open");
    if (!request->candidates)
        return -1;
    request->budget_pounds = parse_whole(request->budget, 0, POUNDS_MOST);
    if (request->budget_pounds < 0)
        return am_usage_error(command, "--budget: found \"%s\", expected whole pounds, 0 to %d",
                              request->budget, POUNDS_MOST);
    request->rosters_most = ROSTERS;
    if (request->rosters)
        request->rosters_most = (int)parse_whole(request->rosters, ROSTERS_LEAST, ROSTERS_MOST);
    if (request->rosters_most < 0)
        return am_usage_error(command, "--rosters: found \"%s\", expected %d to %d",
                              request->rosters, ROSTERS_LEAST, ROSTERS_MOST);
    return -1;
}

/* ---- whose session is it ---- */

struct opening {
    const struct am_scenario_base *base;
    const struct am_open_request *request;
    struct am_open_answer *answer;
    struct am_candidate candidates[AM_CANDIDATES_MOST];
    bool taken[AM_CANDIDATES_MOST];
    int count;
    struct {
        const char *session;
        int candidate;
    } * owners; /* of the sessions that candidates bring */
    int owner_count, owner_room;
    struct am_derived all; /* the caseload with every candidate */
    struct am_diag diag;
};

static bool has_session(const struct am_caseload *caseload, const char *id)
{
    for (int s = 0; s < caseload->session_count; s++)
        if (strcmp(caseload->sessions[s].id, id) == 0)
            return true;
    return false;
}

static am_status own(struct opening *opening, const char *session, int candidate,
                     struct am_err *err)
{
    for (int i = 0; i < opening->owner_count; i++)
        if (strcmp(opening->owners[i].session, session) == 0)
            return AM_OK; /* another date of it; two candidates' is found when all are joined */
    if (opening->owner_count == opening->owner_room) {
        int room = 2 * opening->owner_room + 16;
        void *more = realloc(opening->owners, (size_t)room * sizeof *opening->owners);
        if (!more)
            return am_fail_memory(err);
        opening->owners = more;
        opening->owner_room = room;
    }
    const char *kept = am_arena_strdup(&opening->answer->arena, session);
    if (!kept)
        return am_fail_memory(err);
    opening->owners[opening->owner_count].session = kept;
    opening->owners[opening->owner_count++].candidate = candidate;
    return AM_OK;
}

static void finding(struct opening *opening, const char *path, const char *text)
{
    am_diag_add(&opening->diag, AM_ERROR, (struct am_where){.file = path}, "%s", text);
}

static am_status own_all(struct opening *opening, const struct am_caseload *caseload, int candidate,
                         struct am_err *err)
{
    int before = opening->owner_count;
    am_status status = AM_OK;
    bool in_window = false;
    for (int s = 0; s < caseload->session_count && status == AM_OK; s++) {
        if (has_session(&opening->base->derived.caseload, caseload->sessions[s].id))
            continue;
        in_window = in_window || s < caseload->window_session_count;
        status = own(opening, caseload->sessions[s].id, candidate, err);
    }
    if (status == AM_OK && (opening->owner_count == before || !in_window))
        finding(opening, opening->candidates[candidate].path,
                "it brings no new session in the window");
    return status;
}

/* The candidate alone: it must be good, and bring sessions. */
static am_status look_at(struct opening *opening, int candidate, struct am_err *err)
{
    struct am_patched patched;
    struct am_caseload caseload;
    int errors = opening->diag.errors;
    am_caseload_init(&caseload);
    am_status status =
        am_caseload_patch(&patched, &opening->base->document,
                          &opening->candidates[candidate].scenario, &opening->diag, err);
    if (status == AM_OK)
        status = am_patched_read(&patched, &caseload, &opening->diag, err);
    if (status == AM_OK)
        status = own_all(opening, &caseload, candidate, err);
    am_caseload_release(&caseload);
    am_patched_release(&patched);
    /* all candidates are looked at before mistakes are reported */
    return opening->diag.errors > errors ? AM_OK : status;
}

/* ---- all of them together ---- */

static am_status join(struct opening *opening, const bool *taken, const char *name,
                      const char *sentence, struct am_document *document, struct am_err *err)
{
    struct am_text text = {0};
    am_status status =
        am_candidates_join(opening->candidates, opening->count, taken, name, sentence, &text, err);
    const char *kept = NULL;
    if (status == AM_OK) {
        kept = am_arena_strdup(&opening->answer->arena, am_text_string(&text));
        status = kept ? AM_OK : am_fail_memory(err);
    }
    *document = (struct am_document){opening->request->candidates, kept, text.size};
    am_text_release(&text);
    return status;
}

static am_status derive_all(struct opening *opening, struct am_err *err)
{
    struct am_document document;
    struct am_patched patched = {0};
    bool every[AM_CANDIDATES_MOST];
    for (int i = 0; i < opening->count; i++)
        every[i] = true;
    am_status status = join(opening, every, "all", "Every candidate.", &document, err);
    if (status != AM_OK)
        return status;
    status = am_caseload_patch(&patched, &opening->base->document, &document, &opening->diag, err);
    if (status == AM_OK)
        status = am_derived_patched(&opening->all, &patched, &opening->diag, err);
    am_patched_release(&patched);
    return status;
}

static bool is_same(const struct am_session *a, const struct am_session *b)
{
    return a->original_date == b->original_date && strcmp(a->id, b->id) == 0 &&
           a->date == b->date && a->start == b->start && a->minutes == b->minutes &&
           a->places == b->places && a->min_group == b->min_group &&
           a->supervised == b->supervised && a->closed == b->closed;
}

static bool has_induction(const struct am_caseload *caseload)
{
    for (int i = 0; i < caseload->project_count; i++)
        if (caseload->projects[i].type == AM_INDUCTION)
            return true;
    return false;
}

/* Sets are compared by their points, which mean the same only where all else is. */
static bool changes_the_rest(const struct am_caseload *base, const struct am_caseload *all)
{
    int s = 0;
    for (int b = 0; b < base->window_session_count; b++) {
        while (s < all->window_session_count && !is_same(&all->sessions[s], &base->sessions[b]))
            s++;
        if (s++ >= all->window_session_count)
            return true;
    }
    for (int i = 0; i < base->project_count; i++) {
        const struct am_project *a = &base->projects[i], *b = &all->projects[i];
        if (i >= all->project_count || strcmp(a->code, b->code) != 0 || a->type != b->type ||
            a->women_only != b->women_only || a->quality != b->quality)
            return true;
    }
    return false;
}

static void check_all(struct opening *opening)
{
    const struct am_caseload *base = &opening->base->derived.caseload;
    const struct am_caseload *all = &opening->all.caseload;
    if (changes_the_rest(base, all))
        finding(opening, opening->request->candidates,
                "a candidate changes a session or a project that is there; it may bring new "
                "ones alone");
    if (has_induction(all) && !has_induction(base))
        finding(opening, opening->request->candidates,
                "a candidate brings the first induction project: then everybody must be inducted "
                "first, and sets could not be compared");
}

/* ---- the choice ---- */

static void fill_owners(const struct opening *opening, int32_t *candidate_of)
{
    const struct am_caseload *caseload = &opening->all.caseload;
    for (int s = 0; s < caseload->window_session_count; s++) {
        candidate_of[s] = -1;
        for (int i = 0; i < opening->owner_count; i++)
            if (strcmp(opening->owners[i].session, caseload->sessions[s].id) == 0)
                candidate_of[s] = opening->owners[i].candidate;
    }
}

static am_status choose(struct opening *opening, struct am_opening *chosen, struct am_err *err)
{
    struct am_derived *all = &opening->all;
    size_t sessions = (size_t)all->caseload.window_session_count;
    int64_t costs[AM_CANDIDATES_MOST], fixed_only;
    int32_t *candidate_of = AM_ARENA_NEW(&opening->answer->arena, sessions, int32_t);
    if (!candidate_of)
        return am_fail_memory(err);
    fill_owners(opening, candidate_of);
    for (int i = 0; i < opening->count; i++)
        costs[i] = opening->candidates[i].cost_pounds;
    am_status status = am_derived_fixed_only(&opening->base->derived, &fixed_only, err);
    if (status != AM_OK)
        return status;
    struct am_opening_problem problem = {
        .caseload = &all->caseload,
        .orders = &all->orders,
        .clocks = &opening->base->derived.clocks,
        .fixed_only = fixed_only,
        .candidate_of = candidate_of,
        .costs = costs,
        .candidate_count = opening->count,
        .budget = opening->request->budget_pounds,
        .solve_limit = opening->request->rosters_most,
        .solver = am_solve,
    };
    return am_opening_choose(&problem, &opening->base->settings, opening->base->stop, chosen, err);
}

/* One text of a report, kept. */
static am_status keep(struct opening *opening, const struct am_open_result *result,
                      void report(const struct am_open_result *, struct am_text *),
                      const char **kept, struct am_err *err)
{
    struct am_text text = {0};
    report(result, &text);
    am_status status = am_text_status(&text, err);
    if (status == AM_OK) {
        *kept = am_arena_strdup(&opening->answer->arena, am_text_string(&text));
        status = *kept ? AM_OK : am_fail_memory(err);
    }
    am_text_release(&text);
    return status;
}

static am_status report(struct opening *opening, const struct am_opening *chosen,
                        struct am_err *err)
{
    struct am_open_answer *answer = opening->answer;
    for (int i = 0; i < opening->count; i++)
        opening->taken[i] = am_set_has(chosen->best.set, i);
    struct am_open_result result = {
        .candidates = opening->candidates,
        .taken = opening->taken,
        .count = opening->count,
        .budget = opening->request->budget_pounds,
        .cost = chosen->cost,
        .none = {chosen->none.objective, chosen->none.bound},
        .all = {chosen->all.objective, chosen->all.bound},
        .chosen = {chosen->best.objective, chosen->best.bound},
        .bound = chosen->bound,
        .rosters = chosen->solves,
        .stopped = chosen->stopped,
    };
    am_status status = join(opening, opening->taken, "opened",
                            "What amends chose to open of the candidates.", &answer->scenario, err);
    if (status == AM_OK)
        status = keep(opening, &result, am_open_json, &answer->json, err);
    if (status == AM_OK)
        status = keep(opening, &result, am_open_csv, &answer->csv, err);
    if (status == AM_OK)
        status = keep(opening, &result, am_open_summary, &answer->summary, err);
    return status;
}

/* ---- the whole ---- */

static am_status read_candidates(struct opening *opening, struct am_err *err)
{
    char *bytes = NULL;
    struct am_document document = {.path = opening->request->candidates};
    am_status status = am_read_file(document.path, AM_FILE_LIMIT, &bytes, &document.size, err);
    document.bytes = bytes;
    if (status == AM_OK)
        status = am_candidates_read(&document, &opening->answer->arena, opening->candidates,
                                    &opening->count, &opening->diag, err);
    free(bytes);
    for (int i = 0; i < opening->count && status == AM_OK; i++)
        status = look_at(opening, i, err);
    return status;
}

static am_status mistakes(const struct opening *opening, am_status status, struct am_err *err)
{
    if (status != AM_OK || opening->diag.errors == 0)
        return status;
    return am_fail(err, AM_EINVALID, "%s: errors found: %d", opening->request->candidates,
                   opening->diag.errors);
}

static am_status open_all(struct opening *opening, struct am_err *err)
{
    struct am_opening chosen;
    am_status status = mistakes(opening, read_candidates(opening, err), err);
    if (status == AM_OK)
        status = derive_all(opening, err);
    if (status == AM_OK) {
        check_all(opening);
        status = mistakes(opening, AM_OK, err);
    }
    if (status == AM_OK)
        status = choose(opening, &chosen, err);
    if (status == AM_OK)
        status = report(opening, &chosen, err);
    return status;
}

int am_open_choose(struct am_open_answer *answer, const struct am_scenario_base *base,
                   const struct am_open_request *request)
{
    struct opening opening = {.base = base, .request = request, .answer = answer};
    struct am_err err;
    *answer = (struct am_open_answer){0};
    am_arena_init(&answer->arena);
    am_diag_init(&opening.diag);
    am_caseload_init(&opening.all.caseload);
    am_arena_init(&opening.all.arena);
    am_status status = open_all(&opening, &err);
    int code = am_report_findings(&opening.diag, status == AM_OK ? NULL : &err);
    am_derived_release(&opening.all);
    am_diag_release(&opening.diag);
    free(opening.owners);
    return status == AM_EINTERRUPTED ? AM_EXIT_LIMIT : code;
}

void am_open_release(struct am_open_answer *answer)
{
    am_arena_release(&answer->arena);
}
