#!/bin/sh
# Makes web/js/hls.js and web/content/hls.licence.txt of the npm package hls.js: its own sources, with sound that is streamed beside the picture
# (as PeerTube does) and without what no server here sends: encryption by modules, advertisements, subtitles in the stream, client reports.
# The ready-made files of the package are either without that sound, or half as large again. Run it for another version; the versions are pinned here.
set -eu
cd "$(dirname "$0")/../.."
version=1.7.4
tools=.cache/hls
rm -rf "$tools"
mkdir -p "$tools"
npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund --no-save --loglevel=error "hls.js@$version" url-toolkit@2.2.5 eventemitter3@5.0.4 \
	@svta/cml-id3@1.0.6 @svta/cml-utils@1.5.0 @svta/cml-cmcd@2.4.0 @svta/cml-structured-field-values@1.1.3 >&2
cp -r "$tools/node_modules/hls.js/src" "$tools/src"
echo '{"sideEffects": ["*/transmuxer-worker.ts"]}' > "$tools/src/package.json"

without=
for part in EME_DRM SUBTITLES CMCD CONTENT_STEERING VARIABLE_SUBSTITUTION M2TS_ADVANCED_CODECS MEDIA_CAPABILITIES INTERSTITIALS IFRAMES; do
	without="$without --define:__USE_${part}__=false"
done
# shellcheck disable=SC2086 # a list of flags
go run github.com/evanw/esbuild/cmd/esbuild "$tools/src/exports-default.ts" --bundle --minify --format=esm --target=es2022 --legal-comments=none --log-level=warning \
	$without --define:__USE_ALT_AUDIO__=true "--define:__VERSION__=\"$version\"" --define:__IN_WORKER__=false --define:__HLS_WORKER_BUNDLE__=undefined \
	--banner:js="/*! hls.js $version, https://github.com/video-dev/hls.js, Apache-2.0; with eventemitter3, MIT; url-toolkit and @svta/cml-id3, Apache-2.0 */
// @ts-nocheck
/* eslint-disable */" --outfile=web/js/hls.js
cd "$tools/node_modules"
{
	echo "hls.js $version (https://github.com/video-dev/hls.js), url-toolkit 2.2.5 (https://github.com/tjenkinson/url-toolkit)"
	echo "@svta/cml-id3 1.0.6, @svta/cml-utils 1.5.0 (https://github.com/streaming-video-technology-alliance/common-media-library)"
	echo
	cat hls.js/LICENSE
	echo
	cat url-toolkit/LICENSE
	echo
	echo "eventemitter3 5.0.4 (https://github.com/primus/eventemitter3)"
	echo
	cat eventemitter3/LICENSE
} > ../../../web/content/hls.licence.txt
