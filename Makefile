# amends - rosters for Community Payback teams.
#
#   make            build build/release/amends and build/release/amends-publish
#   make help       the other targets
#
# MODE=release|debug|asan|tsan|cov|fuzz, CC=gcc|clang; each pair builds in a folder of its own.
# V=1 prints whole commands.

MODE ?= release
ifeq ($(origin CC),default)
CC := gcc
endif
BUILD  ?= build/$(MODE)$(if $(filter gcc,$(CC)),,-$(notdir $(CC)))
PREFIX ?= /usr/local
JOBS   ?= $(shell nproc)

ifeq ($(filter $(MODE),release debug asan tsan cov fuzz),)
$(error MODE is release, debug, asan, tsan, cov or fuzz, not "$(MODE)")
endif

ifeq ($(strip $(BUILD)),)
$(error BUILD is the folder to build in; it is empty)
endif

CSTD := -std=c11 -D_POSIX_C_SOURCE=200809L
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion \
        -Wformat=2 -Wundef -Wvla -Wstrict-prototypes -Wmissing-prototypes \
        -Wold-style-definition -Wpointer-arith -Wwrite-strings -Wcast-qual -Wswitch-enum \
        -Wnull-dereference -fno-common -Werror
# Control-flow protection is the processor's; tools/check-hardening.sh looks at what was built.
MACHINE := $(shell $(CC) -dumpmachine)
FLOW    := $(if $(filter x86_64-% i686-%,$(MACHINE)),-fcf-protection=full,$(if \
             $(filter aarch64-%,$(MACHINE)),-mbranch-protection=standard))
HARDEN  := -fstack-protector-strong -fstack-clash-protection $(FLOW) -fPIE
FLAGS.release := -O2 -g -D_FORTIFY_SOURCE=2
FLAGS.debug   := -O0 -g
FLAGS.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS.tsan    := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
FLAGS.cov     := -O0 -g --coverage
FLAGS.fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
                 -fno-sanitize-recover=all -fno-omit-frame-pointer
LINK.asan     := -fsanitize=address,undefined
LINK.tsan     := -fsanitize=thread
LINK.cov      := --coverage
LINK.fuzz     := -fsanitize=address,undefined

# Bound and score must not depend on fused multiply-add: -ffp-contract=off.
AM_CPPFLAGS := -I. $(CPPFLAGS)
AM_CFLAGS   := $(CSTD) $(WARN) $(HARDEN) -ffp-contract=off -pthread \
               -ffile-prefix-map=$(CURDIR)=. $(FLAGS.$(MODE)) $(CFLAGS)
AM_LDFLAGS  := -pie -Wl,-z,relro,-z,now,-z,noexecstack -pthread $(LINK.$(MODE)) $(LDFLAGS)
LDLIBS      := -lglpk -lical -licuuc -lcjson -lmd -lm
# of amends-publish alone: amends itself reaches no network
NET_LDLIBS  := -lmicrohttpd -lcurl -lexpat -lz

