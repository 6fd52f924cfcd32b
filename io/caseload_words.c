/* Vocabularies: what is at a project (tags) and what a person must avoid; what
 * a project offers and what a person needs. The words are few and fixed, so
 * that a slip is found; others begin with x-. */
#include "io/caseload_reader.h"

#include <stdio.h>
#include <string.h>

static const char *const known_tags[] = {"children",      "vulnerable_adults", "internet",
                                         "alcohol",       "animals",           "outdoor",
                                         "public_facing", "machinery"};
static const char *const known_offers[] = {"step_free", "light_duty", "indoors", "toilets",
                                           "quiet"};

enum { WORD_MOST = 64, TAG_COUNT = 8, OFFER_COUNT = 5, LIST_BYTES = 200 };

static void fill(struct am_reader *reader, struct am_names *names, const char *const *words,
                 int count)
{
    int number;
    am_names_init(names, &reader->caseload->arena);
    for (int i = 0; i < count; i++)
        if (am_names_add(names, words[i], &number) != AM_OK)
            reader->status = am_fail_memory(reader->err);
}

void am_read_words_init(struct am_reader *reader)
{
    fill(reader, &reader->tags, known_tags, TAG_COUNT);
    fill(reader, &reader->offers, known_offers, OFFER_COUNT);
}

/* A word of one's own, not met before: its bit, or -1. */
static int new_word(struct am_reader *reader, struct am_names *names, const cJSON *value)
{
    if (names->count == WORD_MOST) {
        am_json_error(&reader->json, value, "more than %d different words", WORD_MOST);
        return -1;
    }
    const char *word = am_json_id(&reader->json, value);
    int number;
    if (word && am_names_add(names, word, &number) == AM_OK)
        return number;
    if (word)
        reader->status = am_fail_memory(reader->err);
    return -1;
}

/* The fixed words, which come first. */
static const char *list_words(const struct am_names *names, char list[LIST_BYTES])
{
    bool tags = strcmp(names->ids[0], known_tags[0]) == 0;
    int count = tags ? TAG_COUNT : OFFER_COUNT;
    size_t used = 0;
    for (int i = 0; i < count && used < LIST_BYTES; i++) {
        int more =
            snprintf(list + used, LIST_BYTES - used, "%s%s", i > 0 ? ", " : "", names->ids[i]);
        used += more > 0 ? (size_t)more : 0;
    }
    return list;
}

static int read_word(struct am_reader *reader, struct am_names *names, const cJSON *value)
{
    if (!cJSON_IsString(value)) {
        (void)am_json_expected(&reader->json, value, "a word");
        return -1;
    }
    int number = am_names_find(names, value->valuestring);
    if (number >= 0)
        return number;
    if (strncmp(value->valuestring, "x-", 2) == 0 && value->valuestring[2])
        return new_word(reader, names, value);
    if (am_json_is_private(&reader->json, value)) {
        char known[LIST_BYTES];
        am_json_error(
            &reader->json, value,
            "unknown word (private, so not shown); known are %s; a word of your own begins "
            "with x-",
            list_words(names, known));
        return -1;
    }
    const char *nearest = am_names_nearest(names, value->valuestring);
    am_json_error(&reader->json, value,
                  "unknown word \"%s\"; %s%s%sa word of your own begins with x-",
                  value->valuestring, nearest ? "the nearest known one is \"" : "",
                  nearest ? nearest : "", nearest ? "\"; " : "");
    return -1;
}

/* first remembers the first use of each word. */
static uint64_t read_words(struct am_reader *reader, struct am_names *names, const cJSON *list,
                           const cJSON **first)
{
    uint64_t set = 0;
    int length;
    for (const cJSON *at = am_json_list(&reader->json, list, &length); at; at = at->next) {
        int word = read_word(reader, names, at);
        if (word < 0)
            continue;
        set |= (uint64_t)1 << word;
        if (!first[word])
            first[word] = at;
    }
    return set;
}

uint64_t am_read_tags(struct am_reader *reader, const cJSON *list)
{
    const cJSON *first[WORD_MOST] = {NULL};
    uint64_t set = read_words(reader, &reader->tags, list, first);
    reader->tags_present |= set;
    return set;
}

uint64_t am_read_must_avoid(struct am_reader *reader, const cJSON *list)
{
    return read_words(reader, &reader->tags, list, reader->first_avoided);
}

uint64_t am_read_offers(struct am_reader *reader, const cJSON *list)
{
    const cJSON *first[WORD_MOST] = {NULL};
    uint64_t set = read_words(reader, &reader->offers, list, first);
    reader->offers_present |= set;
    return set;
}

uint64_t am_read_needs(struct am_reader *reader, const cJSON *list)
{
    return read_words(reader, &reader->offers, list, reader->first_needed);
}

/* A word of one's own that meets nothing is most likely a slip, and in
 * must_avoid a dangerous one. */
static void warn_unmatched(struct am_reader *reader, const struct am_names *names, int from,
                           uint64_t present, const cJSON *const *first)
{
    for (int word = from; word < names->count; word++)
        if (first[word] && !(present & (uint64_t)1 << word))
            am_json_warning(&reader->json, first[word], "no project has this word");
}

void am_read_words_check(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    warn_unmatched(reader, &reader->tags, TAG_COUNT, reader->tags_present, reader->first_avoided);
    warn_unmatched(reader, &reader->offers, OFFER_COUNT, reader->offers_present,
                   reader->first_needed);
    caseload->tag_names = reader->tags.ids;
    caseload->tag_count = reader->tags.count;
    caseload->offer_names = reader->offers.ids;
    caseload->offer_count = reader->offers.count;
}
