package recipes

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// recipe reads a file and replaces in it what a person would. Each must be there.
func recipe(t *testing.T, name string, replace ...string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(text, replace[i]) {
			t.Fatalf("%s has no %q", name, replace[i])
		}
		text = strings.ReplaceAll(text, replace[i], replace[i+1])
	}
	return text
}

// need finds a program, or skips.
func need(t *testing.T, program, debian string) string {
	t.Helper()
	found, err := exec.LookPath(program)
	if err != nil {
		found, err = exec.LookPath("/usr/sbin/" + program)
	}
	if err != nil {
		t.Skipf("%s is not installed (Debian: %s)", program, debian)
	}
	return found
}

func save(t *testing.T, file, text string) string {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestSystemd(t *testing.T) {
	program := need(t, "systemd-analyze", "systemd")
	work := t.TempDir()
	service := save(t, filepath.Join(work, "vitrine-snapshot.service"), recipe(t, "vitrine-snapshot.service", "ExecStart=/usr/local/lib/vitrine/vitrine ", "ExecStart=/bin/true "))
	timer := save(t, filepath.Join(work, "vitrine-snapshot.timer"), recipe(t, "vitrine-snapshot.timer"))
	out, err := exec.Command(program, "verify", "--man=no", service, timer).CombinedOutput()
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "vitrine") { // others are about the machine's own units
			t.Error(line)
		}
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := exec.Command(program, "calendar", "*:0/15").CombinedOutput(); err != nil || !strings.Contains(recipe(t, "vitrine-snapshot.timer"), "OnCalendar=*:0/15\n") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestCrontab(t *testing.T) {
	var lines []string
	for line := range strings.Lines(recipe(t, "crontab")) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	fields := strings.SplitN(lines[0], " ", 6)
	for i, limit := range []string{`^[0-5]?\d(,[0-5]?\d)*$`, `^\*$`, `^\*$`, `^\*$`, `^\*$`} {
		if !regexp.MustCompile(limit).MatchString(fields[i]) {
			t.Errorf("field %d is %q", i, fields[i])
		}
	}
	if strings.Contains(fields[5], "%") {
		t.Error("cron ends a command at a percent sign")
	}
	need(t, "flock", "util-linux")
	work := t.TempDir()
	stub := save(t, filepath.Join(work, "vitrine"), "#!/bin/sh\necho \"$@\" >>"+filepath.Join(work, "said")+"\n")
	if err := os.Chmod(stub, 0o755); err != nil {
		t.Fatal(err)
	}
	command := strings.NewReplacer("/usr/local/lib/vitrine/vitrine", stub, "/tmp/vitrine.lock", filepath.Join(work, "lock")).Replace(fields[5])
	if out, err := exec.Command("sh", "-c", command).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
	said, err := os.ReadFile(filepath.Join(work, "said"))
	if want := "snapshot -out /var/www/site -config /etc/vitrine/site.toml -wait 60s\n"; string(said) != want {
		t.Errorf("%q, %v", said, err)
	}
	if !strings.Contains(recipe(t, "vitrine-snapshot.service"), "vitrine "+strings.TrimSpace(string(said))+"\n") {
		t.Error("the service runs something else")
	}
}

// TestJob checks the scheduled job as far as that can be done without the forge: its form, that its commands are a shell's and the
// build command's, and that the folder which is kept is the one that is written and published.
func TestJob(t *testing.T) {
	type step struct {
		Uses, Run string
		With      map[string]string
	}
	var job struct {
		On struct {
			Schedule []struct{ Cron string }
		}
		Concurrency struct{ Group string }
		Jobs        map[string]struct {
			RunsOn string `yaml:"runs-on"`
			Steps  []step
		}
	}
	if err := yaml.Unmarshal([]byte(recipe(t, "ci.yml")), &job); err != nil {
		t.Fatal(err)
	}
	if len(job.On.Schedule) != 1 || len(strings.Fields(job.On.Schedule[0].Cron)) != 5 || job.Concurrency.Group == "" || len(job.Jobs) != 1 {
		t.Errorf("%+v", job)
	}
	steps := job.Jobs["site"].Steps
	at := func(part string) int {
		return slices.IndexFunc(steps, func(s step) bool { return strings.Contains(s.Uses+s.Run, part) })
	}
	restore, build, keep, pages := at("cache/restore@"), at("go run ./build site -out dist"), at("cache/save@"), at("upload-pages-artifact@")
	if restore < 0 || restore > build || build > keep || keep > pages {
		t.Fatalf("the steps are in another order: %d %d %d %d", restore, build, keep, pages)
	}
	for _, i := range []int{restore, keep, pages} {
		if steps[i].With["path"] != "dist" {
			t.Errorf("%s takes %q", steps[i].Uses, steps[i].With["path"])
		}
	}
	if key := steps[keep].With["key"]; key != steps[restore].With["key"] || !strings.HasPrefix(key, steps[restore].With["restore-keys"]) {
		t.Errorf("kept is %q", key)
	}
	for _, step := range steps {
		if step.Run == "" {
			if !regexp.MustCompile(`^actions/[a-z/-]+@v\d+$`).MatchString(step.Uses) {
				t.Errorf("%q", step.Uses)
			}
			continue
		}
		if out, err := exec.Command("sh", "-n", "-c", step.Run).CombinedOutput(); err != nil {
			t.Errorf("%s: %v, %s", step.Run, err, out)
		}
	}
}
