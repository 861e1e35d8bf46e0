package cache

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"syscall/js"
	"time"

	"github.com/hack-pad/go-indexeddb/idb"

	"vitrine/feeds"
)

// schema is the form of the database. It stands in the database's name: go-indexeddb can't add an index to a store that is
// there, so another schema is another database, and the old one is deleted.
const schema = 1

const (
	openDeadline = 10 * time.Second
	callDeadline = 15 * time.Second // a transaction that is over already would be awaited for ever
)

// The object stores, each with explicit keys.
const (
	postsStore     = "posts"     // post key -> object, see values_js.go
	timelinesStore = "timelines" // timeline id -> {j: head}
	usedStore      = "used"      // timeline id -> when it was last used, in milliseconds
	authorsStore   = "authors"   // host, handle -> {j, z, t}
	instancesStore = "instances" // host -> {j, z, t}
	listsStore     = "lists"     // host, timeline id -> {j: list, z, t}
	usageStore     = "usage"     // host -> feeds.Usage in JSON, kept in the transaction of each write
)

// The indexes: of posts by their sightings and by their places in timelines, and of those without a timeline by when they were
// last seen; of people and servers by when they were saved.
const (
	sightingsIndex = "sightings"
	entriesIndex   = "entries"
	looseIndex     = "loose"
	savedIndex     = "saved"
)

// DB is a store in IndexedDB. It is safe for concurrent use, by several tabs at once too.
type DB struct {
	database

	last string // the timeline that was used last
	used int64  // when that was

	touched map[string]int64 // as usedStore has them: what isn't written yet
}

// database is a connection that is opened again when it turns out to be closed.
type database struct {
	name       string
	build      func(*idb.Database) error // makes the object stores
	durability idb.TransactionDurability

	mu   sync.Mutex    // holds what whoever embeds it has beside conn, too
	conn *idb.Database // nil when it was closed under us
}

var (
	_ feeds.Store  = (*DB)(nil)
	_ feeds.Upkeep = (*DB)(nil)
)

// Open opens the database of this name, which is extended by the schema's version, and makes it when it isn't there. Databases
// of older schemas are deleted. The error is of kind Storage, or ctx's own.
func Open(ctx context.Context, name string) (*DB, error) {
	// Relaxed: what is committed was handed to the operating system, and so outlives the browser (see kill_test.go). Only a power
	// cut may take the last pages, and they are read again.
	d := &DB{database: database{name: fmt.Sprintf("%s-v%d", name, schema), build: build, durability: idb.DurabilityRelaxed}}
	if _, err := d.connection(ctx); err != nil {
		return nil, failure(ctx, "open", err)
	}
	deleteOlder(name)
	return d, nil
}

// Close ends the connection. Calls afterwards open it again.
func (d *database) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == nil {
		return nil
	}
	err := d.conn.Close()
	d.conn = nil
	return failure(context.Background(), "close", err)
}

func connect(ctx context.Context, name string, build func(*idb.Database) error) (*idb.Database, error) {
	conn, upgrade, err := openDatabase(ctx, name, 1, build)
	if upgrade != nil {
		_ = conn.Close()
		_, _ = idb.Global().DeleteDatabase(name)
		return nil, upgrade
	}
	return conn, err
}

// openDatabase opens a database in a version, after upgrade made or extended it. failed is upgrade's error: the connection is open
// all the same then.
func openDatabase(ctx context.Context, name string, version uint, upgrade func(*idb.Database) error) (conn *idb.Database, failed, err error) {
	// idb.Global panics where there is none, as in some private windows.
	if !js.Global().Get("indexedDB").Truthy() {
		return nil, nil, errors.New("this browser has no IndexedDB")
	}
	ctx, cancel := context.WithTimeout(ctx, openDeadline)
	defer cancel()
	req, err := idb.Global().Open(ctx, name, version, func(db *idb.Database, _, _ uint) error {
		failed = upgrade(db) // returned here, it would end the program
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if conn, err = req.Await(ctx); err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, nil, err
	}
	return conn, failed, nil
}

func build(db *idb.Database) error {
	stores := map[string]*idb.ObjectStore{}
	for _, name := range []string{postsStore, timelinesStore, usedStore, authorsStore, instancesStore, listsStore, usageStore} {
		s, err := db.CreateObjectStore(name, idb.ObjectStoreOptions{})
		if err != nil {
			return err
		}
		stores[name] = s
	}
	for _, i := range []struct {
		store, name, path string
		multi             bool
	}{
		{postsStore, sightingsIndex, "s", true},
		{postsStore, entriesIndex, "e", true},
		{postsStore, looseIndex, "l", false},
		{authorsStore, savedIndex, "t", false},
		{instancesStore, savedIndex, "t", false},
		{listsStore, savedIndex, "t", false},
	} {
		if _, err := stores[i.store].CreateIndex(i.name, js.ValueOf(i.path), idb.IndexOptions{MultiEntry: i.multi}); err != nil {
			return err
		}
	}
	return nil
}

// deleteOlder deletes the databases of older schemas, if the browser can list what there is. It doesn't wait: a tab with an
// older program may still have one open, and then it goes when that tab does.
func deleteOlder(name string) {
	factory := js.Global().Get("indexedDB")
	if factory.Get("databases").Type() != js.TypeFunction {
		return
	}
	var then, failed js.Func
	release := func() {
		then.Release()
		failed.Release()
	}
	then = js.FuncOf(func(_ js.Value, args []js.Value) any {
		defer release()
		for i := range args[0].Length() {
			found := args[0].Index(i).Get("name").String()
			if tail, ok := strings.CutPrefix(found, name+"-v"); ok {
				if version, err := strconv.Atoi(tail); err == nil && version < schema && strconv.Itoa(version) == tail {
					factory.Call("deleteDatabase", found)
				}
			}
		}
		return nil
	})
	failed = js.FuncOf(func(js.Value, []js.Value) any {
		release()
		return nil
	})
	factory.Call("databases").Call("then", then, failed)
}

// connection returns the open connection, or opens it again.
func (d *database) connection(ctx context.Context) (*idb.Database, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == nil {
		conn, err := connect(ctx, d.name, d.build)
		if err != nil {
			return nil, err
		}
		d.conn = conn
	}
	return d.conn, nil
}

// lost forgets a connection that turned out to be closed.
func (d *database) lost(conn *idb.Database) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == conn {
		d.conn = nil
	}
}

// domName returns the name of the DOMException in an error's chain. Errors that came with an event are the library's type,
// those that were thrown arrive as js.Error.
func domName(err error) string {
	var thrown js.Error
	if errors.As(err, &thrown) {
		if name := thrown.Get("name"); name.Type() == js.TypeString {
			return name.String()
		}
	}
	var dom idb.DOMException
	if errors.As(err, &dom) {
		name, _, _ := strings.Cut(dom.Error(), ":")
		return name
	}
	return ""
}

// failure makes an error of a call of ours.
func failure(ctx context.Context, op string, err error) error {
	if err != nil && domName(err) == "QuotaExceededError" {
		err = fmt.Errorf("%w: %w", ErrFull, err)
	}
	return storageError(ctx, op, err)
}
