package cache

import (
	"context"
	"testing"

	"vitrine/feeds"
)

func TestAShelfKeepsSettingsAndNothingOfALaterVersionIsLost(t *testing.T) {
	ctx := context.Background()
	s := OpenShelf("vitrine:/test/:own-" + t.Name())
	if set, err := s.Settings(ctx); set != (feeds.Settings{}) || err != nil {
		t.Errorf("an empty shelf has %+v, %v", set, err)
	}
	want := feeds.Settings{Theme: "dark", KeepDays: 30, Serif: true}
	if err := s.SaveSettings(ctx, want); err != nil {
		t.Fatal(err)
	}
	if set, err := s.Settings(ctx); set != want || err != nil {
		t.Errorf("%+v, %v, want %+v", set, err, want)
	}
	const later = `{"v":99,"j":{"theme":"light","colour":"plum"}}`
	if err := s.store.keep(ctx, settingsName, later); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveSettings(ctx, want); feeds.KindOf(err) != feeds.Storage {
		t.Errorf("a later version's settings were overwritten: %v", err)
	}
	if text, err := s.store.record(ctx, settingsName); text != later || err != nil {
		t.Errorf("%s, %v", text, err)
	}
	if set, err := s.Settings(ctx); set.Theme != "light" || err != nil {
		t.Errorf("what is known of a later version isn't read: %+v, %v", set, err)
	}
	for _, broken := range []string{"{", "null", `{"v":0}`, `{"v":1,"j":[]}`} {
		if err := s.store.keep(ctx, settingsName, broken); err != nil {
			t.Fatal(err)
		}
		if set, err := s.Settings(ctx); set != (feeds.Settings{}) || err != nil {
			t.Errorf("%s: %+v, %v", broken, set, err)
		}
	}
}
