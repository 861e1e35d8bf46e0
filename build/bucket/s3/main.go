// Command s3 speaks to S3 and what speaks like it for build/publish.
package main

import (
	_ "gocloud.dev/blob/s3blob" // knows the URLs s3://

	"vitrine/build/bucket/serve"
)

func main() { serve.Main() }
