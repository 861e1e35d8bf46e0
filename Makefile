# `make run` and `make test` are all that a newcomer needs; `make help` lists the rest.
GO ?= go
OUT ?= dist
BESIDE ?= HEAD^
BROWSERS ?= chromium firefox webkit

# What the race detector leaves alone: they compute without goroutines of ours, and would be ten times as slow; and tests that
# start a browser.
unraced := github.com/gen2brain/webp/... golang.org/x/image/... github.com/andybalholm/brotli/... github.com/evanw/esbuild/...
browser := TestInChromium|TestWhatWasAcknowledgedSurvivesAKill

.DELETE_ON_ERROR:
.PHONY: help run site test race test-browsers test-buckets check size bench accessible screenshot clean need fonts

help: ## lists the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: ## builds the site and serves it on http://localhost:8080 with the demo fediverse
	@$(GO) build -o .cache/build ./build
	@exec .cache/build serve -demo # `go run` would leave the server behind when make is ended

site: ## writes dist/, the complete static site, precompressed
	$(GO) run ./build site -out $(OUT)

test: need fonts ## every test: native, in a real browser, end to end
	$(GO) test -timeout 40m ./...

race: ## the tests that need no browser, under the race detector
	@sh build/tools/need.sh 'gcc:gcc libc6-dev'
	CGO_ENABLED=1 $(GO) test -race -timeout 20m $(unraced:%=-gcflags=%=-race=false) -skip '^($(browser))$$' \
		$$($(GO) list ./... | grep -v '/build/e2e$$')

test-browsers: ## a journey, each way to start, going back, the element, a feed and what servers learn in Chromium, Firefox and WebKitGTK
	@sh build/tools/need.sh chromium firefox-esr WebKitWebDriver:webkit2gtk-driver xvfb-run:xvfb xauth
	BROWSERS="$(BROWSERS)" $(GO) test -count=1 -v -timeout 30m -run '^Test(Back|Element|Official|Redraw|Referrer|Start)?Engines$$' ./build/e2e

test-buckets: ## the programs that speak to object stores: compiled, vetted and started
	BUCKETS=all $(GO) test -count=1 -v -run '^TestEveryKind' ./build/publish

check: ## format, vet, static analysis of Go and JavaScript, import rules, size budgets
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt -w $$unformatted"; exit 1; }
	$(GO) vet ./...
	GOOS=js GOARCH=wasm $(GO) vet ./app/... ./feeds/...
	$(GO) tool staticcheck ./...
	checker=$$($(GO) tool -n staticcheck) && GOOS=js GOARCH=wasm $$checker ./app/... ./feeds/...
	@sh build/tools/need.sh node:nodejs npm
	sh build/tools/web.sh
	$(GO) test -count=1 -run '^TestRule' ./build
	$(GO) run ./build/size

size: ## what a first visit downloads, against the budgets
	$(GO) run ./build/size

bench: need ## the benchmarks: natively, then in Chromium; BESIDE=COMMIT times starts beside another build and names what is a fifth slower
	$(GO) test -run '^$$' -bench . -benchtime 100x ./feeds/mastodon ./feeds/content
	$(GO) test -run '^$$' -bench Month -benchtime 1x ./feeds/software # requests to reach a month of a profile of 10,000 posts
	$(GO) test -run '^$$' -bench . -benchtime 1x ./feeds/reader ./feeds/find # 300 sources merged; a word asked at five servers
	$(GO) test -run '^$$' -bench . -benchtime 5x ./build/picture
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 60m ./build/snapshot # a quarter of an hour: a thousand feeds
	$(GO) test -run '^$$' -bench . -benchtime 1x ./build/demo/crowd # a conversation of a thousand replies, completed
	$(GO) test -run '^$$' -bench . -benchtime 1x ./feeds/cache
	$(GO) test -run '^$$' -bench . -benchtime 1x ./app/document # 1,000 posts with 500 pictures as each kind of file
	$(GO) test -run '^$$' -bench . -benchtime 1x ./feeds/search # the index of 50,000 and 200,000 posts, and ten kinds of queries
	BESIDE=$$(sh build/tools/beside.sh "$(BESIDE)") && export BESIDE && $(GO) test -run '^$$' -bench . -benchtime 1x -timeout 60m ./build/e2e

accessible: need ## axe on every view in every surrounding and two languages, and how much moves while a view is loaded
	$(GO) test -v -run '^$$' -bench 'Accessible|Shifts|Language' -benchtime 1x -timeout 60m ./build/e2e

screenshot: need ## web/screenshot.png, which stands in the README, and web/shots, which the manifest names
	SCREENSHOT=$(CURDIR)/web/screenshot.png $(GO) test -count=1 -run '^TestScreenshot$$' ./build/e2e

clean: ## removes what was built
	rm -rf $(OUT) .cache

need:
	@sh build/tools/need.sh chromium node:nodejs npm java:default-jre-headless epubcheck

fonts: # those that build/e2e looks at the site in
	@sh build/tools/need.sh LiberationSans-Regular.ttf:fonts-liberation NotoSans-Regular.ttf:fonts-noto-core \
		NotoSansCJK-Regular.ttc:fonts-noto-cjk NotoColorEmoji.ttf:fonts-noto-color-emoji DejaVuSans.ttf:fonts-dejavu-core
