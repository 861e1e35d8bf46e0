package publish

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// store is an object store that speaks as much of S3 as is asked of it, on loopback.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
type store struct {
	url     string
	mu      sync.Mutex
	objects map[string]object // by key
	parts   map[string][]byte // of uploads that are under way
	asked   []string          // "PUT index.html", in order
	fails   string            // PUTs of keys with this suffix fail
	wrong   []string          // what no client should do
}

type object struct {
	data   []byte
	header http.Header
}

const shopBucket = "shop"

// newStore starts a store with one bucket, and sets the environment for it.
func newStore(t *testing.T) *store {
	t.Helper()
	s := &store{objects: map[string]object{}, parts: map[string][]byte{}}
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.Close()
		for _, w := range s.wrong {
			t.Error(w)
		}
	})
	s.url = server.URL
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "a-secret-that-nobody-may-see")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_MAX_ATTEMPTS", "1")
	t.Setenv("AWS_PROFILE", "")
	t.Setenv("AWS_SESSION_TOKEN", "")
	t.Setenv("AWS_CONFIG_FILE", "/dev/null")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
	return s
}

// address is the bucket's for Open.
func (s *store) address(prefix string) string {
	return "s3://" + shopBucket + "?region=eu-central-1&use_path_style=true&endpoint=" + s.url + "&prefix=" + prefix
}

// take returns what was asked since the last time.
func (s *store) take(method string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	var keys []string
	for _, a := range asked {
		if key, ok := strings.CutPrefix(a, method+" "); ok {
			keys = append(keys, key)
		}
	}
	return keys
}

func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.wrong = append(s.wrong, err.Error())
	}
	if !strings.Contains(r.Header.Get("Authorization"), "Credential=AKIDEXAMPLE/") {
		refuse(w, http.StatusForbidden, "AccessDenied")
		return
	}
	if name != shopBucket {
		refuse(w, http.StatusNotFound, "NoSuchBucket")
		return
	}
	s.asked = append(s.asked, r.Method+" "+key)
	query := r.URL.Query()
	switch {
	case key == "" && query.Get("list-type") == "2":
		s.list(w, query.Get("prefix"), query.Get("continuation-token"))
	case r.Method == http.MethodPost && query.Has("uploads"):
		s.objects[".upload/"+key] = object{header: r.Header.Clone()}
		fmt.Fprintf(w, "<InitiateMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>u-%s</UploadId></InitiateMultipartUploadResult>", name, key, key)
	case r.Method == http.MethodPut && query.Has("partNumber"):
		s.parts[fmt.Sprintf("%s#%05s", key, query.Get("partNumber"))] = body
		w.Header().Set("ETag", `"p`+query.Get("partNumber")+`"`)
	case r.Method == http.MethodPost && query.Has("uploadId"):
		s.join(w, key)
	case r.Method == http.MethodPut:
		if s.fails != "" && strings.HasSuffix(key, s.fails) {
			refuse(w, http.StatusInternalServerError, "InternalError")
			return
		}
		s.checkSum(key, r.Header, body)
		s.objects[key] = object{body, r.Header.Clone()}
	case r.Method == http.MethodGet, r.Method == http.MethodHead:
		s.send(w, r, key)
	case r.Method == http.MethodDelete:
		delete(s.objects, key)
		w.WriteHeader(http.StatusNoContent)
	default:
		s.wrong = append(s.wrong, r.Method+" "+r.URL.String())
		refuse(w, http.StatusNotImplemented, "NotImplemented")
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>the store says so</Message></Error>", code)
}

// checkSum compares a body with the checksum in its headers.
func (s *store) checkSum(key string, header http.Header, body []byte) {
	if strings.Contains(header.Get("Content-Encoding"), "aws-chunked") {
		s.wrong = append(s.wrong, key+" came in chunks, which this store can't read")
	}
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body))
	if want := header.Get("X-Amz-Checksum-Crc32"); want != "" && want != base64.StdEncoding.EncodeToString(sum) {
		s.wrong = append(s.wrong, key+" came with a wrong sum")
	}
}

func (s *store) send(w http.ResponseWriter, r *http.Request, key string) {
	o, ok := s.objects[key]
	if !ok {
		refuse(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	for name, values := range o.header {
		if strings.HasPrefix(name, "X-Amz-Meta-") || name == "Content-Type" || name == "Cache-Control" {
			w.Header()[name] = values
		}
	}
	w.Header().Set("ETag", `"0"`) // as useless as that of an encrypted object
	http.ServeContent(w, r, "", time.Unix(1700000000, 0), bytes.NewReader(o.data))
}

// list answers three keys at a time, so that paging is seen.
func (s *store) list(w http.ResponseWriter, prefix, after string) {
	type content struct {
		Key          string
		Size         int
		ETag         string
		LastModified string
	}
	var result struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		IsTruncated           bool
		NextContinuationToken string
		Contents              []content
	}
	for _, key := range slices.Sorted(maps.Keys(s.objects)) {
		if !strings.HasPrefix(key, prefix) || key <= after || strings.HasPrefix(key, ".upload/") {
			continue
		}
		if len(result.Contents) == 3 {
			result.IsTruncated, result.NextContinuationToken = true, result.Contents[2].Key
			break
		}
		result.Contents = append(result.Contents, content{key, len(s.objects[key].data), `"0"`, "2026-11-22T18:15:00Z"})
	}
	_ = xml.NewEncoder(w).Encode(result) // a client that has gone
}

// join ends an upload in parts.
func (s *store) join(w http.ResponseWriter, key string) {
	var data []byte
	for _, part := range slices.Sorted(maps.Keys(s.parts)) {
		if strings.HasPrefix(part, key+"#") {
			data = append(data, s.parts[part]...)
			delete(s.parts, part)
		}
	}
	s.objects[key] = object{data, s.objects[".upload/"+key].header}
	delete(s.objects, ".upload/"+key)
	fmt.Fprintf(w, `<CompleteMultipartUploadResult><Key>%s</Key><ETag>"0"</ETag></CompleteMultipartUploadResult>`, key)
}