LIB_SRC  := $(sort $(wildcard base/*.c model/*.c solver/*.c io/*.c))
CLI_SRC  := $(sort $(filter-out cli/main.c,$(wildcard cli/*.c)))
CMD_SRC  := $(sort $(wildcard command/*.c))
PUB_SRC  := $(sort $(filter-out publish/main.c,$(wildcard publish/*.c)))
TEST_SRC := $(sort $(wildcard tests/unit/test_*.c tests/oracle/test_*.c tests/property/test_*.c))
AID_SRC  := $(sort $(wildcard tests/support/*.c) $(filter-out $(TEST_SRC), \
                   $(wildcard tests/oracle/*.c tests/property/*.c)))
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$(BUILD)/%.o)
CMD_OBJ  := $(CMD_SRC:%.c=$(BUILD)/%.o)
PUB_OBJ  := $(PUB_SRC:%.c=$(BUILD)/%.o)
AID_OBJ  := $(AID_SRC:%.c=$(BUILD)/%.o)
UNIT     := $(TEST_SRC:%.c=$(BUILD)/%)
GEN_OBJ  := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard benchmarks/gen*.c)))
GEN      := $(BUILD)/benchmarks/gen
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_AID := $(patsubst %.c,$(BUILD)/%.o,\
              $(sort $(filter-out tests/fuzz/fuzz_%,$(wildcard tests/fuzz/*.c))))
FUZZERS  := $(FUZZ_SRC:%.c=$(BUILD)/%)

ifeq ($(V),1)
SAY = @:
else
SAY = @printf '  %-4s %s\n'
Q := @
endif

all: $(BUILD)/amends $(BUILD)/amends-publish $(GEN)

$(BUILD)/amends: $(BUILD)/cli/main.o $(BUILD)/libcli.a $(BUILD)/libcommand.a $(BUILD)/libamends.a
	$(SAY) LINK $@
	$(Q)$(CC) $(AM_LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/amends-publish: $(BUILD)/publish/main.o $(BUILD)/libpublish.a $(BUILD)/libcommand.a \
                         $(BUILD)/libamends.a
	$(SAY) LINK $@
	$(Q)$(CC) $(AM_LDFLAGS) -Wl,--as-needed -o $@ $^ $(NET_LDLIBS) $(LDLIBS)

$(BUILD)/benchmarks/gen: $(GEN_OBJ) $(BUILD)/libamends.a
	$(SAY) LINK $@
	$(Q)$(CC) $(AM_LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/benchmarks/calendars: $(BUILD)/benchmarks/calendars.o $(BUILD)/libamends.a
	$(SAY) LINK $@
	$(Q)$(CC) $(AM_LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/benchmarks/plan: $(BUILD)/benchmarks/plan.o $(BUILD)/libamends.a
	$(SAY) LINK $@
	$(Q)$(CC) $(AM_LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libamends.a: $(LIB_OBJ)
	$(SAY) AR $@
	$(Q)rm -f $@ && ar rcsD $@ $^

$(BUILD)/libcli.a: $(CLI_OBJ)
	$(SAY) AR $@
	$(Q)rm -f $@ && ar rcsD $@ $^

$(BUILD)/libcommand.a: $(CMD_OBJ)
	$(SAY) AR $@
	$(Q)rm -f $@ && ar rcsD $@ $^

$(BUILD)/libpublish.a: $(PUB_OBJ)
	$(SAY) AR $@
	$(Q)rm -f $@ && ar rcsD $@ $^

# what tests share: each takes what it needs
$(BUILD)/libaid.a: $(AID_OBJ)
	$(SAY) AR $@
	$(Q)rm -f $@ && ar rcsD $@ $^

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(Q)$(CC) $(AM_CPPFLAGS) $(AM_CFLAGS) -include base/banned.h -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(BUILD)/libcli.a $(BUILD)/libpublish.a \
                  $(BUILD)/libcommand.a $(BUILD)/libaid.a $(BUILD)/libamends.a
	$(SAY) LINK $@
	$(Q)$(CC) $(AM_LDFLAGS) -Wl,--as-needed -o $@ $^ -lcmocka $(NET_LDLIBS) $(LDLIBS)

# amends whose memory runs out where a test wants it to (tests/faults/leaks)
FAULTY := $(BUILD)/tests/faults/amends-faulty
WRAPPED := malloc calloc realloc strdup strndup
$(FAULTY): $(BUILD)/cli/main.o $(BUILD)/tests/faults/wrap.o $(BUILD)/libcli.a \
           $(BUILD)/libcommand.a $(BUILD)/libamends.a
	$(SAY) LINK $@
	$(Q)$(CC) $(AM_LDFLAGS) $(WRAPPED:%=-Wl,--wrap=%) -o $@ $^ $(LDLIBS)

faulty: $(FAULTY)

# libFuzzer brings main; MODE=fuzz CC=clang
$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(FUZZ_AID) $(BUILD)/libcli.a $(BUILD)/libpublish.a \
            $(BUILD)/libcommand.a $(BUILD)/libaid.a $(BUILD)/libamends.a
	$(SAY) LINK $@
	$(Q)$(CC) $(AM_LDFLAGS) -fsanitize=fuzzer -Wl,--as-needed -o $@ $^ -lcmocka $(NET_LDLIBS) \
	    $(LDLIBS)

# ---- trying it ----

demo: packages
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@tools/demo.sh $(BUILD)/amends

packages:
	@tools/install-packages.sh tools/packages.txt

packages-test:
	@tools/install-packages.sh tools/packages.txt tools/packages-test.txt

# ---- tests ----

test: packages-test
	@$(MAKE) --no-print-directory -j$(JOBS) all test-programs
	@BUILD=$(BUILD) tools/run-tests.sh

test-programs: $(UNIT) $(BUILD)/tests/soak/cycle

fuzz-programs: $(FUZZERS)

# every fault, and 1,000 kills at any time
faults: packages-test
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@BUILD=$(BUILD) tests/faults/run --all

# FUZZ_SECONDS=600 for each target; FUZZ_TARGETS="whole caseload" for some of them
fuzz: packages-test
	@tests/fuzz/run --long $(FUZZ_TARGETS)

unit: $(BUILD)/amends $(BUILD)/amends-publish $(GEN) $(UNIT)
	@BUILD=$(BUILD) WRAP="$(WRAP)" tools/run-tests.sh unit

cases: $(BUILD)/amends $(BUILD)/amends-publish $(GEN)
	@BUILD=$(BUILD) tools/run-tests.sh cases

# SEEDS=n: how many random caseloads each property is tried on
properties: packages-test
	@$(MAKE) --no-print-directory -j$(JOBS) all test-programs
	@PROPERTY_SEEDS=$(or $(SEEDS),20000) BUILD=$(BUILD) tools/run-tests.sh \
	    $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/property/test_*.c)))

# Slow, and a large package: outside `make test`.
test-thunderbird: packages-test
	@tools/install-packages.sh tools/packages-thunderbird.txt
	@$(MAKE) --no-print-directory -j$(JOBS) all $(BUILD)/tests/calendars/write_events
	@BUILD=$(BUILD) tools/run-tests.sh tests/thunderbird/thunderbird.py

# WEEKS=n
soak: packages-test
	@$(MAKE) --no-print-directory -j$(JOBS) all test-programs
	@SOAK_WEEKS=$(or $(WEEKS),1000) BUILD=$(BUILD) tools/run-tests.sh tests/soak/run

# The suites that run the build at hand, but those that would only run it longer; the long ones
# first, as many at a time as there are processors. gcov says on standard error when it cannot write
# a file, which some of them look at.
COVERING := cases $(TEST_SRC:%.c=build/cov/%) docs $(filter-out tests/determinism/% tests/fuzz/% \
            tests/soak/% %.mjs, $(sort $(wildcard tests/*/run*)))
