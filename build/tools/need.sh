#!/bin/sh
# Installs what the tests need beside Go, where that is possible without asking: Chromium, npm for the checkers of accessibility and
# of HTML, and what is named as COMMAND or COMMAND:PACKAGE.
set -u

missing=
have() { command -v "$1" >/dev/null 2>&1; }
have chromium || have chromium-browser || have google-chrome || [ -n "${CHROMIUM:-}" ] || missing="chromium"
have npm || missing="$missing npm"
for wanted in "$@"; do
	have "${wanted%%:*}" || missing="$missing ${wanted##*:}"
done
[ -z "$missing" ] && exit 0

if have apt-get; then
	as=
	[ "$(id -u)" = 0 ] || as="sudo -n"
	if [ -z "$as" ] || sudo -n true 2>/dev/null; then
		echo "installing $missing" >&2
		# shellcheck disable=SC2086
		$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
	fi
fi
echo "the tests need these packages, please install them: $missing" >&2
exit 1
