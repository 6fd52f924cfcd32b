/* The caseload's file as a tree: appointments are taken out of it, and everything put back. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "io/atomic_file.h"
#include "io/credit_work.h"
#include "io/json_set.h"
#include "io/limits.h"
#include "io/text.h"

/* ---- the tree ---- */

/* The caseload was read from this very file a moment ago. */
static am_status changed(const struct am_credit_work *work, struct am_err *err)
{
    return am_fail(err, AM_EPARSE, "%s: changed while it was read", work->caseload->file);
}

static am_status read_tree(struct am_credit_work *work, struct am_err *err)
{
    char *bytes = NULL;
    size_t size;
    am_status status = am_read_file(work->caseload->file, AM_FILE_LIMIT, &bytes, &size, err);
    if (status != AM_OK)
        return status;
    errno = 0;
    work->root = cJSON_Parse(bytes);
    bool out_of_memory = !work->root && errno == ENOMEM;
    free(bytes);
    if (out_of_memory)
        return am_fail_memory(err);
    return cJSON_IsObject(work->root) ? AM_OK : changed(work, err);
}

static bool set_int(cJSON *object, const char *key, int64_t value)
{
    return am_json_set(object, key, cJSON_CreateNumber((double)value));
}

static bool set_text(cJSON *object, const char *key, const char *value)
{
    return am_json_set(object, key, cJSON_CreateString(value));
}

static bool set_date(cJSON *object, const char *key, am_date date)
{
    char text[AM_DATE_TEXT];
    return set_text(object, key, am_date_format(date, text));
}

static bool is_text(const cJSON *object, const char *key, const char *value)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(item) && strcmp(item->valuestring, value) == 0;
}

/* ---- appointments, as the caseload and the roster have them ---- */

/* Room for every appointment of the caseload and of the roster was made. */
static struct am_entry *add_entry(struct am_credit_work *work, int person)
{
    struct am_entries *entries = &work->entries;
    if (entries->count == entries->room)
        return NULL;
    struct am_entry *entry = &entries->at[entries->count];
    *entry = (struct am_entry){.person = person, .next = entries->first[person]};
    entries->first[person] = entries->count++;
    return entry;
}

static void copy_appointment(struct am_entry *entry, const struct am_appointment *from)
{
    entry->order = from->order;
    entry->project = from->project;
    entry->supervisor = from->supervisor;
    entry->session_id = from->session_id;
    entry->original_date = from->original_date;
    entry->date = from->date;
    entry->start = from->start;
    entry->minutes = from->minutes;
    entry->state = from->state;
    entry->credited_min = from->credited_min;
    entry->pinned = from->pinned;
}

/* The list in the file and the caseload's own stand in the same order. */
static am_status take_appointments(struct am_credit_work *work, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    cJSON *list = cJSON_GetObjectItemCaseSensitive(work->root, "appointments");
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *from = &caseload->appointments[i];
        struct am_entry *entry = add_entry(work, from->person);
        if (!entry)
            return am_fail_memory(err);
        entry->item = list ? cJSON_DetachItemViaPointer(list, list->child) : NULL;
        if (!entry->item || !is_text(entry->item, "crn", caseload->people[from->person].crn) ||
            !is_text(entry->item, "session", from->session_id))
            return changed(work, err);
        copy_appointment(entry, from);
    }
    return list && list->child ? changed(work, err) : AM_OK;
}

/* R15: what the roster could not change. */
static bool is_fixed(const struct am_caseload *caseload, const struct am_entry *entry)
{
    return entry->pinned || entry->state != AM_BOOKED || entry->date < caseload->as_of;
}

static struct am_entry *find_booking(struct am_credit_work *work, int person,
                                     const struct am_session *session)
{
    for (int i = work->entries.first[person]; i >= 0; i = work->entries.at[i].next) {
        struct am_entry *entry = &work->entries.at[i];
        if (entry->original_date == session->original_date &&
            strcmp(entry->session_id, session->id) == 0)
            return entry;
    }
    return NULL;
}

static bool write_supervisor(const struct am_credit_work *work, struct am_entry *entry,
                             int supervisor)
{
    entry->supervisor = supervisor;
    if (supervisor >= 0)
        return set_text(entry->item, "supervisor", work->caseload->supervisors[supervisor].code);
    cJSON_DeleteItemFromObjectCaseSensitive(entry->item, "supervisor");
    return true;
}

