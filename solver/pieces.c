#include "solver/pieces.h"

#include <string.h>

#include "base/grow.h"

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

bool am_pieces_reserve(bool *no_memory, struct am_pieces *pieces, int count)
{
    void *at = pieces->at;
    if ((size_t)count <= pieces->room)
        return true;
    if (!am_grow(&at, &pieces->room, (size_t)count, sizeof *pieces->at)) {
        *no_memory = true;
        return false;
    }
    pieces->at = at;
    return true;
}

/* Append, joining pieces of one slope unless they are of different options. */
static void append(struct am_pieces *pieces, struct am_piece piece)
{
    struct am_piece *last = pieces->count > 0 ? &pieces->at[pieces->count - 1] : NULL;
    if (piece.length <= 0)
        return;
    if (last && last->slope == piece.slope && last->option == piece.option)
        last->length += piece.length;
    else
        pieces->at[pieces->count++] = piece;
}

bool am_pieces_convolve(bool *no_memory, const struct am_pieces *a, const struct am_pieces *b,
                        int32_t most, struct am_pieces *out)
{
    int i = 0, j = 0;
    out->count = 0;
    if (!am_pieces_reserve(no_memory, out, a->count + b->count + 1))
        return false;
    while (most > 0 && (i < a->count || j < b->count)) {
        bool first = j == b->count || (i < a->count && a->at[i].slope <= b->at[j].slope);
        struct am_piece piece = first ? a->at[i++] : b->at[j++];
        piece.length = least(piece.length, most);
        piece.option = 0;
        most -= piece.length;
        append(out, piece);
    }
    return true;
}

int32_t am_pieces_share(const struct am_pieces *a, const struct am_pieces *b, int32_t total)
{
    int i = 0, j = 0;
    int32_t share = 0;
    while (total > 0 && (i < a->count || j < b->count)) {
        bool first = j == b->count || (i < a->count && a->at[i].slope <= b->at[j].slope);
        int32_t length = least(first ? a->at[i++].length : b->at[j++].length, total);
        total -= length;
        share += first ? 0 : length;
    }
    return share;
}

bool am_pieces_tilt(bool *no_memory, struct am_pieces *pieces, struct am_pieces *out, int32_t from,
                    int32_t to, int64_t slope)
{
    int32_t at = 0;
    out->count = 0;
    if (!am_pieces_reserve(no_memory, out, pieces->count + 2) ||
        !am_pieces_reserve(no_memory, pieces, pieces->count + 2))
        return false;
    for (int i = 0; i < pieces->count; i++) {
        struct am_piece piece = pieces->at[i];
        int32_t end = at + piece.length, cuts[4] = {at, from, to, end};
        for (int c = 1; c < 3; c++)
            cuts[c] = cuts[c] < at ? at : least(cuts[c], end);
        for (int c = 0; c < 3; c++) {
            struct am_piece part = {piece.slope, cuts[c + 1] - cuts[c], piece.option};
            part.slope += c == 1 ? slope : 0;
            append(out, part);
        }
        at = end;
    }
    struct am_pieces kept = *pieces;
    *pieces = *out;
    *out = kept;
    return true;
}

int64_t am_pieces_penalise(bool *no_memory, struct am_pieces *pieces, int64_t threshold,
                           int64_t slope)
{
    int64_t left = threshold;
    if (threshold <= 0 || slope == 0 || !am_pieces_reserve(no_memory, pieces, pieces->count + 1))
        return 0;
    for (int i = 0; i < pieces->count && left > 0; i++) {
        struct am_piece *piece = &pieces->at[i];
        if (piece->length > left) { /* cut: what is beyond keeps its slope */
            memmove(piece + 1, piece, (size_t)(pieces->count - i) * sizeof *piece);
            pieces->count++;
            piece[1].length -= (int32_t)left;
            piece->length = (int32_t)left;
        }
        piece->slope -= slope;
        left -= piece->length;
    }
    return threshold * slope;
}

void am_pieces_insert(struct am_pieces *pieces, struct am_piece piece, int32_t most)
{
    int i = pieces->count++;
    for (; i > 0 && pieces->at[i - 1].slope > piece.slope; i--)
        pieces->at[i] = pieces->at[i - 1];
    pieces->at[i] = piece;
    int32_t sum = 0;
    for (i = 0; i < pieces->count && sum < most; i++) {
        pieces->at[i].length = least(pieces->at[i].length, most - sum);
        sum += pieces->at[i].length;
    }
    pieces->count = i;
}

bool am_pieces_take(bool *no_memory, const struct am_pieces *in, int64_t from, int64_t to,
                    int64_t slope, struct am_pieces *out)
{
    int64_t at = 0;
    if (!am_pieces_reserve(no_memory, out, out->count + in->count + 1))
        return false;
    for (int i = 0; i < in->count; i++) {
        int64_t start = at > from ? at : from, end = at + in->at[i].length;
        at = end;
        end = end < to ? end : to;
        if (end > start)
            append(out, (struct am_piece){in->at[i].slope - slope, (int32_t)(end - start), 0});
    }
    return true;
}
