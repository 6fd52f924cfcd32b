#include "command/count.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 9 };

bool am_count_parse(const char *text, int least, int most, int *value)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > DIGITS_MOST || text[digits] != '\0')
        return false;
    long number = strtol(text, NULL, 10);
    if (number < least || number > most)
        return false;
    *value = (int)number;
    return true;
}
