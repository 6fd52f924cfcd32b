"""Memory runs out: in our own code, in cJSON, GLPK, libical, libmd, the C library."""
import array
import functools

from world import MEMORY, Wrong, chance


def stacks_of(world, command):
    """For each allocation what stands for the calls that led to it: for all, for the innermost.
    Without random addresses, so that they are the same for every command."""
    place = world.place()
    log = place.folder / "stacks"
    place.old_again(command)
    code, _, err = place.run(command.argv(), {"LD_PRELOAD": str(world.preload),
                                              "FAULT_STACKS": str(log)}, wrap=["setarch", "-R"])
    if code != 0:
        raise Wrong(f"{command.name}: {code}: {err}")
    stacks = array.array("Q")
    stacks.frombytes(log.read_bytes())
    log.unlink()
    return list(zip(stacks[::2], stacks[1::2]))


def points(stacks, met):
    """Wherever an allocation is called for by innermost calls that have not been met (in this
    command or an earlier one): the first time alone, the last time with all that follow. Pairs of
    a number and whether all later ones fail."""
    first, last = {}, {}
    for number, (_, near) in enumerate(stacks, 1):
        if near not in met:
            first.setdefault(near, number)
            last[near] = number
    met.update(first)
    return sorted([(number, False) for number in first.values()] +
                  [(number, True) for number in last.values()])


def fail_one(command, number, all_later, place):
    place.old_again(command)
    env = {"LD_PRELOAD": str(place.world.preload), "FAULT_ALLOC": str(number)}
    if all_later:
        env["FAULT_ALL"] = "1"
    what = f"{command.name}, allocation {number}{' and all later ones' if all_later else ''}"
    return place.check_ended(command, what, place.run(command.argv(), env), MEMORY)


def test(world, of, count):
    """count: how many; None: all."""
    command = world.command(of)
    stacks = stacks_of(world, command)
    tries = points(stacks, world.met)
    if count and count < len(tries):
        tries = sorted(chance("memory", command.name).sample(tries, count))
    seen = world.try_all([functools.partial(fail_one, command, *which) for which in tries])
    seen[f"of {len(stacks)} allocations by {len(set(stacks))} ways, failed"] = len(tries)
    return seen
