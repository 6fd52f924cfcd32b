#include "publish/merge.h"

#include <stdlib.h>
#include <string.h>

#include "publish/event_text.h"

enum { DAY_S = 86400 };

/* One UID, and what each of the three knows of it; NULL: nothing. */
struct triple {
    const char *uid;
    const struct am_feed_event *published, *fresh;
    const struct am_ledger_event *known;
};

struct merger {
    const struct am_merge *merge;
    struct am_arena *arena;
    struct am_merged *merged;
    struct am_feed_event last; /* the latest of what is too old; uid NULL: none */
};

/* ---- what was before ---- */

/* Where an event stood: as published or as known, whichever is further. */
struct base {
    bool exists;
    enum am_event_state state;
    const char *hash;
    int32_t sequence;
    int64_t last_modified, end;
};

static struct base base_of_published(const struct am_feed_event *event)
{
    return (struct base){true,
                         event->cancelled ? AM_EVENT_CANCELLED : AM_EVENT_LIVE,
                         event->hash,
                         event->sequence,
                         event->last_modified,
                         event->end};
}

static struct base base_of(const struct triple *triple)
{
    const struct am_ledger_event *known = triple->known;
    struct base base = {0};
    if (triple->published)
        base = base_of_published(triple->published);
    if (known && (!base.exists || known->sequence > base.sequence ||
                  (known->sequence == base.sequence && known->last_modified > base.last_modified)))
        base = (struct base){
            true, known->state, known->hash, known->sequence, known->last_modified, known->end};
    return base;
}

/* ---- what is after ---- */

static bool is_over(const struct merger *m, int64_t end, int days)
{
    return end + (int64_t)days * DAY_S <= m->merge->now;
}

static void remember(struct merger *m, const char *uid, const struct base *base,
                     enum am_event_state state)
{
    struct am_ledger_event *known = &m->merged->known[m->merged->known_count++];
    *known = (struct am_ledger_event){.uid = uid,
                                      .sequence = base->sequence,
                                      .last_modified = base->last_modified,
                                      .end = base->end,
                                      .state = state};
    memcpy(known->hash, base->hash, sizeof known->hash);
}

/* Publish an event with the bytes given, or, where it is too old, keep it in
 * mind as the last of its feed. */
static void keep(struct merger *m, struct am_feed_event event)
{
    int days = event.cancelled ? AM_TOMBSTONE_DAYS : AM_HISTORY_DAYS;
    struct base base = base_of_published(&event);
    if (!is_over(m, event.end, days)) {
        m->merged->events[m->merged->event_count++] = event;
        remember(m, event.uid, &base, base.state);
        return;
    }
    m->merged->counts.removed++;
    if (!m->last.uid || event.end > m->last.end)
        m->last = event;
    if (!is_over(m, event.end, AM_HISTORY_DAYS))
        remember(m, event.uid, &base, AM_EVENT_DROPPED);
}

/* The bytes of text as an event, in the arena. */
static am_status take_text(struct merger *m, struct am_text *text, struct am_feed_event *event,
                           struct am_err *err)
{
    char *bytes = text->failed ? NULL : (char *)am_arena_alloc(m->arena, text->size + 1, 1);
    if (!bytes)
        return am_fail_memory(err);
    memcpy(bytes, am_text_string(text), text->size);
    return am_event_read(bytes, text->size, m->arena, event, err);
}

/* Publish an event under this SEQUENCE and stamp. */
static am_status keep_stamped(struct merger *m, const struct am_feed_event *event, int32_t sequence,
                              int64_t stamp, struct am_err *err)
{
    struct am_text text = {0};
    struct am_feed_event stamped = {0};
    am_event_put_stamped(event, sequence, stamp, &text);
    am_status status = take_text(m, &text, &stamped, err);
    if (!status)
        keep(m, stamped);
    am_text_release(&text);
    return status;
}

static int64_t later(const struct merger *m, const struct base *base)
{
    return m->merge->now > base->last_modified ? m->merge->now : base->last_modified + 1;
}

/* The roster has it. */
static am_status merge_fresh(struct merger *m, const struct triple *triple, const struct base *base,
                             struct am_err *err)
{
    const struct am_feed_event *fresh = triple->fresh;
    if (!base->exists) {
        if (is_over(m, fresh->end, AM_HISTORY_DAYS))
            return AM_OK;
        m->merged->counts.added++;
        return keep_stamped(m, fresh, 0, m->merge->now, err);
    }
    if (base->state == AM_EVENT_LIVE && strcmp(base->hash, fresh->hash) == 0) {
        m->merged->counts.same++;
        return keep_stamped(m, fresh, base->sequence, base->last_modified, err);
    }
    m->merged->counts.changed++;
    return keep_stamped(m, fresh, base->sequence + 1, later(m, base), err);
}

static am_status bury(struct merger *m, const struct am_feed_event *event, int32_t sequence,
                      int64_t stamp, struct am_err *err)
{
    struct am_text text = {0};
    struct am_feed_event tombstone = {0};
    am_event_put_tombstone(event, &text);
    am_status status = take_text(m, &text, &tombstone, err);
    if (!status)
        status = keep_stamped(m, &tombstone, sequence, stamp, err);
    am_text_release(&text);
    return status;
}

