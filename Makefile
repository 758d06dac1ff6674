# What people and CI run. `make` alone lists it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

.PHONY: help
help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 24

# Each missing program is told with what brings it, before a compiler fails on it in its own words.
.PHONY: prerequisites
prerequisites:
	@missing=0; \
	need() { echo "make: $$1 is missing: $$2" >&2; missing=1; }; \
	command -v cargo >/dev/null || need cargo "see https://rustup.rs; rust-toolchain.toml then picks the version"; \
	command -v cc >/dev/null || need "a C compiler" "apt-get install build-essential"; \
	command -v pkg-config >/dev/null || need pkg-config "apt-get install pkg-config"; \
	if command -v pkg-config >/dev/null && ! pkg-config --exists openssl; then \
		need "the headers of OpenSSL" "apt-get install libssl-dev"; fi; \
	exit $$missing

.PHONY: fmt
fmt: ## Format all code
	cargo fmt --all

.PHONY: docs
docs: prerequisites ## Print anew the documents that come from the code
	cargo run --quiet --locked --bin masthead -- permissions > docs/permissions.md
	cargo run --quiet --locked --bin masthead -- errors > docs/errors.md

.PHONY: openapi
openapi: prerequisites ## Print anew the contract of the API, openapi/openapi.json
	mkdir -p openapi
	cargo run --quiet --locked --bin masthead -- openapi > openapi/openapi.json

.PHONY: promise
promise: openapi ## Promise what the contract says now: openapi/promised.txt, against which breaks are found
	rm -f target/tmp/promised.txt
	cargo test --quiet --locked -p masthead-tests --test black_box what_was_promised >/dev/null || true
	cp target/tmp/promised.txt openapi/promised.txt

.PHONY: run
run: prerequisites ## Build, migrate, publish the demo edition once, make an admin once, and serve
	@.ci/start

.PHONY: test
test: prerequisites ## Run every test on SQLite and PostgreSQL
	@.ci/test

# Needs ExifTool, as a writer and as a second opinion. `make test` reads files that it wrote once.
.PHONY: test-metadata
test-metadata: prerequisites ## Write photos with ExifTool and compare our reading of their metadata with its own
	@command -v exiftool >/dev/null || { \
		echo "make: exiftool is missing: apt-get install libimage-exiftool-perl" >&2; exit 1; }
	@cargo run --quiet --locked --package media --example metadata

# Needs ExifTool too. Its files are committed: only who changes them makes them anew.
.PHONY: demo-photos
demo-photos: prerequisites ## Paint the photos of the demo edition and write their metadata with ExifTool
	@command -v exiftool >/dev/null || { \
		echo "make: exiftool is missing: apt-get install libimage-exiftool-perl" >&2; exit 1; }
	@cargo run --quiet --locked --package media --example demo_photos

.PHONY: bench-writes
bench-writes: prerequisites ## Measure saves and publishes per second, and the fsyncs they cost
	cargo build --release --locked --quiet --package masthead
	cargo run --quiet --locked --package masthead-bench --bin writes -- $(CURDIR)/target/release/masthead

.PHONY: bench-reads
bench-reads: prerequisites ## Measure answers to readers per second next to nginx with a file of the same size
	@for program in nginx wrk; do command -v $$program >/dev/null || { \
		echo "make: $$program is missing: apt-get install nginx-light wrk" >&2; exit 1; }; done
	cargo build --release --locked --quiet --package masthead
	cargo run --quiet --locked --package masthead-bench --bin reads -- $(CURDIR)/target/release/masthead

.PHONY: bench-scale
bench-scale: prerequisites ## Measure pages, searches and publishing with up to a million articles (40 GB of disk for a while)
	cargo build --release --locked --quiet --package masthead
	cargo build --quiet --locked --package store --example archive
	cargo run --quiet --locked --package masthead-bench --bin scale -- \
		$(CURDIR)/target/release/masthead $(CURDIR)/target/debug/examples/archive

.PHONY: bench-comments
bench-comments: prerequisites ## Measure comments handed in per second next to saves, and a long thread next to a short one
	cargo build --release --locked --quiet --package masthead
	cargo run --quiet --locked --package masthead-bench --bin comments -- $(CURDIR)/target/release/masthead