coverage: packages-test
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=cov all test-programs
	@find build/cov -name '*.gcda' -delete
	-@printf '%s\n' $(COVERING) | GCOV_ERROR_FILE=/dev/null PROPERTY_SEEDS=100 MODE=cov \
	    BUILD=build/cov xargs -P $(JOBS) -n 1 tools/run-tests.sh
	@tools/coverage.py build/cov

# ---- reading the source ----

check: packages-test
	@tools/check-all.sh

# BENCH='--suite targets --limit 1200' and other options of benchmarks/run.py
bench: all $(BUILD)/benchmarks/calendars $(BUILD)/benchmarks/plan
	@$(BUILD)/benchmarks/calendars
	@benchmarks/run.py --build $(BUILD) $(BENCH)

# fails where a fixed caseload takes 5 % more instructions, or is proven less well, than recorded
bench-check: all
	@benchmarks/check.py --build $(BUILD) $(BENCH)

# ---- installing ----

DOCS := README.md CHANGELOG.md LICENSE $(sort $(wildcard docs/*.md docs/*.json docs/*.png))
bindir := $(DESTDIR)$(PREFIX)/bin
mandir := $(DESTDIR)$(PREFIX)/share/man/man1
docdir := $(DESTDIR)$(PREFIX)/share/doc/amends

install: all
	install -d $(bindir) $(mandir) $(docdir) $(docdir)/examples/scenarios $(docdir)/examples/open \
	           $(docdir)/examples/people
	install -m 755 $(BUILD)/amends $(BUILD)/amends-publish $(bindir)
	install -m 644 docs/man/amends.1 docs/man/amends-publish.1 $(mandir)
	install -m 644 $(DOCS) $(docdir)
	install -m 644 $(wildcard examples/*.json examples/*.csv) $(docdir)/examples
	install -m 644 $(wildcard examples/scenarios/*.json) $(docdir)/examples/scenarios
	install -m 644 $(wildcard examples/open/*.json) $(docdir)/examples/open
	install -m 644 $(wildcard examples/people/*.json) $(docdir)/examples/people

uninstall:
	rm -f $(bindir)/amends $(bindir)/amends-publish $(mandir)/amends.1 \
	      $(mandir)/amends-publish.1
	rm -rf $(docdir)

clean:
	rm -rf build out

help:
	@echo "make                 build build/release/amends and amends-publish"
	@echo "make demo            install what the build needs, build, make a roster in out/"
	@echo "make test            install what the tests need, build, run every test"
	@echo "make unit            the unit, oracle and property tests alone (WRAP=valgrind wraps them)"
	@echo "make cases           the command-line cases and the examples of the documents alone"
	@echo "make fuzz            search for inputs that break a reader: FUZZ_SECONDS=600 a target"
	@echo "make properties      what must hold of every roster, on 20,000 random caseloads (SEEDS=n)"
	@echo "make test-thunderbird  calendars and feeds in Thunderbird, which it installs"
	@echo "make soak            1,000 weeks of a small unit in one process (WEEKS=n)"
	@echo "make faults          let every allocation and call of the system fail; kill at any time"
	@echo "make check           formatting, static analysis, dependency rule, rule ids, man page"
	@echo "make coverage        which lines the tests reach"
	@echo "make bench           measure, and compare with other engines (benchmarks/README.md)"
	@echo "make bench-check     instructions and quality on fixed caseloads, against what is recorded"
	@echo "make install         into PREFIX (/usr/local), under DESTDIR; make uninstall"
	@echo "make clean           remove build/ and out/"
	@echo "MODE=release|debug|asan|tsan|cov  CC=gcc|clang  BUILD=folder  V=1 for whole commands"

.PHONY: all demo packages packages-test test test-programs fuzz-programs fuzz faults faulty unit \
        cases test-thunderbird properties soak coverage check bench bench-check install uninstall \
        clean help
.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(CMD_OBJ:.o=.d) $(PUB_OBJ:.o=.d) $(AID_OBJ:.o=.d) \
         $(UNIT:=.d) $(BUILD)/cli/main.d $(BUILD)/publish/main.d $(GEN_OBJ:.o=.d) \
         $(FUZZERS:=.d) $(FUZZ_AID:.o=.d) $(BUILD)/benchmarks/calendars.d \
         $(BUILD)/benchmarks/plan.d
