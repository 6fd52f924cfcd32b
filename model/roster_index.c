#include "model/roster_index.h"

#include <stdlib.h>
#include <string.h>

struct am_occurrence {
    const char *id;
    am_date date; /* original */
    int session;
};

static int by_occurrence(const void *a, const void *b)
{
    const struct am_occurrence *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->date > y->date) - (x->date < y->date);
}

/* CRNs and codes given twice have been refused with the caseload; a session's id
 * comes again with each of its dates. */
static bool add_name(struct am_names *names, const char *name)
{
    int number;
    return am_names_add(names, name, &number) != AM_ENOMEM;
}

am_status am_roster_index_build(struct am_roster_index *index, const struct am_caseload *caseload,
                                struct am_arena *arena, struct am_err *err)
{
    int count = caseload->window_session_count;
    bool good = true;
    am_names_init(&index->people, arena);
    am_names_init(&index->supervisors, arena);
    am_names_init(&index->definitions, arena);
    index->occurrence_count = count;
    index->occurrences = AM_ARENA_NEW(arena, (size_t)count, struct am_occurrence);
    if (!index->occurrences)
        return am_fail_memory(err);
    for (int p = 0; p < caseload->person_count && good; p++)
        good = add_name(&index->people, caseload->people[p].crn);
    for (int m = 0; m < caseload->supervisor_count && good; m++)
        good = add_name(&index->supervisors, caseload->supervisors[m].code);
    for (int s = 0; s < count && good; s++) {
        const struct am_session *session = &caseload->sessions[s];
        good = add_name(&index->definitions, session->id);
        index->occurrences[s] = (struct am_occurrence){session->id, session->original_date, s};
    }
    if (!good)
        return am_fail_memory(err);
    qsort(index->occurrences, (size_t)count, sizeof *index->occurrences, by_occurrence);
    return AM_OK;
}

int am_roster_index_session(const struct am_roster_index *index, const char *id, am_date date)
{
    const struct am_occurrence wanted = {id, date, -1};
    const struct am_occurrence *found = bsearch(
        &wanted, index->occurrences, (size_t)index->occurrence_count, sizeof wanted, by_occurrence);
    return found ? found->session : -1;
}
