# Rowan. `make help` lists what you can do; `make run` is the main job.
# Needs Go >= 1.26, Node >= 20, make and git. Everything else is installed here, in this folder.

SHELL := /bin/bash
.DEFAULT_GOAL := help
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
export CGO_ENABLED = 0

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.PHONY: needs
needs:
	@command -v go >/dev/null || { echo "Rowan needs Go 1.26 or later: https://go.dev/doc/install"; exit 1; }
	@command -v npm >/dev/null || { echo "Rowan needs Node 20 or later, with npm: https://nodejs.org"; exit 1; }
	@node -e 'if (+process.versions.node.split(".")[0] < 20) { console.error("Rowan needs Node 20 or later, this is " + process.version); process.exit(1) }'

node_modules/.package-lock.json: package-lock.json package.json .npmrc | needs
	npm ci --silent
	@touch $@

assets/dist/rowan.css: node_modules/.package-lock.json $(shell find assets/scss assets/js assets/images assets/build.mjs -type f 2>/dev/null)
	node assets/build.mjs

.PHONY: assets
assets: assets/dist/rowan.css ## Install npm packages and compile styles and scripts

.PHONY: build
build: assets ## Build bin/rowan
	go build -trimpath -ldflags "-X github.com/rowan-ohwb/rowan/internal/cli.Version=$(VERSION)" -o bin/rowan ./cmd/rowan

.PHONY: run
run: build ## Run the demonstration: http://127.0.0.1:8080
	bin/rowan demo

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	else echo "The browser tests need Chromium: install your system's chromium package (Debian: apt-get install chromium)"; exit 1; fi

.PHONY: soffice
soffice:
	@command -v soffice >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null; \
	else echo "The proof of the workbook needs LibreOffice Calc: install your system's package (Debian: apt-get install libreoffice-calc-nogui)"; exit 1; fi

.PHONY: test
test: assets chromium ## Run every test, with seeded samples of the long ones
	go test -p 2 -timeout 45m ./...

.PHONY: prove
prove: assets chromium soffice ## Run the tests with the full figures that the issues ask for
	ROWAN_PROVE=1 go test -p 1 -count=1 -timeout 90m ./...
	$(MAKE) fuzz

FUZZTIME ?= 2m
.PHONY: fuzz
# Go before 1.27 now and then fails a target at the end of its time with "context deadline exceeded" and no failing input
# (golang/go#75804): that found nothing, and is no failure. Without a limit, making each interesting input smaller takes up to
# a minute, in which nothing new is tried.
fuzz: ## Fuzz every parser and every calculator: make fuzz FUZZTIME=10s
	@log=$$(mktemp); trap 'rm -f "$$log"' EXIT; set -o pipefail; \
	grep -rlE '^func Fuzz' --include=*_test.go internal | while read -r file; do grep -oE '^func Fuzz[A-Za-z]*' "$$file" | cut -c6- | while read -r name; do \
		echo "$$file $$name"; go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x "./$$(dirname "$$file")" </dev/null 2>&1 | tee "$$log" || \
		{ grep -q '^    context deadline exceeded$$' "$$log" && ! grep -q 'Failing input' "$$log"; } || exit 1; \
	done || exit 1; done

.PHONY: walk
walk: assets chromium ## Run one browser walk by itself: make walk NAME=main; pictures in .rowan/walks/NAME
	ROWAN_WALK=$(NAME) go test -count=1 -timeout 45m -v -run 'TestWalk/$(NAME)$$' ./test/e2e

.PHONY: bench
bench: build ## Measure side by side, and print ratios
	go run ./test/bench

.PHONY: tools
tools: .tools/templ .tools/sqlc .tools/golangci-lint
.tools/templ: tools/go.mod tools/go.sum
	cd tools && go build -o ../$@ github.com/a-h/templ/cmd/templ
.tools/sqlc: tools/go.mod tools/go.sum
	cd tools && go build -o ../$@ github.com/sqlc-dev/sqlc/cmd/sqlc
.tools/golangci-lint: tools/go.mod tools/go.sum
	cd tools && go build -o ../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

.PHONY: generate
generate: .tools/templ .tools/sqlc ## Write the code that templates and queries generate
	.tools/templ generate -path . >/dev/null
	.tools/sqlc generate

.PHONY: verify
verify: tools generate ## Check generated code, formatting, lint and the hazard log
	@test -z "$$(git status --porcelain)" || { echo "Generated code differs, or something is not committed:"; git status --short; git diff --stat; exit 1; }
	@unformatted="$$(git ls-files -z '*.go' | xargs -0 gofmt -l)"; test -z "$$unformatted" || { echo "Not formatted:"; echo "$$unformatted"; exit 1; }
	go test -count=1 ./test/hazard
	go vet ./...
	.tools/golangci-lint run ./...

.PHONY: vuln
vuln: ## Look for known vulnerabilities (asks a database on the network)
	go run golang.org/x/vuln/cmd/govulncheck@v1.8.0 ./...

.PHONY: clean
clean: ## Remove what was built (not the data in .rowan)
	rm -rf bin assets/dist/* node_modules .tools
