package command

import (
	"io/fs"

	"vitrine/app/words"
)

// English are the sentences of a terminal: the app's, without what only holds in a browser. files is package web's Files.
func English(files fs.FS) (*words.Words, error) {
	var parts [][]byte
	for _, name := range []string{"locales/en.json", "locales/static/en.json", "locales/native/en.json"} {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		parts = append(parts, data)
	}
	return words.Load(parts[0], parts[1:]...)
}
