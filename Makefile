# amends - rosters for Community Payback teams.
#
#   make            build build/release/amends
#   make MODE=asan  likewise with the address and undefined-behaviour sanitizers
#   make help       the other targets

MODE  ?= release
CC    ?= gcc
BUILD ?= build/$(MODE)
ifeq ($(origin CC),default)
CC := gcc
endif

CSTD := -std=c11 -D_POSIX_C_SOURCE=200809L
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion \
        -Wformat=2 -Wundef -Wvla -Wstrict-prototypes -Wmissing-prototypes \
        -Wold-style-definition -Wpointer-arith -Wwrite-strings -Wcast-qual -Wswitch-enum \
        -Wnull-dereference -fno-common -Werror
HARDEN := -fstack-protector-strong -fPIE
FLAGS.release := -O2 -g -D_FORTIFY_SOURCE=2
FLAGS.debug   := -O0 -g
FLAGS.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS.cov     := -O0 -g --coverage
LINK.asan     := -fsanitize=address,undefined
LINK.cov      := --coverage

CPPFLAGS += -I.
CFLAGS   += $(CSTD) $(WARN) $(HARDEN) -ffp-contract=off -pthread $(FLAGS.$(MODE))
LDFLAGS  += -pie -Wl,-z,relro,-z,now -pthread $(LINK.$(MODE))
LDLIBS   := -lglpk -lical -lcjson -lm

LIB_SRC := $(wildcard base/*.c model/*.c solver/*.c io/*.c)
CLI_SRC := $(wildcard cli/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(BUILD)/%.o)
UNIT    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c tests/oracle/test_*.c tests/property/test_*.c))
SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))

all: $(BUILD)/amends $(if $(wildcard benchmarks/gen.c),$(BUILD)/benchmarks/gen)

$(BUILD)/amends: $(BUILD)/cli/main.o $(BUILD)/libcli.a $(BUILD)/libamends.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/benchmarks/gen: $(BUILD)/benchmarks/gen.o $(BUILD)/libamends.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libamends.a: $(LIB_OBJ)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/libcli.a: $(filter-out %/main.o,$(CLI_OBJ))
	rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -include base/banned.h -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(SUPPORT) $(BUILD)/libcli.a $(BUILD)/libamends.a
	$(CC) $(LDFLAGS) -o $@ $^ -lcmocka $(LDLIBS)

unit: $(UNIT)
	@for t in $^; do $(WRAP) $$t || exit 1; done

clean:
	rm -rf build

.PHONY: all unit clean
.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(wildcard $(BUILD)/tests/*/*.d $(BUILD)/benchmarks/*.d)
