package snapshot

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"
	"time"

	"vitrine/build/config"
	"vitrine/build/publish"
	"vitrine/build/site"
	"vitrine/web"
)

// What a run that is a process of its own reads from the environment.
const (
	childFolder = "SNAPSHOT_CHILD_FOLDER"
	childConfig = "SNAPSHOT_CHILD_CONFIG"
	childResult = "SNAPSHOT_CHILD_RESULT" // file for the Result; with it the run has all that the command has, and pauses
)

// child is a run in a process of its own, which can be killed or measured.
func child(folder, config string, more ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.timeout=0")
	cmd.Env = append(append(os.Environ(), childFolder+"="+folder, childConfig+"="+config), more...)
	return cmd
}

// TestChild is what child runs. By itself it is nothing.
func TestChild(t *testing.T) {
	dir := os.Getenv(childFolder)
	if dir == "" {
		t.Skip("it is run by other tests")
	}
	c, err := config.Load(os.Getenv(childConfig))
	if err != nil {
		t.Fatal(err)
	}
	target, err := publish.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	o := Options{Config: c, Target: target, Web: web.Files, Base: "/", Wait: time.Second, Log: os.Stderr}
	result := os.Getenv(childResult)
	if result != "" {
		o.Wait, o.Answers, o.Compress, o.pacedAll = time.Minute, newAnswers(), site.NewCompressor(), true
	}
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if result == "" {
		return
	}
	said, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(result, said, 0o644); err != nil {
		t.Fatal(err)
	}
}
