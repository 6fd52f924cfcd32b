#!/usr/bin/env bash
# run-slurm.sh - the job array of docs/scenarios.md on a real Slurm of one node, with one slice
# killed and run again. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/scenario/slurm.sh
missing=$(slurm_missing)
if [ -n "$missing" ]; then
    echo "ok 1 - a Slurm job array # skip ${missing% } not installed (Debian: slurmctld slurmd slurm-client munge)"
    echo "1..1"
    exit
fi
. tests/scenario/lib.sh
trap 'slurm_end; rm -rf "$scratch"' EXIT

# In place of amends: the first time slice 7 is given a caseload that never comes, so that it can be
# killed while it waits for it.
mkdir bin
cat >bin/amends <<'SCRIPT'
#!/bin/sh
if [ "${SLURM_ARRAY_TASK_ID:-}" = 7 ] && mkfifo waiting 2>/dev/null; then
    shift 2
    exec "$REAL_AMENDS" scenario waiting "$@"
fi
exec "$REAL_AMENDS" "$@"
SCRIPT
chmod 755 bin/amends
REAL_AMENDS=$(command -v amends)
PATH=$PWD/bin:$PATH
export PATH REAL_AMENDS

# not within a check, which is a shell of its own: the daemons must be this one's
slurm_begin "$scratch/slurm"
up=$?
started() { [ $up = 0 ] || { slurm_said; return 1; }; }
check "munge, slurmctld and slurmd start" started
[ $up = 0 ] || finish

block slurm >sweep.sh
mkdir -p slices
job=
submit() { # submit [OPTION...]
    local said
    said=$(sbatch --parsable "$@" sweep.sh) || return
    job=${said%%;*}
}
# waiting NUMBER: so many of the job's slices are left, and they run.
waiting() { [ "$(squeue -h -r -j "$job" -o %T | sort | uniq -c | xargs)" = "$1 RUNNING" ]; }
ended() { [ -z "$(squeue -h -r -j "$job" 2>/dev/null)" ]; }
cancelled() { scancel --signal=KILL --full "${job}_7" && soon ended; }

submit || echo "# not submitted"
check "a job array is submitted" [ -n "$job" ]
check "nineteen slices of it end" soon waiting 1
check "the twentieth is killed while it runs" cancelled
nineteen() { [ "$(find slices -name 'slice-*' | wc -l)" = 19 ] && [ ! -e slices/slice-7-of-20.jsonl ]; }
check "which leaves nothing behind" nineteen
check "collecting names it" refuses "slices/slice-7-of-20.jsonl: error: missing"
submit --array=7 || echo "# not submitted"
check "run again, it ends" soon ended
check "one run of all" whole
check "the slices can be collected" collect
check "to the same bytes as one run" same
finish
