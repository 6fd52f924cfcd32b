#include "io/decimal.h"

enum { DIGITS = 18, EXPONENT_MOST = 1000000 };

/* mantissa * 10^exponent, and something nonzero beyond it where `more`. */
struct reading {
    int64_t mantissa;
    int digits;
    long exponent;
    bool more;
};

static void take_digit(struct reading *r, int digit, bool fraction)
{
    if (r->digits < DIGITS) {
        r->mantissa = 10 * r->mantissa + digit;
        r->digits += r->mantissa > 0;
        r->exponent -= fraction;
    } else {
        r->more = r->more || digit > 0;
        r->exponent += !fraction;
    }
}

static long read_exponent(const char *text)
{
    bool negative = *text == '-';
    long exponent = 0;
    text += *text == '-' || *text == '+';
    for (; *text >= '0' && *text <= '9'; text++)
        if (exponent < EXPONENT_MOST)
            exponent = 10 * exponent + (*text - '0');
    return negative ? -exponent : exponent;
}

static struct reading read_digits(const char *text)
{
    struct reading r = {0};
    bool fraction = false;
    for (; (*text >= '0' && *text <= '9') || *text == '.'; text++) {
        if (*text == '.')
            fraction = true;
        else
            take_digit(&r, *text - '0', fraction);
    }
    if (*text == 'e' || *text == 'E')
        r.exponent += read_exponent(text + 1);
    return r;
}

struct am_decimal am_decimal_read(const char *text, int shift)
{
    bool negative = *text == '-';
    struct reading r = read_digits(text + negative);
    r.exponent += shift;
    const int64_t most = 1000000000000000000;
    while (r.exponent > 0 && r.mantissa > 0) {
        if (r.mantissa >= most / 10)
            return (struct am_decimal){.in_range = false};
        r.mantissa *= 10;
        r.exponent--;
    }
    while (r.exponent < 0 && r.mantissa > 0) {
        r.more = r.more || r.mantissa % 10 > 0;
        r.mantissa /= 10;
        r.exponent++;
    }
    int64_t floor = negative ? -r.mantissa - r.more : r.mantissa;
    return (struct am_decimal){.in_range = true, .exact = !r.more, .floor = floor};
}