.PHONY: bench-start
bench-start: prerequisites ## Measure the start to the first answer, and the memory at rest
	cargo build --release --locked --quiet --package masthead
	cargo run --quiet --locked --package masthead-bench --bin start -- $(CURDIR)/target/release/masthead

.PHONY: bench-photos
bench-photos: prerequisites ## Measure a photo of 24 megapixels to all its sizes, next to vipsthumbnail
	@command -v vipsthumbnail >/dev/null || { echo "make: vipsthumbnail is missing: apt-get install libvips-tools" >&2; exit 1; }
	cargo run --quiet --release --locked --package media --example photos

.PHONY: bench-uploads
bench-uploads: prerequisites ## Measure how long readers wait while photos of 24 megapixels are brought in, and how long without
	cargo build --release --locked --quiet --package masthead
	mkdir -p target/tmp
	cargo run --quiet --release --locked --package media --example photos -- paint $(CURDIR)/target/tmp/photo.jpg
	cargo run --quiet --locked --package masthead-bench --bin uploads -- $(CURDIR)/target/release/masthead $(CURDIR)/target/tmp/photo.jpg

.PHONY: test-crash
test-crash: prerequisites ## Kill the server in the middle of its work, 20 times on each database, and look what is left
	cargo build --release --locked --quiet --package masthead
	cargo run --quiet --locked --package masthead-bench --bin crash -- $(CURDIR)/target/release/masthead

.PHONY: test-cluster
test-cluster: prerequisites ## Cut off, stop and kill some of three nodes on one PostgreSQL, and look whether readers notice
	cargo build --release --locked --quiet --package masthead
	cargo run --quiet --locked --package masthead-bench --bin cluster -- $(CURDIR)/target/release/masthead

.PHONY: test-bombs
test-bombs: prerequisites ## Send pictures that would take a machine's memory or time, and look what they took
	cargo build --release --locked --quiet --package masthead
	cargo run --quiet --locked --package masthead-bench --bin bombs -- $(CURDIR)/target/release/masthead

.PHONY: lint
lint: prerequisites
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --locked --quiet

.PHONY: deny
deny:
	@.ci/deny

.PHONY: fuzz-api
fuzz-api: prerequisites ## Send what the OpenAPI document allows and forbids, on both databases (Python)
	@.ci/fuzz-api

.PHONY: test-clients
test-clients: prerequisites ## Publish with typed clients made from the OpenAPI document, and test our own (Node)
	@.ci/test-clients

.PHONY: test-browser
test-browser: prerequisites browser-prerequisites ## Comment on a page of another origin in headless Chromium (Node, Chromium)
	@.ci/test-browser

.PHONY: browser-prerequisites
browser-prerequisites: newspaper-prerequisites
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || { \
		echo "make: Chromium is missing: apt-get install chromium, or say where it is: CHROMIUM=/path make …" >&2; \
		exit 1; }

.PHONY: newspaper-prerequisites
newspaper-prerequisites:
	@command -v node >/dev/null && command -v npm >/dev/null || { \
		echo "make: Node 20 or newer with npm is missing: apt-get install nodejs npm, or https://nodejs.org" >&2; exit 1; }

.PHONY: newspaper
newspaper: newspaper-prerequisites ## Serve a newspaper on the API, beside `make run` (Node)
	@.ci/newspaper

.PHONY: test-newspaper
test-newspaper: prerequisites browser-prerequisites ## Go on the tour of the README and walk every page of the newspaper (Node, Chromium)
	@.ci/test-newspaper

.PHONY: newspaper-screenshot
newspaper-screenshot: prerequisites browser-prerequisites ## Make docs/newspaper.png anew (Node, Chromium)
	@.ci/test-newspaper screenshot

.PHONY: test-timing
test-timing: prerequisites ## Measure whether the time of a sign-in tells of an account (on a quiet machine)
	cargo run --quiet --locked -p masthead-tests --example timing

.PHONY: fuzz
fuzz: prerequisites ## Let a fuzzer at each parser, for FUZZ_SECONDS (60)
	@.ci/fuzz $(FUZZ_TARGETS)

.PHONY: check
check: lint test deny ## What CI runs: format, lints, docs, every test, dependencies
