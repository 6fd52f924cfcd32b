/*
 * pieces - convex piecewise linear functions of minutes, in whole numbers.
 *
 * Such a function, 0 at 0, is a list of pieces by ascending slope. There is no
 * grid and no rounding. Where a function runs out of memory it sets *no_memory,
 * which the caller looks at once in a while, and its result is of no use.
 */
#ifndef AM_SOLVER_PIECES_H
#define AM_SOLVER_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct am_piece {
    int64_t slope;
    int32_t length, option; /* option: of a week's pieces */
};

struct am_pieces {
    struct am_piece *at; /* malloc'd */
    size_t room;
    int count;
};

/* Room for so many; those that are there stay. False: no memory, here and below. */
bool am_pieces_reserve(bool *no_memory, struct am_pieces *pieces, int count);

/* Take in a piece by its slope (there is room for one more), and drop what lies
 * beyond `most` minutes. */
void am_pieces_insert(struct am_pieces *pieces, struct am_piece piece, int32_t most);

/* Into out the infimal convolution of two functions: their pieces by slope, as
 * far as `most`; pieces lose their option. */
bool am_pieces_convolve(bool *no_memory, const struct am_pieces *a, const struct am_pieces *b,
                        int32_t most, struct am_pieces *out);

/* How much of b lies in the first `total` of their convolution. */
int32_t am_pieces_share(const struct am_pieces *a, const struct am_pieces *b, int32_t total);

/* Add `slope` to every piece between from and to (minutes), splitting those
 * that it cuts; spare is overwritten. */
bool am_pieces_tilt(bool *no_memory, struct am_pieces *pieces, struct am_pieces *spare,
                    int32_t from, int32_t to, int64_t slope);

/* Add slope * max(0, threshold - x) to the pieces; answers its value at 0. */
int64_t am_pieces_penalise(bool *no_memory, struct am_pieces *pieces, int64_t threshold,
                           int64_t slope);

/* Copy the part from .. to of `in`, its slopes lowered, to the end of out. */
bool am_pieces_take(bool *no_memory, const struct am_pieces *in, int64_t from, int64_t to,
                    int64_t slope, struct am_pieces *out);

#endif
