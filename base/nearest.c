#include "base/nearest.h"

#include <stddef.h>
#include <string.h>

enum { LETTERS = 63 };

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static char folded(char letter)
{
    if (letter == '_')
        return '-';
    if (letter >= 'A' && letter <= 'Z')
        return (char)(letter - 'A' + 'a');
    return letter;
}

static int letters_of(const char *word)
{
    size_t length = strlen(word);
    return length > LETTERS ? LETTERS : (int)length;
}

/* Optimal string alignment: Levenshtein's table with swaps of neighbours. */
int am_word_distance(const char *a, const char *b)
{
    int table[LETTERS + 1][LETTERS + 1];
    int rows = letters_of(a), columns = letters_of(b);
    for (int i = 0; i <= rows; i++)
        table[i][0] = i;
    for (int j = 0; j <= columns; j++)
        table[0][j] = j;
    for (int i = 1; i <= rows; i++) {
        for (int j = 1; j <= columns; j++) {
            char x = folded(a[i - 1]), y = folded(b[j - 1]);
            int best = table[i - 1][j - 1] + (x != y);
            best = smaller(best, table[i - 1][j] + 1);
            best = smaller(best, table[i][j - 1] + 1);
            if (i > 1 && j > 1 && x == folded(b[j - 2]) && folded(a[i - 2]) == y)
                best = smaller(best, table[i - 2][j - 2] + 1);
            table[i][j] = best;
        }
    }
    return table[rows][columns];
}

void am_nearest_offer(struct am_nearest *nearest, const char *written, const char *known)
{
    int distance = am_word_distance(written, known);
    int most = letters_of(known) / 3 > 1 ? letters_of(known) / 3 : 1;
    if (distance > most || (nearest->word && distance >= nearest->distance))
        return;
    nearest->word = known;
    nearest->distance = distance;
}
