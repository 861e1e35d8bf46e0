package site

import (
	"net/url"
	"strings"

	"vitrine/build/command"
)

// BasePath is the path of the site with slashes around: what -base says, else that of the configured address.
func BasePath(given, baseURL string) (string, error) {
	if given == "" && baseURL != "" {
		u, err := url.Parse(baseURL)
		if err != nil {
			return "", err
		}
		given = u.EscapedPath()
	}
	given = "/" + strings.Trim(given, "/") + "/"
	if given == "//" {
		return "/", nil
	}
	u, err := url.Parse(given)
	if err != nil || u.EscapedPath() != given || u.Host != "" || strings.Contains(given, "//") || strings.Contains(given, "/../") || strings.Contains(given, "/./") {
		return "", command.Usagef("-base %q is not the path of a folder, such as /reader/", given)
	}
	return given, nil
}
