# Takeroot. Two commands matter: `make run` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
TAKEROOT := ./target/debug/takeroot
# The reader's language: make run LANG=en
TAKEROOT_LANG ?= $(if $(filter en%,$(LANG)),en,zh)
export TAKEROOT_LANG
DAY ?= 2026-07-01

.PHONY: help run tour lab-report test ias browser pictures lint generated generate bench clean

help: ## list what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(TAKEROOT): FORCE
	cargo build --locked
FORCE:

run: $(TAKEROOT) ## build, and open the office with the demonstration county in the browser
	@./tools/run.sh $(TAKEROOT)

tour: $(TAKEROOT) ## the command line on the official table and the demonstration county
	@./tools/tour.sh $(TAKEROOT) $(DAY)

lab-report: $(TAKEROOT) ## the five proposals and their sum, against today's law and 2013, as a report in both languages (out/report)
	./tools/report.sh $(TAKEROOT) $(DAY)

test: ## every test, on SQLite and PostgreSQL, and every page in a real browser
	./tools/test.sh

ias: $(TAKEROOT) ## the backtest on real officers, where ../shared/data/careers-ias is there
	./tools/ias.sh $(TAKEROOT)

pictures: ## take the pictures of docs/pictures anew
	UPDATE_PICTURES=1 ./tools/browser.sh

browser: $(TAKEROOT) ## every page and journey in a real browser, held against docs/pictures
	./tools/browser.sh

lint: ## format, clippy without warnings
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

# The tests that hold docs/permissions.md and docs/openapi.json against the program, and write them when asked to.
GENERATED := the_document_is_the_table the_description_that_is_kept_is_the_servers

generate: $(TAKEROOT) ## write the generated files anew
	$(TAKEROOT) policy schema --out docs/policy.schema.json
	$(TAKEROOT) lab schema --out docs/behaviour.schema.json
	TAKEROOT_GENERATE=1 cargo test --quiet --locked --workspace --test permissions --test api -- $(GENERATED)

generated: $(TAKEROOT) ## fail if a generated file is not current
	@$(TAKEROOT) policy schema | diff -u docs/policy.schema.json -
	@$(TAKEROOT) lab schema | diff -u docs/behaviour.schema.json -
	@cargo test --quiet --locked --workspace --test permissions --test api -- $(GENERATED) > /dev/null && echo "generated files are current"

bench: ## measure (see bench/README.md)
	./bench/run.sh

clean: ## remove what was built
	cargo clean
	rm -rf out
