// Package recipes has no code: beside it are files for those who run a site, to be copied and changed. Its tests start the web
// servers with them on loopback (Debian: nginx-light, libnginx-mod-http-brotli-static, caddy) and check the others as far as
// that can be done without the service that they are for (systemd). What isn't installed is skipped by name.
package recipes
