/* Waivers: somebody answers for one rule being lifted for one case (R15). */
#include "io/caseload_reader.h"

#include <stdio.h>
#include <string.h>

enum { W_RULE, W_CRN, W_PROJECT, W_SESSION, W_UNTIL, W_BY, W_COUNT };

static const struct am_json_key waiver_keys[W_COUNT] = {
    [W_RULE] = {"rule", true},        [W_CRN] = {"crn", true},
    [W_PROJECT] = {"project", false}, [W_SESSION] = {"session", false},
    [W_UNTIL] = {"until", false},     [W_BY] = {"by", true},
};

/* Why the other rules cannot be waived; NULL where one can. */
static const char *why_not(enum am_rule rule)
{
    switch (rule) {
    case AM_R1:
        return "nobody can be booked without an order in force";
    case AM_R4:
        return "nobody can be in two places at once";
    case AM_R6:
        return "nobody can be made to work more than was ordered";
    case AM_R8:
    case AM_R9:
        return "the places belong to the session, not to one case: change \"places\" or "
               "\"min_group\"";
    case AM_R14:
        return "a session that does not take place cannot be attended: change the session or "
               "\"non_working_dates\"";
    case AM_R15:
        return "what is fixed is fixed in \"appointments\": take the pin away there";
    case AM_R2:
    case AM_R3:
    case AM_R5:
    case AM_R7:
    case AM_R10:
    case AM_R11:
    case AM_R12:
    case AM_R13:
    case AM_R16:
    case AM_RULE_COUNT:
        break;
    }
    return NULL;
}

static enum am_rule read_rule(struct am_reader *reader, const cJSON *value)
{
    if (!value)
        return AM_R2;
    int rule = cJSON_IsString(value) ? am_rule_find(value->valuestring) : -1;
    if (rule < 0) {
        (void)am_json_expected(&reader->json, value,
                               "a rule that can be waived (R2, R3, R5, R7, R10, R11, R12, R13 or "
                               "R16)");
        return AM_R2;
    }
    const char *reason = why_not((enum am_rule)rule);
    if (reason)
        am_json_error(&reader->json, value, "%s (%s) cannot be waived: %s",
                      am_rule_id((enum am_rule)rule), am_rule_name((enum am_rule)rule), reason);
    return (enum am_rule)rule;
}

static void read_waiver(struct am_reader *reader, const cJSON *value, struct am_waiver *waiver)
{
    struct am_json *json = &reader->json;
    const cJSON *key[W_COUNT];
    *waiver = (struct am_waiver){.rule = AM_R2, .person = -1, .project = -1, .by = ""};
    if (!am_json_keys(json, value, waiver_keys, W_COUNT, key))
        return;
    waiver->rule = read_rule(reader, key[W_RULE]);
    waiver->person = am_ids_refer(reader, &reader->people, key[W_CRN]);
    waiver->project = am_ids_refer(reader, &reader->projects, key[W_PROJECT]);
    int definition = am_ids_refer(reader, &reader->definitions, key[W_SESSION]);
    if (definition >= 0)
        waiver->session_id = reader->definition[definition].id;
    waiver->until = am_json_date(json, key[W_UNTIL], AM_NO_DATE);
    waiver->by = am_json_text(json, key[W_BY]);
    if (key[W_BY] && cJSON_IsString(key[W_BY]) && !key[W_BY]->valuestring[0])
        (void)am_json_expected(json, key[W_BY], "the name of who answers for it");
    const cJSON *narrowed = key[W_PROJECT] ? key[W_PROJECT] : key[W_SESSION];
    bool of_the_person = waiver->rule == AM_R5 || waiver->rule == AM_R7 || waiver->rule == AM_R16;
    if (of_the_person && narrowed)
        am_json_error(json, narrowed,
                      "a waiver of %s is of the person as a whole: it names no project and no "
                      "session",
                      am_rule_id(waiver->rule));
}

void am_read_waivers(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    int length;
    const cJSON *at = am_json_list(&reader->json, reader->top[AM_TOP_WAIVERS], &length);
    caseload->waivers = AM_KEEP(reader, length, struct am_waiver);
    if (!caseload->waivers)
        return;
    for (int i = 0; at; at = at->next)
        read_waiver(reader, at, &caseload->waivers[i++]);
    caseload->waiver_count = length;
}