/* What the roster says of an entry, into its item. */
static bool write_booking(const struct am_credit_work *work, struct am_entry *entry)
{
    const struct am_caseload *caseload = work->caseload;
    cJSON *item = entry->item;
    char start[AM_MINUTE_TEXT];
    return set_text(item, "crn", caseload->people[entry->person].crn) &&
           set_text(item, "event", caseload->orders[entry->order].event) &&
           set_text(item, "session", entry->session_id) &&
           set_date(item, "date", entry->original_date) &&
           set_text(item, "start", am_minute_format(entry->start, start)) &&
           set_int(item, "minutes", entry->minutes) &&
           write_supervisor(work, entry, entry->supervisor) &&
           set_text(item, "state", am_appointment_state_word(entry->state));
}

/* Book one appointment of the roster: anew, or over what was booked there. */
static am_status book(struct am_credit_work *work, const struct am_roster_appointment *booked,
                      struct am_err *err)
{
    const struct am_session *session = &work->caseload->sessions[booked->session];
    int leader = work->request->roster->sessions[booked->session].supervisor;
    struct am_entry *entry = find_booking(work, booked->person, session);
    if (entry && !entry->gone) { /* fixed: only who led it may be news */
        bool news = entry->supervisor < 0 && leader >= 0;
        return !news || write_supervisor(work, entry, leader) ? AM_OK : am_fail_memory(err);
    }
    if (!entry) {
        entry = add_entry(work, booked->person);
        if (!entry || !(entry->item = cJSON_CreateObject()))
            return am_fail_memory(err);
    }
    entry->order = booked->order;
    entry->project = session->project;
    entry->supervisor = leader;
    entry->session_id = session->id;
    entry->original_date = session->original_date;
    entry->date = session->date;
    entry->start = booked->start;
    entry->minutes = booked->minutes;
    entry->state = AM_BOOKED;
    entry->credited_min = -1;
    entry->gone = false;
    return write_booking(work, entry) ? AM_OK : am_fail_memory(err);
}

/* The roster replaces what was booked in the window and could be changed. */
static am_status take_roster(struct am_credit_work *work, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    const struct am_roster *roster = work->request->roster;
    for (int i = 0; i < caseload->appointment_count; i++)
        work->entries.at[i].gone =
            caseload->appointments[i].session >= 0 && !is_fixed(caseload, &work->entries.at[i]);
    for (int i = 0; i < roster->appointment_count; i++) {
        am_status status = book(work, &roster->appointments[i], err);
        if (status != AM_OK)
            return status;
    }
    for (int i = 0; i < caseload->appointment_count; i++)
        work->result->replaced += work->entries.at[i].gone;
    return AM_OK;
}

/* ---- writing back ---- */

static bool write_outcome(struct am_entry *entry)
{
    if (!entry->line)
        return true;
    if (!set_text(entry->item, "state", am_appointment_state_word(entry->state)))
        return false;
    return entry->state != AM_ATTENDED || set_int(entry->item, "credited", entry->credited_min);
}

static bool write_appointments(struct am_credit_work *work)
{
    cJSON *list = cJSON_GetObjectItemCaseSensitive(work->root, "appointments");
    if (!list && work->entries.count > 0)
        list = cJSON_AddArrayToObject(work->root, "appointments");
    for (int i = 0; i < work->entries.count; i++) {
        struct am_entry *entry = &work->entries.at[i];
        if (entry->gone)
            continue;
        if (!write_outcome(entry) || !cJSON_AddItemToArray(list, entry->item))
            return false;
        entry->item = NULL; /* the tree owns it now */
    }
    return true;
}

static bool write_order(struct am_credit_work *work, cJSON *item, int order)
{
    const struct am_order *given = &work->caseload->orders[order];
    if (!work->credited[order])
        return true;
    if (!set_int(item, "worked_minutes", work->worked_min[order]) ||
        (work->ete_min[order] != given->ete_min &&
         !set_int(item, "ete_minutes", work->ete_min[order])))
        return false;
    if (given->status != AM_ORDER_ACTIVE || am_credit_remaining(work, order) > 0)
        return true;
    work->result->completed++;
    return set_text(item, "status", am_order_status_word(AM_ORDER_COMPLETED));
}

