#!/bin/sh
# Installs the commands that tests and checks need beside Go, where that is possible without asking, and says what to install where
# it isn't. Each is named as COMMAND or "COMMAND:PACKAGE PACKAGE"; a COMMAND that ends with .ttf or .ttc is the file of a font, without
# which tests go on: they leave out what they would draw in it.
set -u

have() {
	case "$1" in
	*.tt[fc]) find /usr/share/fonts /usr/local/share/fonts -name "$1" | grep . ;;
	chromium) command -v chromium || command -v chromium-browser || command -v google-chrome || [ -n "${CHROMIUM:-}" ] ;;
	*) command -v "$1" ;;
	esac >/dev/null 2>&1
}

missing=
status=0
for wanted in "$@"; do
	have "${wanted%%:*}" && continue
	missing="$missing ${wanted##*:}"
	case "${wanted%%:*}" in *.tt[fc]) ;; *) status=1 ;; esac
done
[ -z "$missing" ] && exit 0

if command -v apt-get >/dev/null 2>&1; then
	as=
	[ "$(id -u)" = 0 ] || as="sudo -n"
	if [ -z "$as" ] || sudo -n true 2>/dev/null; then
		echo "installing$missing" >&2
		# shellcheck disable=SC2086
		$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
	fi
fi
echo "please install these packages:$missing" >&2
exit $status
