package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
)

// bucket is a bucket of an object store, or a folder in one.
type bucket struct {
	where  string // "s3://BUCKET/FOLDER/", for errors
	helper *helper
}

// drivers are the programs below build/bucket, by the schemes of their URLs.
func drivers() []string { return []string{"s3", "azblob", "gs"} }

func openBucket(ctx context.Context, out string) (Target, error) {
	address, where, err := bucketAddress(out)
	if err != nil {
		return nil, err
	}
	h, err := startHelper(ctx, address.Scheme, address.String())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	return &bucket{where, h}, nil
}

// bucketAddress checks a bucket's URL and says how it is named in errors.
func bucketAddress(out string) (address *url.URL, where string, err error) {
	u, err := url.Parse(out)
	if err != nil {
		return nil, "", fmt.Errorf("the address of a bucket that can't be read: %w", err)
	}
	switch {
	case !slices.Contains(drivers(), u.Scheme):
		return nil, "", fmt.Errorf("%s:// is no kind of bucket that is known; there are %s://", u.Scheme, strings.Join(drivers(), "://, "))
	case u.User != nil:
		return nil, "", fmt.Errorf("%s://%s: keys stand in the environment, not in the address, which everybody on this machine can see", u.Scheme, u.Host)
	case u.Host == "" || strings.Trim(u.Path, "/") != "":
		return nil, "", fmt.Errorf("a bucket's address is %s://BUCKET?prefix=FOLDER", u.Scheme)
	}
	u.Path = ""
	query := u.Query()
	where = u.Scheme + "://" + u.Host + "/"
	if folder := strings.Trim(query.Get("prefix"), "/"); folder != "" {
		if err := CheckName(folder); err != nil {
			return nil, "", fmt.Errorf("prefix: %w", err)
		}
		query.Set("prefix", folder+"/")
		where += folder + "/"
	} else {
		query.Del("prefix")
	}
	if u.Scheme == "s3" {
		// Since 2025 the driver wants sums that many stores beside Amazon's don't know. The signature covers what is sent anyway.
		for _, key := range []string{"request_checksum_calculation", "response_checksum_validation"} {
			if !query.Has(key) {
				query.Set(key, "when_required")
			}
		}
	}
	u.RawQuery = query.Encode()
	return u, where, nil
}

// skips: a store sends what is asked for by name and knows nothing of compressed siblings; where one compresses, or the
// delivery network before it, it does so itself. They would only cost requests.
func (b *bucket) skips(name string) bool { return path.Ext(name) == ".br" || path.Ext(name) == ".gz" }

func (b *bucket) Read(ctx context.Context, name string) ([]byte, error) {
	a, err := b.ask(ctx, request{Op: "read", Name: name})
	return a.data, err
}

func (b *bucket) Write(ctx context.Context, name string, data []byte) error {
	r := requestFor("write", name, data)
	r.data = data
	_, err := b.ask(ctx, r)
	return err
}

func (b *bucket) same(ctx context.Context, name string, data []byte) (bool, error) {
	a, err := b.ask(ctx, requestFor("same", name, data))
	return a.Same, err
}

func requestFor(op, name string, data []byte) request {
	sum := sha256.Sum256(data)
	return request{Op: op, Name: name, Size: int64(len(data)), Type: ContentType(name), Cache: CacheControl(name), Sum: hex.EncodeToString(sum[:])}
}

func (b *bucket) Remove(ctx context.Context, name string) error {
	_, err := b.ask(ctx, request{Op: "remove", Name: name})
	return err
}

// List leaves out what others put there under names that no file can have.
func (b *bucket) List(ctx context.Context, prefix string) ([]string, error) {
	a, err := b.helper.ask(ctx, request{Op: "list", Name: prefix})
	if err != nil {
		return nil, fmt.Errorf("%s%s: %w", b.where, prefix, err)
	}
	names := slices.DeleteFunc(a.Names, func(name string) bool { return CheckName(name) != nil })
	slices.Sort(names)
	return names, nil
}

func (b *bucket) ask(ctx context.Context, r request) (answer, error) {
	if err := checkCall(ctx, r.Name); err != nil {
		return answer{}, err
	}
	a, err := b.helper.ask(ctx, r)
	switch {
	case err == nil && a.Missing:
		err = fs.ErrNotExist
	case err == nil && a.Error != "":
		err = errors.New(a.Error)
	}
	if err != nil {
		return answer{}, fmt.Errorf("%s%s: %w", b.where, r.Name, err)
	}
	return a, nil
}

func (b *bucket) Close() error {
	b.helper.close()
	return nil
}
