#!/bin/sh
# Builds the site of a commit for `make bench`, and prints the folder it is in. Prints nothing for no commit, or one that isn't here.
set -eu
commit=$(git rev-parse --verify --quiet "$1^{commit}") || exit 0
dir=$PWD/.cache/beside/$commit
if [ ! -e "$dir/index.html" ]; then
	source=$(mktemp -d)
	trap 'git worktree remove --force "$source"' EXIT
	git worktree add --quiet --detach "$source" "$commit" >&2
	(cd "$source" && go run ./build site -out "$dir" >&2)
fi
echo "$dir"
