/*
 * html_text - text inside HTML.
 */
#ifndef AM_IO_HTML_TEXT_H
#define AM_IO_HTML_TEXT_H

#include "io/text.h"

/* Append a text so that a browser shows just that, as content and as the value
 * of an attribute. Control characters and bytes that are no UTF-8 become U+FFFD. */
void am_text_html(struct am_text *text, const char *value);

/* <tag>value</tag>, the value escaped. */
void am_html_element(struct am_text *text, const char *tag, const char *value);

#endif
