package cache

import (
	"context"
	"slices"
	"syscall/js"

	"github.com/hack-pad/go-indexeddb/idb"
)

// ownSchema is the version of the reader's own database. A later one adds stores and never takes one away; a fixture of each stays
// in the tests.
const ownSchema = 1

// recordsStore is name -> shelfRecord in JSON.
const recordsStore = "records"

// OpenShelf returns the reader's own database of this name. It is opened for each call: calls are rare, and no tab stands in the way
// of another one's newer schema.
func OpenShelf(name string) *Shelf { return &Shelf{ownDatabase(name)} }

type ownDatabase string

// extend makes the stores that are missing.
func extend(db *idb.Database) error {
	names, err := db.ObjectStoreNames()
	if err != nil || slices.Contains(names, recordsStore) {
		return err
	}
	_, err = db.CreateObjectStore(recordsStore, idb.ObjectStoreOptions{})
	return err
}

// do runs one request in a transaction.
func (o ownDatabase) do(ctx context.Context, op string, mode idb.TransactionMode, ask func(*idb.ObjectStore) (*idb.Request, error)) (v js.Value, err error) {
	limited, cancel := context.WithTimeout(ctx, callDeadline)
	defer cancel()
	conn, failed, err := openDatabase(limited, string(o), ownSchema, extend)
	if conn != nil {
		defer func() { _ = conn.Close() }()
	}
	if err == nil {
		err = failed
	}
	if err == nil {
		v, err = o.request(limited, conn, mode, ask)
	}
	return v, failure(ctx, op, err)
}

func (ownDatabase) request(ctx context.Context, conn *idb.Database, mode idb.TransactionMode, ask func(*idb.ObjectStore) (*idb.Request, error)) (js.Value, error) {
	txn, err := conn.TransactionWithOptions(idb.TransactionOptions{Mode: mode, Durability: idb.DurabilityStrict}, recordsStore)
	if err != nil {
		return js.Undefined(), err
	}
	store, err := txn.ObjectStore(recordsStore)
	if err != nil {
		return js.Undefined(), err
	}
	request, err := ask(store)
	if err != nil {
		return js.Undefined(), err
	}
	if err = txn.Await(ctx); err == nil {
		err = ctx.Err() // an await that ends with its context says nothing
	}
	if err != nil {
		return js.Undefined(), err
	}
	return request.Result()
}

func (o ownDatabase) record(ctx context.Context, name string) (string, error) {
	v, err := o.do(ctx, "read "+name, idb.TransactionReadOnly, func(s *idb.ObjectStore) (*idb.Request, error) { return s.Get(js.ValueOf(name)) })
	if err != nil {
		return "", err
	}
	return textOf(v), nil
}

func (o ownDatabase) keep(ctx context.Context, name, text string) error {
	_, err := o.do(ctx, "store "+name, idb.TransactionReadWrite, func(s *idb.ObjectStore) (*idb.Request, error) {
		return s.PutKey(js.ValueOf(name), js.ValueOf(text))
	})
	return err
}
