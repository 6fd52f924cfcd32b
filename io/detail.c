#include "io/detail.h"

#include <string.h>

bool am_detail_parse(const char *word, enum am_detail *detail)
{
    static const char *const words[] = {"count", "crn", "names"};
    for (int i = 0; i < 3; i++)
        if (strcmp(word, words[i]) == 0) {
            *detail = (enum am_detail)i;
            return true;
        }
    return false;
}
