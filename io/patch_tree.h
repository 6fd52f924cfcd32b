/*
 * patch_tree - the caseload as a tree in which changes are made, and who made them.
 *
 * Private to io/caseload_patch.c and its parts. The offset of a value (valueint;
 * see io/json.h) says where it came from: below `shift` it stands so in the
 * base's text, from there on in the scenario's; a negative one is that of what
 * was made anew, or changed inside, by the value of the scenario at -1 - offset.
 * So what was not touched is written as it stood, and every finding about the
 * result has a place. A change of what another change has set is a conflict.
 */
#ifndef AM_IO_PATCH_TREE_H
#define AM_IO_PATCH_TREE_H

#include "io/json_value.h"
#include "io/text.h"

struct am_patch_removed;
struct am_patch_use; /* io/caseload_patch_parts.h */

struct am_patch {
    struct am_json base, scenario;
    int shift;                        /* beyond every offset of the base */
    struct am_arena *arena;           /* lives as long as both */
    struct am_patch_removed *removed; /* what changes have removed, newest first */
    struct am_patch_use *uses;        /* likewise: projects that verbs close or add to */
    bool out_of_memory;
};

/* A list whose entries are known by an id, or by several keys together. */
struct am_list_kind {
    const char *key, *noun;
    const char *id[3];                 /* NULL after the last */
    const char *complete;              /* a key without which an entry cannot be new; NULL: none */
    const struct am_list_kind *inside; /* lists of an entry, ended by {0}; NULL: none */
};

/* The lists at the top of a caseload, ended by {0}. */
extern const struct am_list_kind am_caseload_lists[];

/* ---- making values; NULL without memory (noted in the patch) ---- */

/* A copy of a scenario's value; in objects, members that are null are left out. */
cJSON *am_patch_copy(struct am_patch *patch, const cJSON *value);
/* Likewise with its nulls. */
cJSON *am_patch_copy_whole(struct am_patch *patch, const cJSON *value);
/* A copy of a value of the tree, as changed by `why`. */
cJSON *am_patch_clone(struct am_patch *patch, const cJSON *value, const cJSON *why);
cJSON *am_patch_object(struct am_patch *patch, const cJSON *why);
cJSON *am_patch_list(struct am_patch *patch, const cJSON *why);
cJSON *am_patch_number(struct am_patch *patch, int32_t number, const cJSON *why);
cJSON *am_patch_text(struct am_patch *patch, const char *text, const cJSON *why);
cJSON *am_patch_date(struct am_patch *patch, am_date date, const cJSON *why);
cJSON *am_patch_flag(struct am_patch *patch, bool flag, const cJSON *why);

/* ---- changing ---- */

/* Something inside an object or a list is about to change. */
void am_patch_touch(cJSON *node, const cJSON *why);
/* Set a member; takes value (NULL is fine). A conflict is an error. */
void am_patch_set(struct am_patch *patch, cJSON *object, const char *key, cJSON *value,
                  const cJSON *why);
/* Set it where a change of the same step has made the object: no conflict. */
void am_patch_put(struct am_patch *patch, cJSON *object, const char *key, cJSON *value);
/* Remove a member; one that is not there is fine. */
void am_patch_remove(struct am_patch *patch, cJSON *object, const char *key, const cJSON *why);
/* Remove an entry of a list. */
void am_patch_remove_entry(struct am_patch *patch, cJSON *list, cJSON *entry, const char *id,
                           const cJSON *why);
/* Append to a list of an object, which is made where it is missing; takes value. */
void am_patch_append(struct am_patch *patch, cJSON *object, const char *key, cJSON *value,
                     const cJSON *why);

/* The finding that two changes of the scenario exclude each other. */
void am_patch_conflict(struct am_patch *patch, const cJSON *why, const cJSON *other,
                       const char *about);

/* ---- finding ---- */

/* A member, or NULL. */
cJSON *am_patch_member(const cJSON *object, const char *key);
/* A text of the tree, or NULL. */
const char *am_patch_string(const cJSON *object, const char *key);
/* A date of the tree, or AM_NO_DATE. */
am_date am_patch_date_of(const cJSON *object, const char *key);
/* The id of an entry, its parts joined by a space; NULL where it has none. */
const char *am_patch_id(struct am_patch *patch, const struct am_list_kind *kind,
                        const cJSON *entry);
/* The entry of this id, or NULL. */
cJSON *am_patch_entry(struct am_patch *patch, const struct am_list_kind *kind, const cJSON *list,
                      const char *id);
/* The finding that there is none: the nearest id, or the line that removed it. */
void am_patch_no_entry(struct am_patch *patch, const struct am_list_kind *kind, const cJSON *list,
                       const char *id, const cJSON *why);
/* The entry that a text of the scenario names in a list at the top of the
 * caseload, or NULL after an error (or where value is NULL). */
cJSON *am_patch_refer(struct am_patch *patch, const char *list_key, const cJSON *value);

/* ---- writing ---- */

struct am_patch_piece {
    size_t at;      /* in the result: from here to the next piece */
    int64_t origin; /* of its first byte, as an offset of the tree */
};

struct am_patch_pieces {
    struct am_patch_piece *at;
    size_t count, room;
};

/* The tree as JSON, appended to text. */
AM_MUST_CHECK am_status am_patch_write(const struct am_patch *patch, struct am_text *text,
                                       struct am_patch_pieces *pieces, struct am_err *err);

#endif
