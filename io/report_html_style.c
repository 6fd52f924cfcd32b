/* One sheet of A4 a day; on a screen the sheets lie below each other. */
#include "io/report_html_parts.h"

static const char *const rules[] = {
    ":root{--ink:#1b1f24;--quiet:#5a6570;--line:#d5dbe1;--soft:#f3f6f8;--accent:#0b5c63;"
    "--warn:#8a3b00;--warn-soft:#fdf1e6}",
    "*{box-sizing:border-box}",
    "html{background:#e6eaee}",
    "body{margin:0;color:var(--ink);font:10.5pt/1.4 \"Segoe UI\",\"Helvetica Neue\",Arial,"
    "\"Liberation Sans\",\"DejaVu Sans\",sans-serif;font-variant-numeric:tabular-nums}",
    "main{max-width:210mm;margin:0 auto}",
    ".sheet{background:#fff;margin:8mm 0;padding:13mm 14mm;box-shadow:0 1px 4px #0003}",
    "h1,h2,h3{line-height:1.2;margin:0;font-weight:650}",
    "h1{font-size:20pt}h2{font-size:17pt}",
    "h3{font-size:11.5pt;margin:6mm 0 1.5mm;color:var(--accent)}",
    "p{margin:1.5mm 0}",
    ".over{color:var(--accent);font-weight:650;font-size:9.5pt;letter-spacing:.04em;margin:0}",
    ".lead{color:var(--quiet);margin:1mm 0 0;font-size:11pt}",
    ".quiet,.none{color:var(--quiet)}",
    ".name{color:var(--quiet)}",
    ".tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:2.5mm;margin:6mm 0 0;padding:0}",
    ".tiles div{background:var(--soft);border-top:.9mm solid var(--accent);padding:2.5mm 3mm 3mm}",
    ".tiles dt{color:var(--quiet);font-size:9pt}",
    ".tiles dd{margin:0;font-size:16pt;font-weight:650;line-height:1.25}",
    ".tiles dd small{display:block;font-size:8.5pt;font-weight:400;color:var(--quiet);"
    "line-height:1.3}",
    ".tiles .warn{background:var(--warn-soft);border-color:var(--warn)}",
    ".tiles .warn dd{color:var(--warn)}",
    ".proof{border-left:.9mm solid var(--accent);padding:.5mm 0 .5mm 4mm;margin:0}",
    ".proof p:first-child{font-weight:650}",
    "table{border-collapse:collapse;width:100%}",
    "caption{text-align:left;color:var(--quiet);padding:0 0 1.5mm;font-size:9.5pt}",
    "th,td{text-align:left;vertical-align:top;padding:1.6mm 2mm 1.6mm 0;"
    "border-bottom:.2mm solid var(--line)}",
    "thead th{font-size:8.5pt;font-weight:650;color:var(--quiet);"
    "border-bottom:.4mm solid var(--accent);vertical-align:bottom}",
    "tbody th{font-weight:650}",
    "td.n,th.n{text-align:right;padding-right:3mm;white-space:nowrap}",
    "tfoot td,tfoot th{border-bottom:0;border-top:.4mm solid var(--line);font-weight:650}",
    "tr{break-inside:avoid}",
    ".brief td,.brief th,.list td,.list th{padding-top:1mm;padding-bottom:1mm}",
    ".list{margin-top:4mm}.list td:not(.n):not(:nth-child(2)){white-space:nowrap}",
    ".two{display:grid;grid-template-columns:1fr 1fr;gap:8mm}",
    ".day{margin-top:5mm;table-layout:fixed}",
    ".day .t{width:15mm}.day .p{width:56mm}.day .l{width:22mm}.day .h{width:19mm}",
    ".day tbody td,.day tbody th{padding-top:2.6mm;padding-bottom:2.6mm}",
    ".day tbody .t{font-size:12pt;line-height:1.25}",
    ".day .t span{display:block;font-size:9.5pt;font-weight:400;color:var(--quiet)}",
    ".day .p b{display:block;font-size:11pt;line-height:1.25}",
    ".day .p span{display:block;font-size:9pt;color:var(--quiet);overflow-wrap:anywhere}",
    ".day .l{overflow-wrap:anywhere}",
    ".day .h{text-align:right;padding-right:0}",
    ".day .h b{font-size:12pt}.day .h span{display:block;font-size:8.5pt;color:var(--quiet)}",
    ".people{list-style:none;margin:0;padding:0;display:grid;"
    "grid-template-columns:repeat(auto-fill,minmax(19mm,1fr));gap:.8mm 1.5mm}",
    ".people li{position:relative;padding-left:4.8mm;font-size:9.5pt;break-inside:avoid;"
    "overflow-wrap:anywhere}",
    ".people li::before{content:\"\";position:absolute;left:0;top:.75mm;width:3mm;height:3mm;"
    "border:.25mm solid var(--quiet);border-radius:.4mm}",
    ".people.named{grid-template-columns:1fr}",
    ".people small{display:block;color:var(--warn)}",
    ".off{margin-top:5mm}.off td,.off th{font-size:9pt;font-weight:400;padding:1mm 2mm 1mm 0;"
    "color:var(--quiet)}",
    ".off thead th{font-weight:650;border-color:var(--line)}",
    ".off{table-layout:fixed}.off th:nth-child(2),.off td:nth-child(2){width:18mm}",
    ".off th:first-child{width:75mm}",
    ".bad{color:var(--warn);font-weight:650}",
    "footer{max-width:210mm;margin:0 auto 8mm;padding:0 14mm;font-size:8.5pt;color:var(--quiet)}",
    "@page{size:A4 portrait;margin:13mm 14mm}",
    "@media print{html{background:none}body{font-size:10pt}main{max-width:none}",
    ".sheet{margin:0;padding:0;box-shadow:none;break-before:page}",
    ".sheet:first-child{break-before:auto}",
    "thead{display:table-header-group}tfoot{display:table-row-group}h2,h3{break-after:avoid}",
    ".tiles div,.proof{-webkit-print-color-adjust:exact;print-color-adjust:exact}",
    "footer{margin:4mm 0 0;padding:0}}",
    "@media screen and (max-width:700px){.sheet{padding:6mm 5mm;overflow-x:auto}"
    ".two{display:block}.tiles{grid-template-columns:repeat(2,1fr)}.day{min-width:165mm}}",
};

void am_html_style(struct am_text *text)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        am_text_add(text, rules[i]);
        am_text_char(text, '\n');
    }
}
