// Command gs speaks to Google Cloud Storage for build/publish.
package main

import (
	_ "gocloud.dev/blob/gcsblob" // knows the URLs gs://

	"vitrine/build/bucket/serve"
)

func main() { serve.Main() }
