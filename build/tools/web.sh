#!/bin/sh
# Checks the scripts of web/ with TypeScript's compiler and ESLint, in the versions of web/package-lock.json. They are installed
# under .cache, where Go doesn't look for packages: some of npm's packages contain Go files.
set -eu
cd "$(dirname "$0")/../.."
tools=.cache/web

if ! cmp -s web/package-lock.json "$tools/installed"; then
	mkdir -p "$tools"
	cp web/package.json web/package-lock.json "$tools"
	npm ci --prefix "$tools" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
	cp web/package-lock.json "$tools/installed"
fi

node "$tools/node_modules/typescript/bin/tsc" -p web
node "$tools/node_modules/typescript/bin/tsc" -p web/tsconfig.worker.json
# ESLint resolves what its configuration imports from the folder of the configuration.
cp web/eslint.config.js "$tools/eslint.config.js"
cd web
node "../$tools/node_modules/eslint/bin/eslint.js" -c "../$tools/eslint.config.js" --max-warnings 0 .
