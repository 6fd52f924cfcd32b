#!/usr/bin/env bash
# check-deps.sh - who may include whom: base <- model <- {solver, io} <- {cli, publish}, which share
# command (of base, model and io).
# Third-party headers stay in the files named here, and the audit stays independent.
# Prints one TAP line a rule.
set -u
cd "$(dirname "$0")/.." || exit 1

count=0
failed=0
# forbid TEXT PATTERN FILE...: no file includes a header that matches.
forbid() {
    local text=$1 pattern=$2 found
    shift 2
    count=$((count + 1))
    found=$(grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($pattern)" "$@" /dev/null)
    if [ -n "$found" ]; then
        failed=$((failed + 1))
        echo "not ok $count - $text"
        while IFS= read -r line; do echo "# $line"; done <<<"$found"
    else
        echo "ok $count - $text"
    fi
}
network='curl/|microhttpd|sys/socket\.h|netinet/|arpa/|netdb\.h|sys/un\.h|net/if'
# The files of some folders, except those that match.
files() {
    local except=$1
    shift
    find "$@" -name '*.[ch]' | grep -vE "$except" | sort
}

# shellcheck disable=SC2046  # no file name has a space
{
    forbid "base includes nothing of the rest" '(model|solver|io|command|cli|publish)/' $(files '^$' base)
    forbid "model includes base alone" '(solver|io|command|cli|publish)/' $(files '^$' model)
    forbid "solver includes base and model alone" '(io|command|cli|publish)/' $(files '^$' solver)
    forbid "io includes base and model alone" '(solver|command|cli|publish)/' $(files '^$' io)
    forbid "command includes no solver and no program" '(solver|cli|publish)/' $(files '^$' command)
    forbid "cli includes nothing of publish" 'publish/' $(files '^$' cli)
    forbid "publish includes neither solver nor cli" '(solver|cli)/' $(files '^$' publish)
    forbid "only solver/lp_glpk.c includes glpk.h" 'glpk\.h' \
        $(files '^solver/lp_glpk\.c$' base model solver io command cli publish)
    forbid "only io includes cJSON" '(cjson/)?cJSON\.h' $(files '^$' base model solver command cli publish)
    forbid "only io includes libical" '(libical/)?ical\.h' $(files '^$' base model solver command cli publish)
    forbid "only io/ical_guard.c includes ICU" 'unicode/' \
        $(files '^io/ical_guard\.c$' base model solver io command cli publish)
    forbid "only publish includes what reaches a network" "$network" \
        $(files '^$' base model solver io command cli benchmarks)
    forbid "only publish/serve_http.c includes libmicrohttpd" 'microhttpd\.h' \
        $(files '^publish/serve_http\.c$' publish)
    forbid "only publish/caldav_http.c and caldav_target.c include libcurl" 'curl/' \
        $(files '^publish/caldav_(http|target)\.c$' publish)
    forbid "only publish/caldav_multistatus.c includes expat" 'expat\.h' \
        $(files '^publish/caldav_multistatus\.c$' publish)
    forbid "the audit shares nothing with what it checks" \
        '(solver|io|command|cli|publish)/|model/(order|eligible|clock|score|travel)\.h|base/(settings|log)' \
        $(find model -name 'audit*.[ch]' | sort)
    forbid "the audit of a plan knows of plans only what one looks like" \
        'model/(horizon|planning|futures|days_ahead|alike|journeys|aims|plan_)' \
        $(find model -name 'audit*.[ch]' | sort)
    forbid "the audit of a roster knows no plan" 'model/plan\.h' \
        $(find model -name 'audit*.[ch]' ! -name 'audit_plan*' | sort)
}

# Not even by way of a library: the names that amends asks others for.
amends=${AMENDS:-${BUILD:-build/release}/amends}
count=$((count + 1))
asked=$(nm -D --undefined-only "$amends" | grep -E ' (socket|connect|bind|listen|accept4?|getaddrinfo|gethostby.*|send(to|msg)?|recv(from|msg)?|curl_.*|MHD_.*)(@|$)')
needed=$(objdump -p "$amends" | grep -E 'NEEDED.*(curl|microhttpd|gnutls|ssl)')
if [ -x "$amends" ] && [ -z "$asked$needed" ]; then
    echo "ok $count - amends links nothing that reaches a network"
else
    failed=$((failed + 1))
    echo "not ok $count - amends links nothing that reaches a network"
    while IFS= read -r line; do echo "# $line"; done <<<"$amends: $asked $needed"
fi
echo "1..$count"
exit $((failed > 0))
