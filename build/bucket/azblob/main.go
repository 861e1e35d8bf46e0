// Command azblob speaks to Azure Blob Storage for build/publish.
package main

import (
	_ "gocloud.dev/blob/azureblob" // knows the URLs azblob://

	"vitrine/build/bucket/serve"
)

func main() { serve.Main() }
