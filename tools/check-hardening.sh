#!/usr/bin/env bash
# check-hardening.sh [PROGRAM...] - were the programs built as docs/security.md says? Prints TAP.
# Without arguments: amends and amends-publish of the build (BUILD=build/release).
set -u
cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build/release}
[ $# -gt 0 ] || set -- "$BUILD/amends" "$BUILD/amends-publish"
count=0
failed=0

# check TEXT COMMAND...: one line of TAP.
check() {
    local text="$name: $1"
    shift
    count=$((count + 1))
    if "$@"; then
        echo "ok $count - $text"
    else
        failed=$((failed + 1))
        echo "not ok $count - $text"
    fi
}
has() { grep -qE "$1" <<<"$2"; }
lacks() { ! grep -qE "$1" <<<"$2"; }
one_access() { # no part of memory may be both written and run
    awk '$1 == "LOAD" && / RWE /{bad = 1} END {exit bad}' <<<"$segments"
}
# A page of stack is taken and touched before the next: gcc writes orq, clang movq.
probes_stack() {
    awk '/sub +\$0x1000,%rsp/ {taken = 1; next}
         taken && /(or|mov)q +\$0x0,(0x[0-9a-f]+)?\(%rsp\)/ {found = 1}
         {taken = 0} END {exit !found}' <<<"$code"
}
# The start-up code of Debian 12 bears no such marks, so the program as a whole is not marked.
marks_main() { grep -A1 '<main>:' <<<"$code" | grep -q endbr64; }

for program in "$@"; do
    name=$(basename "$program")
    if ! header=$(readelf -hW "$program") || ! segments=$(readelf -lW "$program") ||
        ! dynamic=$(readelf -dW "$program") || ! symbols=$(readelf --dyn-syms -W "$program"); then
        check "can be read" false
        continue
    fi
    check "lies at an address that changes (PIE)" has 'Type: +DYN' "$header"
    check "says so to the loader" has 'FLAGS_1.*PIE' "$dynamic"
    check "has tables that are read-only once it runs (RELRO)" has 'GNU_RELRO' "$segments"
    check "binds everything before it runs" has 'BIND_NOW|FLAGS_1.*NOW' "$dynamic"
    check "has a stack that does not run" has 'GNU_STACK.* RW ' "$segments"
    check "has no memory that is both written and run" one_access
    check "does not change its own code (TEXTREL)" lacks 'TEXTREL' "$dynamic"
    check "takes libraries from the system alone (RPATH)" lacks 'RPATH|RUNPATH' "$dynamic"
    check "guards its stack" has '__stack_chk_fail' "$symbols"
    check "checks sizes of buffers (FORTIFY)" has '__(sn|vsn|f|vf)printf_chk|__mem[a-z]+_chk' "$symbols"
    check "calls nothing that overruns" lacks ' (gets|strcpy|strcat|sprintf|vsprintf|strtok|tmpnam|mktemp)(@|$)' "$symbols"
    case $header in
    *X86-64*)
        code=$(objdump -d --no-show-raw-insn "$program")
        check "probes its stack page by page" probes_stack
        check "marks where calls may land (IBT)" marks_main
        ;;
    *AArch64*)
        code=$(objdump -d --no-show-raw-insn "$program")
        check "signs where it returns to (PAC)" has '\bpaciasp\b' "$code"
        ;;
    esac
done
echo "1..$count"
exit $((failed > 0))
