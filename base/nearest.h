/*
 * nearest - "did you mean": the known word that is closest to what was written.
 */
#ifndef AM_BASE_NEAREST_H
#define AM_BASE_NEAREST_H

/* Edits (a letter added, dropped, changed, or two neighbours swapped) that make
 * one word of the other; - and _ are the same letter. Words of over 63 letters
 * are compared by their first 63. */
int am_word_distance(const char *a, const char *b);

/* Keeps the nearest word seen so far; start from {0}. */
struct am_nearest {
    const char *word; /* NULL: nothing near enough */
    int distance;
};

/* Offer a known word for what was written. A word counts as near when at most
 * a third of its letters, and at least one, are wrong. */
void am_nearest_offer(struct am_nearest *nearest, const char *written, const char *known);

#endif
