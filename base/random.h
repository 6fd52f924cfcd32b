/*
 * random - seeded numbers that are looked up, not drawn one after another.
 *
 * A stream is named by a seed and two numbers of the caller's; its n-th number
 * depends on these four alone. So whoever asks, in whatever order and on
 * however many threads, gets the same. Whole numbers only.
 *
 * The n-th number is that of SplitMix64 (Steele, Lea, Flood: Fast splittable
 * pseudorandom number generators, 2014) begun at the stream's place. Not for
 * secrets.
 */
#ifndef AM_BASE_RANDOM_H
#define AM_BASE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

/* SplitMix64's way of mixing 64 bits: a bijection. */
static inline uint64_t am_random_mix(uint64_t bits)
{
    bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
    return bits ^ bits >> 31;
}

/* The stream of this name. */
uint64_t am_random_stream(uint64_t seed, uint64_t first, uint64_t second);

/* The stream's n-th number, n from 0. */
static inline uint64_t am_random_at(uint64_t stream, uint64_t n)
{
    return am_random_mix(stream + (n + 1) * UINT64_C(0x9e3779b97f4a7c15));
}

/* A chance of so many in a hundred (0 .. 100), to the nearest of 2^32 parts
 * above: never at 0, always at 100. */
static inline bool am_random_percent(uint64_t number, int32_t percent)
{
    return (number >> 32) * 100 >> 32 < (uint64_t)percent;
}

/* A number that stands for a text (FNV-1a, 64 bits), to name streams by. */
uint64_t am_random_name(const char *text);

#endif
