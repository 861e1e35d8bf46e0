package cache

import (
	"context"
	"strings"
	"syscall/js"
	"testing"

	"github.com/hack-pad/go-indexeddb/idb"
)

// ownV1 is what version 1 of the reader's own database holds. It stays as it is, whatever later versions write.
const ownV1 = `{"v":1,"j":{"theme":"dark","textSize":125,"serif":true,"openWarnings":true,"showSensitive":true,"autoplay":true,"dataSaver":true,"language":"de","hideCounts":true,"hideBoosts":true,"keepDays":30}}`

func TestTheOwnDatabaseSurvivesEveryUpgrade(t *testing.T) {
	ctx := context.Background()
	const name = "vitrine:/fixture/:own"
	conn, failed, err := openDatabase(ctx, name, 1, func(db *idb.Database) error {
		_, err := db.CreateObjectStore("records", idb.ObjectStoreOptions{})
		return err
	})
	if err != nil || failed != nil {
		t.Fatal(err, failed)
	}
	txn, err := conn.Transaction(idb.TransactionReadWrite, "records")
	if err != nil {
		t.Fatal(err)
	}
	store, err := txn.ObjectStore("records")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.PutKey(js.ValueOf("settings"), js.ValueOf(ownV1)); err != nil {
		t.Fatal(err)
	}
	if err := txn.Await(ctx); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	want := strings.TrimSuffix(strings.TrimPrefix(ownV1, `{"v":1,"j":`), "}")
	if value, version, err := OpenShelf(name).Record(ctx, "settings"); string(value) != want || version != 1 || err != nil {
		t.Errorf("version 1 is read as %s of version %d, %v", value, version, err)
	}
}
