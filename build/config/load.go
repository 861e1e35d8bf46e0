package config

import (
	"os"

	"vitrine/web"
)

// Load reads a configuration; web/site.toml without a name. The error is a Mistakes where the file can be read.
func Load(file string) (Site, error) {
	if file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return Site{}, err
		}
		return Parse(file, data)
	}
	data, err := web.Files.ReadFile("site.toml")
	if err != nil {
		return Site{}, err
	}
	return Parse("web/site.toml", data)
}
