# shellcheck shell=bash
# slurm.sh - a Slurm of one node, made of the real daemons, for one test. To be sourced.
#
# munged, slurmctld and slurmd run as whoever runs the test, with a key and a configuration of
# their own in one folder, on ports of loopback that were free, and end with the test. They need
# neither systemd nor cgroups, and leave a Slurm that is installed alone.

PATH=$PATH:/usr/sbin:/sbin
slurm_daemons=()

# Which of its programs are not here, on one line.
slurm_missing() {
    local program
    for program in munged slurmctld slurmd sbatch squeue scancel; do
        command -v "$program" >/dev/null || printf '%s ' "$program"
    done
}

# slurm_configure FOLDER: four processors are claimed whatever the machine has, so that slices
# run side by side in any container.
slurm_configure() {
    local folder=$1 host ports
    host=$(hostname -s)
    read -r -a ports < <(/usr/bin/python3 -c '
import socket
held = [socket.socket() for _ in range(2)]
for one in held:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in held))')
    cat <<CONF
ClusterName=amends
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmdPort=${ports[1]}
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
PropagateResourceLimits=NONE
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=1
NodeName=one NodeHostname=$host NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=one Default=YES MaxTime=INFINITE State=UP
CONF
}

# slurm_start NAME COMMAND...: a daemon in the background, its words in FOLDER/NAME.said.
slurm_start() {
    local name=$1
    shift
    "$@" >"$slurm_folder/$name.said" 2>&1 </dev/null &
    slurm_daemons+=($!)
}

# soon COMMAND...: it succeeds within 20 seconds.
soon() {
    local tries
    for ((tries = 0; tries < 200; tries++)); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.1
    done
    return 1
}

slurm_idle() { sinfo -h -o %T | grep -qx idle; }

# slurm_begin FOLDER: 0 once it takes jobs; its commands find it by SLURM_CONF. Not in a subshell,
# and slurm_end must follow whatever it returns.
slurm_begin() {
    slurm_folder=$1
    mkdir -p "$slurm_folder"/{state,spool} && chmod 755 "$slurm_folder" &&
        (umask 077 && head -c 128 /dev/urandom >"$slurm_folder/munge.key") &&
        slurm_configure "$slurm_folder" >"$slurm_folder/slurm.conf" || return
    export SLURM_CONF=$slurm_folder/slurm.conf
    slurm_start munged munged --force --foreground --key-file="$slurm_folder/munge.key" \
        --socket="$slurm_folder/munge.socket" --pid-file="$slurm_folder/munge.pid" \
        --log-file="$slurm_folder/munge.log" --seed-file="$slurm_folder/munge.seed"
    soon test -S "$slurm_folder/munge.socket" || return
    slurm_start slurmctld slurmctld -D -f "$SLURM_CONF"
    slurm_start slurmd slurmd -D -f "$SLURM_CONF" -N one
    soon slurm_idle
}

# What the daemons said, for a test that failed.
slurm_said() { tail -n 20 "$slurm_folder"/*.said; }

slurm_end() {
    local at
    for ((at = ${#slurm_daemons[@]} - 1; at >= 0; at--)); do # munged last
        kill "${slurm_daemons[at]}" 2>/dev/null
        wait "${slurm_daemons[at]}" 2>/dev/null
    done
    slurm_daemons=()
}
