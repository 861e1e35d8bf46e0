package mastodon

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// readers say by the last word of a fixture's name how it is read.
var readers = map[string]func(body string) (any, error){
	"timeline": func(body string) (any, error) {
		s, _ := serve(map[string]reply{"/api/v1/timelines/public": {body: body}})
		return s.ServerPosts(context.Background(), feeds.Local, "")
	},
	"account": func(body string) (any, error) {
		s, _ := serve(map[string]reply{"/api/v1/accounts/lookup": {body: body}})
		return s.Profile(context.Background(), "ada", host)
	},
	"instance": func(body string) (any, error) {
		path := "/api/v1/instance"
		if strings.Contains(body, `"source_url"`) {
			path = "/api/v2/instance"
		}
		s, _ := serve(map[string]reply{path: {body: body}})
		return s.Describe(context.Background())
	},
	"context": func(body string) (any, error) {
		s, _ := serve(map[string]reply{"/api/v1/statuses/1/context": {body: body}})
		above, below, err := s.Context(context.Background(), "1")
		return map[string]any{"Above": above, "Below": below}, err
	},
	"tags": func(body string) (any, error) {
		s, _ := serve(map[string]reply{"/api/v1/trends/tags": {body: body}})
		return s.TrendingTags(context.Background())
	},
	"links": func(body string) (any, error) {
		s, _ := serve(map[string]reply{"/api/v1/trends/links": {body: body}})
		return s.TrendingLinks(context.Background())
	},
}

// TestFixtures compares what is made of each testdata/NAME.json with NAME.golden. -update writes the golden files.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			read := readers[name[strings.LastIndex(name, "-")+1:]]
			if read == nil {
				t.Fatalf("nothing reads %s", file)
			}
			got, err := read(fixture(t, name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			compareGolden(t, filepath.Join("testdata", name+".golden"), view(t, got))
		})
	}
}

func compareGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run with -update and look at the difference. Got:\n%s", file, got)
	}
}

// view writes a value for people to compare: without what is empty or 0, with posts' authors by their handles, and with texts
// as plain text, since how they are parsed is content's affair.
func view(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(plain(tree)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// plain returns v without empty parts, nil when nothing is left.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if _, isDoc := v["b"]; isDoc {
			return docText(v)
		}
		kept := map[string]any{}
		for name, part := range v {
			part = plain(part)
			if author, ok := part.(map[string]any); ok && (name == "Author" || name == "BoostedBy") {
				part = fmt.Sprint(author["User"], "@", author["Domain"])
			}
			if part != nil {
				kept[name] = part
			}
		}
		if len(kept) > 0 {
			return kept
		}
		return nil
	case []any:
		if len(v) == 0 {
			return nil
		}
		for i := range v {
			v[i] = plain(v[i])
		}
		return v
	case string:
		if v == "" || strings.HasPrefix(v, "0001-01-01T") {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	}
	return v
}

func docText(v map[string]any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	var doc content.Doc
	if err := json.Unmarshal(raw, &doc); err != nil {
		return err.Error()
	}
	return content.PlainText(doc)
}
