#include "publish/caldav_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/text.h"
#include "publish/caldav_target.h"

enum { FEED_DIGITS = 8, NAME_TEXT = 512 };

/* A resource that the server has. */
struct held {
    const char *name, *etag;
    bool wanted; /* some step is about it */
};

struct planning {
    const struct am_feed *feed;
    const struct am_caldav_ledger *ledger;
    struct am_arena *arena;
    struct am_caldav_plan *plan;
    struct held *held; /* by name */
    int held_count;
    char prefix[32]; /* of the names that are ours */
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct held *)a)->name, ((const struct held *)b)->name);
}

static struct held *find_held(const struct planning *planning, const char *name)
{
    struct held key = {.name = name};
    return bsearch(&key, planning->held, (size_t)planning->held_count, sizeof key, by_name);
}

static am_status collect_held(struct planning *planning, const struct am_caldav_listing *listing,
                              struct am_err *err)
{
    planning->held = AM_ARENA_NEW(planning->arena, (size_t)listing->count, struct held);
    if (!planning->held)
        return am_fail_memory(err);
    for (int i = 0; i < listing->count; i++) {
        const struct am_caldav_resource *resource = &listing->resources[i];
        const char *name = am_caldav_name_of(resource->href);
        if (name && !resource->is_calendar && !resource->missing)
            planning->held[planning->held_count++] = (struct held){name, resource->etag, false};
    }
    qsort(planning->held, (size_t)planning->held_count, sizeof *planning->held, by_name);
    return AM_OK;
}

static am_status add_step(struct planning *planning, const struct am_caldav_step *step,
                          struct am_err *err)
{
    struct am_caldav_plan *plan = planning->plan;
    if (plan->count == plan->room) {
        int room = plan->room ? 2 * plan->room : 64;
        struct am_caldav_step *more =
            AM_ARENA_NEW(planning->arena, (size_t)room, struct am_caldav_step);
        if (!more)
            return am_fail_memory(err);
        if (plan->count > 0)
            memcpy(more, plan->steps, (size_t)plan->count * sizeof *more);
        plan->steps = more;
        plan->room = room;
    }
    plan->steps[plan->count++] = *step;
    plan->counts[step->deed]++;
    return AM_OK;
}

static am_status hash_event(const struct am_feed *feed, int event, char hash[AM_DIGEST_TEXT],
                            struct am_err *err)
{
    struct am_text text = {0};
    struct am_digest digest;
    am_feed_put_event(feed, event, &text);
    am_digest_init(&digest);
    am_digest_add(&digest, am_text_string(&text), text.size);
    am_digest_finish(&digest, hash);
    am_status status = am_text_status(&text, err);
    am_text_release(&text);
    return status;
}

static am_status plan_event(struct planning *planning, int event, struct am_err *err)
{
    struct am_caldav_step step = {.deed = AM_CALDAV_CREATE, .event = event, .etag = ""};
    const struct am_caldav_entry *entry;
    struct held *held;
    char name[NAME_TEXT];
    step.uid = planning->feed->events[event].uid;
    am_status status = hash_event(planning->feed, event, step.hash, err);
    if (status)
        return status;
    (void)snprintf(name, sizeof name, "%s%s.ics", planning->prefix, step.uid);
    entry = am_caldav_ledger_find(planning->ledger, step.uid);
    held = find_held(planning, entry ? entry->name : name);
    if (!held && entry)
        held = find_held(planning, name);
    if (held) {
        held->wanted = true;
        step.deed = AM_CALDAV_UPDATE;
        step.etag = held->etag;
        if (entry && *held->etag && strcmp(held->etag, entry->etag) == 0 &&
            strcmp(entry->hash, step.hash) == 0)
            step.deed = AM_CALDAV_KEEP;
    }
    step.name = held ? held->name : am_arena_strdup(planning->arena, name);
    return step.name ? add_step(planning, &step, err) : am_fail_memory(err);
}

/* What the ledger knows of, and the feed no longer. */
static am_status plan_entry(struct planning *planning, const struct am_caldav_entry *entry,
                            struct am_err *err)
{
    struct held *held = find_held(planning, entry->name);
    if (!held || held->wanted)
        return AM_OK;
    held->wanted = true;
    struct am_caldav_step step = {.deed = AM_CALDAV_DELETE,
                                  .event = -1,
                                  .uid = entry->uid,
                                  .name = held->name,
                                  .etag = held->etag};
    return add_step(planning, &step, err);
}

/* What bears a name of ours, though the ledger does not know it: it was lost,
 * or a run was cut short. */
static am_status plan_stray(struct planning *planning, const struct held *held, struct am_err *err)
{
    size_t prefix = strlen(planning->prefix);
    const char *dot = strrchr(held->name, '.');
    if (held->wanted || strncmp(held->name, planning->prefix, prefix) != 0 || !dot ||
        strcmp(dot, ".ics") != 0)
        return AM_OK;
    size_t size = (size_t)(dot - held->name) - prefix;
    char *uid = am_arena_alloc(planning->arena, size + 1, 1);
    if (!uid)
        return am_fail_memory(err);
    memcpy(uid, held->name + prefix, size);
    struct am_caldav_step step = {
        .deed = AM_CALDAV_DELETE, .event = -1, .uid = uid, .name = held->name, .etag = held->etag};
    return add_step(planning, &step, err);
}

am_status am_caldav_plan_make(const struct am_feed *feed, const struct am_caldav_ledger *ledger,
                              const struct am_caldav_listing *listing, struct am_arena *arena,
                              struct am_caldav_plan *plan, struct am_err *err)
{
    struct planning planning = {.feed = feed, .ledger = ledger, .arena = arena, .plan = plan};
    *plan = (struct am_caldav_plan){0};
    (void)snprintf(planning.prefix, sizeof planning.prefix, "amends-%.*s-", FEED_DIGITS, feed->id);
    am_status status = collect_held(&planning, listing, err);
    for (int i = 0; !status && i < feed->event_count; i++)
        status = plan_event(&planning, i, err);
    for (int i = 0; !status && i < ledger->count; i++)
        status = plan_entry(&planning, &ledger->entries[i], err);
    for (int i = 0; !status && i < planning.held_count; i++)
        status = plan_stray(&planning, &planning.held[i], err);
    return status;
}
