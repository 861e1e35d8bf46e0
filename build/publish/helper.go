package publish

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// The lines that are exchanged with a program below build/bucket, as its package serve describes them.
const helperVersion = 1

type request struct {
	ID    int64  `json:"id"`
	Op    string `json:"op"`
	Name  string `json:"name"`
	Size  int64  `json:"size"`
	Type  string `json:"type,omitempty"`
	Cache string `json:"cache,omitempty"`
	Sum   string `json:"sum,omitempty"`
	data  []byte
}

type answer struct {
	Version int      `json:"version"`
	ID      int64    `json:"id"`
	Error   string   `json:"error"`
	Missing bool     `json:"missing"`
	Same    bool     `json:"same"`
	Names   []string `json:"names"`
	Size    int64    `json:"size"`
	data    []byte
}

// helper is a running program that speaks to a bucket.
type helper struct {
	command *exec.Cmd
	cancel  context.CancelFunc
	writing sync.Mutex // of in
	in      io.WriteCloser
	stderr  *tail

	mu      sync.Mutex
	last    int64
	waiting map[int64]chan answer
	ended   chan struct{} // closed when it answers no more
	endErr  error         // why it ended; set before ended is closed
}

// startHelper runs the program for a kind of bucket and waits until it has reached the bucket.
func startHelper(ctx context.Context, kind, address string) (*helper, error) {
	ctx, cancel := context.WithCancel(ctx)
	command, err := helperCommand(ctx, kind, address)
	if err != nil {
		cancel()
		return nil, err
	}
	h := &helper{command: command, cancel: cancel, stderr: &tail{}, waiting: map[int64]chan answer{}, ended: make(chan struct{})}
	command.Stderr = h.stderr
	if h.in, err = command.StdinPipe(); err != nil {
		cancel()
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		cancel()
		return nil, err
	}
	// It ends with its input; `go run` itself, which may be compiling, with an interrupt. Killing that would leave its child.
	command.Cancel = func() error {
		return errors.Join(command.Process.Signal(os.Interrupt), h.in.Close(), out.Close())
	}
	command.WaitDelay = 3 * time.Second
	if err := command.Start(); err != nil {
		cancel()
		return nil, err
	}
	lines := bufio.NewReader(out)
	patience := time.AfterFunc(5*time.Second, func() {
		fmt.Fprintf(os.Stderr, "compiling what speaks to %s:// buckets, which takes a minute or two the first time\n", kind)
	})
	hello, err := readAnswer(lines)
	patience.Stop()
	switch {
	case ctx.Err() != nil:
		err = context.Cause(ctx)
	case err != nil:
		err = fmt.Errorf("the program that speaks to the bucket didn't start: %s", h.stderr)
	case hello.Error != "":
		err = errors.New(hello.Error)
	case hello.Version != helperVersion:
		err = fmt.Errorf("%s is of another version: build it again", command.Path)
	}
	if err != nil {
		h.close()
		return nil, err
	}
	go h.listen(lines)
	return h, nil
}

// helperCommand is vitrine-KIND beside the running program, for machines without Go, else `go run`.
func helperCommand(ctx context.Context, kind, address string) (*exec.Cmd, error) {
	if self, err := os.Executable(); err == nil {
		if built, err := exec.LookPath(filepath.Join(filepath.Dir(self), "vitrine-"+kind)); err == nil {
			return exec.CommandContext(ctx, built, address), nil
		}
	}
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "vitrine").Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || dir == "" {
		return nil, fmt.Errorf("a bucket needs Go and this project's folder, or the program vitrine-%s beside this one (go build -C build/bucket -o vitrine-%[1]s ./%[1]s)", kind)
	}
	command := exec.CommandContext(ctx, "go", "run", "-C", filepath.Join(dir, "build", "bucket"), "./"+kind, address)
	command.Env = append(os.Environ(), "GOWORK=off", "GOOS=", "GOARCH=") // its own module, for this machine
	return command, nil
}

// ask sends a request and waits for its answer.
func (h *helper) ask(ctx context.Context, r request) (answer, error) {
	got := make(chan answer, 1)
	h.mu.Lock()
	h.last++
	r.ID = h.last
	h.waiting[r.ID] = got
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.waiting, r.ID)
		h.mu.Unlock()
	}()
	if err := h.send(r); err != nil {
		select {
		case <-h.ended:
			return answer{}, h.endErr
		case <-time.After(5 * time.Second): // it can't be long now
			return answer{}, err
		}
	}
	select {
	case a := <-got:
		return a, nil
	case <-h.ended:
		return answer{}, h.endErr
	case <-ctx.Done():
		return answer{}, context.Cause(ctx)
	}
}

func (h *helper) send(r request) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	h.writing.Lock()
	defer h.writing.Unlock()
	if _, err := h.in.Write(append(line, '\n')); err != nil {
		return err
	}
	_, err = h.in.Write(r.data)
	return err
}

// listen hands answers to those who wait for them.
func (h *helper) listen(lines *bufio.Reader) {
	for {
		a, err := readAnswer(lines)
		if err == nil && a.ID == 0 && a.Error != "" {
			err = errors.New(a.Error)
		}
		if err != nil {
			h.endErr = fmt.Errorf("the program that speaks to the bucket ended: %w %s", err, h.stderr)
			close(h.ended)
			return
		}
		h.mu.Lock()
		got := h.waiting[a.ID]
		h.mu.Unlock()
		if got != nil { // else who asked has gone
			got <- a
		}
	}
}

// readAnswer reads a line and the bytes that it announces.
func readAnswer(lines *bufio.Reader) (answer, error) {
	line, err := lines.ReadBytes('\n')
	if err != nil {
		return answer{}, err
	}
	var a answer
	if err := json.Unmarshal(line, &a); err != nil {
		return answer{}, fmt.Errorf("%.80q is no answer", line)
	}
	a.data = make([]byte, a.Size)
	_, err = io.ReadFull(lines, a.data)
	return a, err
}

// close ends the program. Everything that anybody waited for was answered, so how it ends doesn't matter.
func (h *helper) close() {
	h.writing.Lock()
	_ = h.in.Close() // twice after a cancellation
	h.writing.Unlock()
	_ = h.command.Wait()
	h.cancel()
}

// tail keeps the end of what a program says about itself, and shows it as it comes: what is downloaded, what doesn't compile.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if cut := len(t.text) - 2000; cut > 0 {
		t.text = t.text[cut:]
	}
	return os.Stderr.Write(p)
}

// String is the last line.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := bytes.Split(bytes.TrimSpace(t.text), []byte("\n"))
	return string(lines[len(lines)-1])
}