/* The roster has it not: cancelled, over, or none of its business. */
static am_status merge_published(struct merger *m, const struct triple *triple,
                                 const struct base *base, struct am_err *err)
{
    const struct am_feed_event *event = triple->published;
    bool spoken_of = event->start >= m->merge->from && event->start < m->merge->to;
    if (base->state != AM_EVENT_LIVE && !event->cancelled)
        return bury(m, event, base->sequence, base->last_modified, err);
    if (!event->cancelled && spoken_of && event->end > m->merge->now) {
        m->merged->counts.cancelled++;
        return bury(m, event, base->sequence + 1, later(m, base), err);
    }
    if (!is_over(m, event->end, event->cancelled ? AM_TOMBSTONE_DAYS : AM_HISTORY_DAYS))
        m->merged->counts.same++;
    return keep_stamped(m, event, base->sequence, base->last_modified, err);
}

static am_status merge_one(struct merger *m, const struct triple *triple, struct am_err *err)
{
    struct base base = base_of(triple);
    if (triple->fresh)
        return merge_fresh(m, triple, &base, err);
    if (triple->published)
        return merge_published(m, triple, &base, err);
    if (!is_over(m, base.end, AM_HISTORY_DAYS))
        remember(m, triple->uid, &base, AM_EVENT_DROPPED);
    return AM_OK;
}

/* ---- all of them ---- */

static int events_by_uid(const void *a, const void *b)
{
    const struct am_feed_event *x = a, *y = b;
    return strcmp(x->uid, y->uid);
}

static int known_by_uid(const void *a, const void *b)
{
    const struct am_ledger_event *x = a, *y = b;
    return strcmp(x->uid, y->uid);
}

static int by_start(const void *a, const void *b)
{
    const struct am_feed_event *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return strcmp(x->uid, y->uid);
}

static void sort(void *data, int count, size_t size, int (*order)(const void *, const void *))
{
    if (count > 1)
        qsort(data, (size_t)count, size, order);
}

/* The lesser of two UIDs, of which NULL is none. */
static const char *least(const char *a, const char *b)
{
    if (!a || !b)
        return a ? a : b;
    return strcmp(a, b) < 0 ? a : b;
}

/* The event of this UID, if it comes next; *at moves on. A file that somebody
 * changed may have it twice. */
static const struct am_feed_event *take_event(const struct am_feed_event *events, int count,
                                              int *at, const char *uid)
{
    const struct am_feed_event *found = NULL;
    for (; *at < count && strcmp(events[*at].uid, uid) == 0; (*at)++)
        if (!found)
            found = &events[*at];
    return found;
}

static const struct am_ledger_event *take_known(const struct am_ledger_event *events, int count,
                                                int *at, const char *uid)
{
    const struct am_ledger_event *found = NULL;
    for (; *at < count && strcmp(events[*at].uid, uid) == 0; (*at)++)
        if (!found)
            found = &events[*at];
    return found;
}

static am_status merge_all(struct merger *m, struct am_err *err)
{
    const struct am_merge *in = m->merge;
    am_status status = AM_OK;
    int p = 0, f = 0, k = 0;
    while (!status) {
        const char *uid = least(p < in->published_count ? in->published[p].uid : NULL,
                                f < in->fresh_count ? in->fresh[f].uid : NULL);
        uid = least(uid, k < in->known_count ? in->known[k].uid : NULL);
        if (!uid)
            break;
        struct triple triple = {.uid = uid};
        triple.published = take_event(in->published, in->published_count, &p, uid);
        triple.fresh = take_event(in->fresh, in->fresh_count, &f, uid);
        triple.known = take_known(in->known, in->known_count, &k, uid);
        status = merge_one(m, &triple, err);
    }
    return status;
}

/* Some readers refuse a feed that lost everything: its last event stays. */
static void keep_last(struct merger *m)
{
    struct am_merged *merged = m->merged;
    merged->over = merged->event_count == 0;
    if (!merged->over || !m->last.uid)
        return;
    merged->events[merged->event_count++] = m->last;
    merged->counts.removed--;
    struct base base = base_of_published(&m->last);
    for (int i = 0; i < merged->known_count; i++)
        if (strcmp(merged->known[i].uid, m->last.uid) == 0) {
            merged->known[i].state = base.state;
            return;
        }
    remember(m, m->last.uid, &base, base.state);
}

am_status am_merge_events(const struct am_merge *merge, struct am_arena *arena,
                          struct am_merged *merged, struct am_err *err)
{
    struct merger m = {.merge = merge, .arena = arena, .merged = merged};
    size_t events = (size_t)merge->published_count + (size_t)merge->fresh_count;
    *merged = (struct am_merged){0};
    merged->events = AM_ARENA_NEW(arena, events + 1, struct am_feed_event);
    merged->known =
        AM_ARENA_NEW(arena, events + (size_t)merge->known_count + 1, struct am_ledger_event);
    if (!merged->events || !merged->known)
        return am_fail_memory(err);
    sort(merge->published, merge->published_count, sizeof *merge->published, events_by_uid);
    sort(merge->fresh, merge->fresh_count, sizeof *merge->fresh, events_by_uid);
    sort(merge->known, merge->known_count, sizeof *merge->known, known_by_uid);
    am_status status = merge_all(&m, err);
    if (status)
        return status;
    keep_last(&m);
    sort(merged->events, merged->event_count, sizeof *merged->events, by_start);
    sort(merged->known, merged->known_count, sizeof *merged->known, known_by_uid);
    return AM_OK;
}
