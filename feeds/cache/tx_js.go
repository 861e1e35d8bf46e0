package cache

import (
	"context"
	"maps"
	"slices"
	"strings"
	"syscall/js"

	"github.com/hack-pad/go-indexeddb/idb"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// tx is a transaction. It commits as soon as Go yields without a request under way, so nothing in one waits for anything but
// its own requests. Requests are answered in order: awaiting the last one awaits all, and none has to be listened to but it.
type tx struct {
	ctx   context.Context
	txn   *idb.Transaction
	wrote bool
	asked map[string]*idb.Request // for what is counted for hosts
	noted []feeds.Key             // posts that were stored in another text, or removed
}

// read runs a function in a transaction that reads.
func (d *database) read(ctx context.Context, op string, f func(*tx) error, stores ...string) error {
	return d.do(ctx, op, idb.TransactionReadOnly, stores, f)
}

// write runs a function in a transaction that writes all or nothing.
func (d *database) write(ctx context.Context, op string, f func(*tx) error, stores ...string) error {
	return d.do(ctx, op, idb.TransactionReadWrite, stores, f)
}

// do runs a function in a transaction; once more on a new connection when the old one was closed by a newer tab or by the
// browser. f may be called twice.
func (d *database) do(ctx context.Context, op string, mode idb.TransactionMode, stores []string, f func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, callDeadline)
	defer cancel()
	err := d.try(limited, mode, stores, f)
	switch domName(err) {
	case "InvalidStateError", "NotFoundError", "AbortError", "TransactionInactiveError", "UnknownError":
		err = d.try(limited, mode, stores, f)
	}
	return failure(ctx, op, err)
}

func (d *database) try(ctx context.Context, mode idb.TransactionMode, stores []string, f func(*tx) error) error {
	conn, err := d.connection(ctx)
	if err != nil {
		return err
	}
	txn, err := conn.TransactionWithOptions(idb.TransactionOptions{Mode: mode, Durability: d.durability}, stores[0], stores[1:]...)
	if err != nil {
		d.lost(conn)
		return err
	}
	t := &tx{ctx: ctx, txn: txn, asked: map[string]*idb.Request{}}
	if err := f(t); err != nil {
		_ = txn.Abort()
		if domName(err) != "" {
			d.lost(conn)
			_ = conn.Close()
		}
		return err
	}
	if !t.wrote {
		return nil
	}
	_ = txn.Commit()
	if err = txn.Await(ctx); err == nil {
		err = ctx.Err()
	}
	return err
}

// await waits for the last of the requests made so far.
func (t *tx) await(last *idb.Request) error {
	if last == nil {
		return nil
	}
	_, err := last.Await(t.ctx)
	if err == nil {
		err = t.ctx.Err() // an await that ends with its context says nothing
	}
	return err
}

func (t *tx) get(store, key string) (*idb.Request, error) {
	s, err := t.txn.ObjectStore(store)
	if err != nil {
		return nil, err
	}
	return s.Get(js.ValueOf(key))
}

// value asks for one value and waits for it.
func (t *tx) value(store, key string) (js.Value, error) {
	r, err := t.get(store, key)
	if err != nil {
		return js.Undefined(), err
	}
	if err := t.await(r); err != nil {
		return js.Undefined(), err
	}
	return r.Result()
}

func (t *tx) put(store, key string, v js.Value) error {
	s, err := t.txn.ObjectStore(store)
	if err != nil {
		return err
	}
	t.wrote = true
	_, err = s.PutKey(js.ValueOf(key), v)
	return err
}

func (t *tx) delete(store, key string) error {
	s, err := t.txn.ObjectStore(store)
	if err != nil {
		return err
	}
	t.wrote = true
	_, err = s.Delete(js.ValueOf(key))
	return err
}

// keys asks for the keys of what an index, or with "" the store itself, has in a range; n is how many at most, 0 for all.
func (t *tx) keys(store, index string, r *idb.KeyRange, n int) ([]string, error) {
	s, err := t.txn.ObjectStore(store)
	if err != nil {
		return nil, err
	}
	var req *idb.ArrayRequest
	if index == "" {
		req, err = s.GetAllKeysRange(r, uint(n))
	} else {
		i, ierr := s.Index(index)
		if ierr != nil {
			return nil, ierr
		}
		req, err = i.GetAllKeysRange(r, uint(n))
	}
	if err != nil {
		return nil, err
	}
	if err := t.await(req.Request); err != nil {
		return nil, err
	}
	v, err := req.Request.Result()
	if err != nil {
		return nil, err
	}
	return texts(v), nil
}

// joint stands between texts that come into the program as one: each that comes alone costs as much as a thousand letters.
const joint = "\x01"

// texts returns an array of texts.
func texts(v js.Value) []string {
	n := v.Length()
	if n == 0 {
		return []string{}
	}
	all := strings.Split(v.Call("join", joint).String(), joint)
	if len(all) == n {
		return all
	}
	all = make([]string, n) // one of them has a joint
	for i := range all {
		all[i] = v.Index(i).String()
	}
	return all
}

// between is the range of keys from low to high, both exclusive.
func between(low, high string) (*idb.KeyRange, error) {
	return idb.NewKeyRangeBound(js.ValueOf(low), js.ValueOf(high), true, true)
}

// askUsage asks for what is counted for hosts, so that count needn't wait for it later.
func (t *tx) askUsage(hosts ...string) (last *idb.Request, err error) {
	for _, host := range hosts {
		if t.asked[host] != nil {
			continue
		}
		if last, err = t.get(usageStore, host); err != nil {
			return nil, err
		}
		t.asked[host] = last
	}
	return last, nil
}

// count writes what changed. It is the last thing a transaction does but for waiting.
func (t *tx) count(changes tally) error {
	if len(t.noted) > 0 {
		if err := t.putNote(t.noted); err != nil {
			return err
		}
	}
	hosts := slices.Sorted(maps.Keys(changes))
	last, err := t.askUsage(hosts...)
	if err != nil {
		return err
	}
	if err := t.await(last); err != nil {
		return err
	}
	for _, host := range hosts {
		if empty(changes[host]) {
			continue
		}
		v, err := t.asked[host].Result()
		if err != nil {
			return err
		}
		sum := tally{host: changes[host]}
		if before, derr := decodeAs[feeds.Usage](textOf(v)); derr == nil && before != nil {
			sum.add(host, *before)
		}
		if empty(sum[host]) {
			err = t.delete(usageStore, host)
		} else {
			text, _ := jsontext.Marshal(sum[host])
			err = t.put(usageStore, host, js.ValueOf(string(text)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
