# Shuinuo: build, run, test.
#
#   make run     install what is missing, build, and serve http://127.0.0.1:$(PORT)/ until Ctrl-C
#   make test    everything that can be checked on this machine, ending in "N passed, N failed"
#   make help    the other targets and the variables

VERSION = 0.1.0

BUILD  = build
VAR    = ./var
PORT   = 8080
SAMPLE = 1
SCALE  = 1
PREFIX = /usr
DESTDIR =
ifeq ($(origin CC),default)
CC = gcc
endif
CFLAGS = -O2 -g
LDFLAGS =
# Passed to -fsanitize=; `make asan` and `make fuzz` set it.
SANITIZE =
# PACKAGES=no: never install a Debian package, only say what is missing.
PACKAGES = yes
# Seconds per fuzz target.
FUZZ_SECONDS = 60

# V=1 shows whole commands.
V =
Q = $(if $(V),,@)
said = $(if $(V),,@printf '  %-4s %s\n' $(1) '$(2)')

export BUILD VAR PORT SAMPLE SCALE PACKAGES
SHELL = /bin/bash
.SHELLFLAGS = -eu -o pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:

# ---------------------------------------------------------------- sources

LAYERS   = base core store web
PROGRAMS = $(filter-out $(LAYERS),$(patsubst cgi-bin/%/,%,$(sort $(dir $(wildcard cgi-bin/*/*.c)))))

sources  = $(sort $(wildcard cgi-bin/$(1)/*.c))
objects  = $(patsubst cgi-bin/%.c,$(BUILD)/obj/%.o,$(call sources,$(1)))
# What of a program can be linked into a test: all but the file that holds main().
parts    = $(filter-out $(BUILD)/obj/$(1)/main.o,$(call objects,$(1)))

BASE  = $(BUILD)/libbase.a
CORE  = $(BUILD)/libcore.a
STORE = $(BUILD)/libstore.a
WEB   = $(BUILD)/libweb.a
BINARIES = $(patsubst %,$(BUILD)/bin/%,$(PROGRAMS))

# ---------------------------------------------------------------- flags

WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla -Werror
ifeq ($(SANITIZE),)
HARDEN_C  = -fstack-protector-strong -D_FORTIFY_SOURCE=3 -fPIE
HARDEN_LD = -pie -Wl,-z,relro,-z,now
else
HARDEN_C  = -fno-omit-frame-pointer -fno-sanitize-recover=all -fsanitize=$(SANITIZE)
HARDEN_LD = -fsanitize=$(patsubst fuzzer-no-link%,fuzzer%,$(SANITIZE))
endif
FLAGS = -std=c17 -D_GNU_SOURCE $(WARNINGS) $(CFLAGS) $(HARDEN_C) -Icgi-bin -DSHUINUO_VERSION='"$(VERSION)"'
LINK  = $(CC) $(CFLAGS) $(LDFLAGS) $(HARDEN_LD)
LIBS  = -Wl,--as-needed -lfcgi -lneo_cs -lneo_utl -lmariadb -lsodium -lqrencode -lcurl -lxlsxwriter -ljpeg -lpng -lwebp -lseccomp -lm

# Only web knows ClearSilver and only store knows MariaDB; elsewhere their headers are not found.
CLEARSILVER = -isystem /usr/include/ClearSilver
MARIADB     = -isystem /usr/include/mariadb
FLAGS_web   = $(CLEARSILVER)
FLAGS_store = $(MARIADB)
layer_of    = $(word 1,$(subst /, ,$(1)))

# ---------------------------------------------------------------- targets for people

.PHONY: all run check test test-all test-fresh asan fuzz bench screenshots lint articles install clean help \
        packages-test tests-built unit-built store-built templates-built web-built fuzz-built flags FORCE
all: $(BINARIES)

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | sed -n '1,6p'
	@echo 'targets:   all run check test test-all test-fresh asan fuzz bench screenshots lint install clean'
	@echo 'variables: BUILD=$(BUILD) VAR=$(VAR) PORT=$(PORT) SAMPLE=$(SAMPLE) SCALE=$(SCALE) CC=$(CC) CFLAGS="$(CFLAGS)"'
	@echo '           PREFIX=$(PREFIX) DESTDIR=$(DESTDIR) PACKAGES=$(PACKAGES) FUZZ_SECONDS=$(FUZZ_SECONDS)'
	@echo 'programs:  $(PROGRAMS)'

# run.sh installs and builds itself (through make), so that each step is announced and a failure is named.
run:
	@exec bash conf/run/run.sh --build "$(BUILD)" --var "$(VAR)" --port "$(PORT)" --sample "$(SAMPLE)"

check: packages-test
	@$(MAKE) --no-print-directory all unit-built
	@bash tests/run.sh unit lint

test: packages-test node_modules/.package-lock.json
	@$(MAKE) --no-print-directory all tests-built
	@bash tests/run.sh

test-all: packages-test node_modules/.package-lock.json
	@$(MAKE) --no-print-directory all tests-built
	@SHUINUO_TEST_FULL=1 bash tests/run.sh

test-fresh:
	@bash conf/run/packages.sh build fresh
	@bash tests/fresh.sh

asan: packages-test
	@$(MAKE) --no-print-directory BUILD=build-asan SANITIZE=address,undefined CFLAGS='-O1 -g' all tests-built
	@BUILD=build-asan bash tests/run.sh unit store templates web

fuzz: packages-test
	@$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang SANITIZE=fuzzer-no-link,address,undefined CFLAGS='-O1 -g' fuzz-built
	@BUILD=build-fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) bash tests/fuzz/run.sh

bench: node_modules/.package-lock.json
	@bash conf/run/packages.sh build run bench test
	@$(MAKE) --no-print-directory all
	@SCALE=$(SCALE) tests/bench/run

screenshots: packages-test node_modules/.package-lock.json
	@$(MAKE) --no-print-directory all
	@bash tests/run.sh --stack-only node tests/browser/screenshots.js

lint: packages-test
	@bash tests/run.sh lint

install: all
	install -d $(DESTDIR)$(PREFIX)/lib/shuinuo $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/shuinuo $(DESTDIR)/etc/shuinuo
	install -m 755 $(filter-out %/shuinuo,$(BINARIES)) $(DESTDIR)$(PREFIX)/lib/shuinuo/
	install -m 755 $(BUILD)/bin/shuinuo $(DESTDIR)$(PREFIX)/bin/
	cp -R templates schema htdocs $(DESTDIR)$(PREFIX)/share/shuinuo/
	install -m 644 conf/shuinuo.hdf $(DESTDIR)/etc/shuinuo/shuinuo.hdf

# README's table of articles, from the tests' names.
articles:
	@bash tests/lint/articles.sh --readme

clean:
	rm -rf build build-asan build-fuzz $(BUILD)

# What the lints compile with.
flags:
	@printf '%s\n' "$(subst ",\",$(filter-out -O2 -g -D_FORTIFY_SOURCE=3,$(FLAGS)))"

# ---------------------------------------------------------------- packages

$(BUILD)/packages: conf/run/packages.sh
	@bash conf/run/packages.sh build
	@mkdir -p $(BUILD) && touch $@

packages-test:
	@bash conf/run/packages.sh build run test

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# ---------------------------------------------------------------- objects

# Rewritten only when its text changes, so that changed flags, a removed source or a new commit rebuild what they touch.
define stamp
@mkdir -p $(@D); if [ "$$(cat $@ 2>/dev/null || true)" != '$(subst ','\'',$(1))' ]; then printf '%s\n' '$(subst ','\'',$(1))' > $@; fi
endef
$(BUILD)/obj/flags: FORCE
	$(call stamp,$(CC) $(FLAGS) $(CLEARSILVER) $(MARIADB))
$(BUILD)/obj/commit: FORCE
	$(call stamp,$(COMMIT))
$(BUILD)/obj/%.list: FORCE
	$(call stamp,$(call sources,$*))
FORCE:

COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)

$(BUILD)/obj/%.o: cgi-bin/%.c $(BUILD)/obj/flags | $(BUILD)/packages
	@mkdir -p $(@D)
	$(call said,CC,$<)
	$(Q)$(CC) $(FLAGS) $(FLAGS_$(call layer_of,$*)) $(EXTRA) -MMD -MP -c $< -o $@

$(BUILD)/obj/base/version.o: EXTRA = -DSHUINUO_COMMIT='"$(COMMIT)"'
$(BUILD)/obj/base/version.o: $(BUILD)/obj/commit

define archive_rule
$$(BUILD)/lib$(1).a: $$(call objects,$(1)) $$(BUILD)/obj/$(1).list
	$$(call said,AR,$$@)
	@rm -f $$@
	$$(Q)$$(AR) rcsD $$@ $$(call objects,$(1))
endef
$(foreach layer,$(LAYERS),$(eval $(call archive_rule,$(layer))))

define program_rule
$$(BUILD)/bin/$(1): $$(call objects,$(1)) $$(WEB) $$(STORE) $$(CORE) $$(BASE) $$(BUILD)/obj/$(1).list
	$$(call said,LINK,$$@)
	@mkdir -p $$(@D)
	$$(Q)$$(LINK) -o $$@ $$(call objects,$(1)) $$(WEB) $$(STORE) $$(CORE) $$(BASE) $$(LIBS)
endef
$(foreach program,$(PROGRAMS),$(eval $(call program_rule,$(program))))

# ---------------------------------------------------------------- tests
#
# tests/unit/NAME_test.c       base + core alone (a stray call fails at link time)
# tests/unit/web_NAME_test.c   base + core + web
# tests/unit/photo_NAME_test.c base and the photo helper's files except main.c
# tests/store/NAME_test.c      base + core + store
# tests/templates/NAME_test.c  base + core + web; PROGRAM_NAME_test.c also the program's files except main.c
# tests/web/NAME_app.c         a small program on base + core + web that the tests of the skeleton drive; pictures_app makes photos
# Files beside them that do not end in _test.c are helpers linked into each test of their folder.

tests_in   = $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/$(1)/*_test.c)))
helpers_in = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %_test.c,$(sort $(wildcard tests/$(1)/*.c))))
CHECK_MAIN = $(BUILD)/tests/unit/check.o

FLAGS_tests_unit      = $(CLEARSILVER) -I$(BUILD)/tests/unit
FLAGS_tests_store     = $(MARIADB)
FLAGS_tests_templates = $(CLEARSILVER)
FLAGS_tests_fuzz      = $(CLEARSILVER)

$(BUILD)/tests/%.o: tests/%.c $(BUILD)/obj/flags | $(BUILD)/packages
	@mkdir -p $(@D)
	$(call said,CC,$<)
	$(Q)$(CC) $(FLAGS) $(FLAGS_tests_$(call layer_of,$*)) -Itests/unit -MMD -MP -c $< -o $@

# The regulation's rows as C arrays, so that unit tests run on the rows of the product.
$(BUILD)/tests/unit/regulation_fixture.h: tests/unit/regulation_fixture.awk schema/regulation.sql
	@mkdir -p $(@D)
	$(call said,GEN,$@)
	$(Q)awk -f $^ > $@
$(patsubst %,%.o,$(call tests_in,unit)): | $(BUILD)/tests/unit/regulation_fixture.h

unit-built:      $(call tests_in,unit)
store-built:     $(call tests_in,store)
templates-built: $(call tests_in,templates)
web-built:       $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/web/*_app.c)))
tests-built:     unit-built store-built templates-built web-built

$(BUILD)/tests/unit/web_%_test: $(BUILD)/tests/unit/web_%_test.o $(call helpers_in,unit) $(WEB) $(CORE) $(BASE)
	$(call said,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIBS)
$(BUILD)/tests/unit/photo_%_test: $(BUILD)/tests/unit/photo_%_test.o $(call helpers_in,unit) $(call parts,photo) $(BASE)
	$(call said,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIBS) -lz
$(BUILD)/tests/unit/%_test: $(BUILD)/tests/unit/%_test.o $(call helpers_in,unit) $(CORE) $(BASE)
	$(call said,LINK,$@)
	$(Q)$(LINK) -o $@ $^ -Wl,--as-needed -lsodium -lm
$(BUILD)/tests/store/%_test: $(BUILD)/tests/store/%_test.o $(CHECK_MAIN) $(call helpers_in,store) $(STORE) $(CORE) $(BASE)
	$(call said,LINK,$@)
	$(Q)$(LINK) -o $@ $^ -Wl,--as-needed -lmariadb -lsodium -lm
define program_template_rule
$$(BUILD)/tests/templates/$(1)_%_test: $$(BUILD)/tests/templates/$(1)_%_test.o $$(CHECK_MAIN) $$(call helpers_in,templates) $$(call parts,$(1)) $$(WEB) $$(STORE) $$(CORE) $$(BASE)
	$$(call said,LINK,$$@)
	$$(Q)$$(LINK) -o $$@ $$^ $$(LIBS)
endef
$(foreach program,$(PROGRAMS),$(eval $(call program_template_rule,$(program))))
$(BUILD)/tests/templates/%_test: $(BUILD)/tests/templates/%_test.o $(CHECK_MAIN) $(call helpers_in,templates) $(WEB) $(CORE) $(BASE)
	$(call said,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(BUILD)/tests/web/pictures_app: $(BUILD)/tests/web/pictures_app.o $(BASE)
	$(call said,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIBS) -lz
$(BUILD)/tests/web/%_app: $(BUILD)/tests/web/%_app.o $(WEB) $(CORE) $(BASE)
	$(call said,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIBS)

fuzz-built: $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/fuzz/*_fuzz.c)))
$(BUILD)/tests/fuzz/photo_fuzz: $(BUILD)/tests/fuzz/photo_fuzz.o $(call parts,photo) $(BASE)
	$(call said,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIBS)
$(BUILD)/tests/fuzz/%_fuzz: $(BUILD)/tests/fuzz/%_fuzz.o $(WEB) $(CORE) $(BASE)
	$(call said,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIBS)

.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