static cJSON *find_order(const cJSON *person, const char *event)
{
    cJSON *order;
    cJSON_ArrayForEach(order, cJSON_GetObjectItemCaseSensitive(person, "orders"))
    {
        if (is_text(order, "event", event))
            return order;
    }
    return NULL;
}

static am_status write_people(struct am_credit_work *work, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    const cJSON *people = cJSON_GetObjectItemCaseSensitive(work->root, "people");
    cJSON *item = people ? people->child : NULL;
    for (int p = 0; p < caseload->person_count; p++, item = item->next) {
        const struct am_person *person = &caseload->people[p];
        if (!item || !is_text(item, "crn", person->crn))
            return changed(work, err);
        if (work->inducted_on[p] != AM_NO_DATE &&
            !set_date(item, "inducted_on", work->inducted_on[p]))
            return am_fail_memory(err);
        for (int o = person->first_order; o < person->first_order + person->order_count; o++) {
            cJSON *order = find_order(item, caseload->orders[o].event);
            if (!order)
                return changed(work, err);
            if (!write_order(work, order, o))
                return am_fail_memory(err);
        }
    }
    return AM_OK;
}

static am_status write_window(struct am_credit_work *work, struct am_err *err)
{
    cJSON *window = cJSON_GetObjectItemCaseSensitive(work->root, "window");
    cJSON_DeleteItemFromObjectCaseSensitive(work->root, "published");
    if (!cJSON_IsObject(window))
        return changed(work, err);
    if (!set_date(window, "from", work->from) || !set_date(work->root, "as_of", work->as_of))
        return am_fail_memory(err);
    return AM_OK;
}

static bool names_a_file(const cJSON *object)
{
    const cJSON *file = cJSON_GetObjectItemCaseSensitive(object, "file");
    return cJSON_IsString(file) && file->valuestring[0] != '/';
}

static bool names_files(const cJSON *root)
{
    const cJSON *table;
    cJSON_ArrayForEach(table, cJSON_GetObjectItemCaseSensitive(root, "travel"))
    {
        if (names_a_file(table))
            return true;
    }
    return names_a_file(cJSON_GetObjectItemCaseSensitive(root, "bank_holidays"));
}

/* ---- printing: one element of a list a line, so that two weeks diff well ---- */

static void print_compact(struct am_text *text, const cJSON *value)
{
    char *bytes = cJSON_PrintUnformatted(value);
    if (bytes)
        am_text_add(text, bytes);
    else
        text->failed = true;
    cJSON_free(bytes);
}

static void print_member(struct am_text *text, const cJSON *value)
{
    if (!cJSON_IsArray(value) || !cJSON_IsObject(value->child)) {
        print_compact(text, value);
        return;
    }
    am_text_add(text, "[\n");
    for (const cJSON *element = value->child; element; element = element->next) {
        am_text_add(text, "    ");
        print_compact(text, element);
        am_text_add(text, element->next ? ",\n" : "\n");
    }
    am_text_add(text, "  ]");
}

static am_status print_tree(const cJSON *root, char **result, struct am_err *err)
{
    struct am_text text = {0};
    am_text_add(&text, "{\n");
    for (const cJSON *member = root->child; member; member = member->next) {
        cJSON *key = cJSON_CreateStringReference(member->string);
        am_text_add(&text, "  ");
        print_compact(&text, key);
        cJSON_Delete(key);
        am_text_add(&text, ": ");
        print_member(&text, member);
        am_text_add(&text, member->next ? ",\n" : "\n");
    }
    am_text_add(&text, "}\n");
    am_status status = am_text_status(&text, err);
    if (status != AM_OK) {
        am_text_release(&text);
        return status;
    }
    *result = text.bytes;
    return AM_OK;
}

am_status am_credit_tree_read(struct am_credit_work *work, struct am_err *err)
{
    am_status status = read_tree(work, err);
    if (status == AM_OK)
        status = take_appointments(work, err);
    if (status == AM_OK && work->request->roster)
        status = take_roster(work, err);
    return status;
}

am_status am_credit_tree_write(struct am_credit_work *work, struct am_err *err)
{
    am_status status = write_people(work, err);
    if (status == AM_OK)
        status = write_window(work, err);
    if (status == AM_OK && !write_appointments(work))
        status = am_fail_memory(err);
    if (status == AM_OK)
        status = print_tree(work->root, &work->result->text, err);
    work->result->names_files = names_files(work->root);
    return status;
}
