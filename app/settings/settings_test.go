package settings

import (
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// all has a value in every field.
func all() Settings {
	return Settings{
		Theme: "dark", TextSize: 125, Serif: true, OpenWarnings: true, ShowSensitive: true, Autoplay: true, DataSaver: true,
		Language: "de", HideCounts: true, HideBoosts: true, KeepDays: 30,
	}
}

// recordV1 is how version 1 stored the settings. It stays as it is, whatever later versions write.
const recordV1 = `{"theme":"dark","textSize":125,"serif":true,"openWarnings":true,"showSensitive":true,"autoplay":true,"dataSaver":true,"language":"de","hideCounts":true,"hideBoosts":true,"keepDays":30}`

func TestSettingsOfVersion1AreRead(t *testing.T) {
	shelf := feedstest.NewShelf()
	if err := shelf.SaveRecord(t.Context(), "settings", []byte(recordV1), 1); err != nil {
		t.Fatal(err)
	}
	if got, err := Load(t.Context(), shelf); got != all() || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSettingsAreStoredAndFoundAgain(t *testing.T) {
	shelf := feedstest.NewShelf()
	if got, err := Load(t.Context(), shelf); got != (Settings{}) || err != nil {
		t.Errorf("an empty database has %+v, %v", got, err)
	}
	if err := Save(t.Context(), shelf, all()); err != nil {
		t.Fatal(err)
	}
	if got, err := Load(t.Context(), shelf); got != all() || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSettingsOfALaterVersionAreReadButNotOverwritten(t *testing.T) {
	shelf := feedstest.NewShelf()
	if err := shelf.SaveRecord(t.Context(), "settings", []byte(`{"theme":"light","colour":"plum"}`), 99); err != nil {
		t.Fatal(err)
	}
	if err := Save(t.Context(), shelf, all()); feeds.KindOf(err) != feeds.Storage {
		t.Errorf("%v", err)
	}
	if got, err := Load(t.Context(), shelf); got.Theme != "light" || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSettingsThatCannotBeReadAreTheDefault(t *testing.T) {
	for _, value := range []string{`[]`, `{"theme":3}`, `"x"`} {
		shelf := feedstest.NewShelf()
		if err := shelf.SaveRecord(t.Context(), "settings", []byte(value), 1); err != nil {
			t.Fatal(err)
		}
		if got, err := Load(t.Context(), shelf); got != (Settings{}) || err != nil {
			t.Errorf("%s: %+v, %v", value, got, err)
		}
	}
}

func TestAStoreThatFailsIsReported(t *testing.T) {
	shelf := feedstest.NewShelf()
	shelf.Err = &feeds.Error{Kind: feeds.Storage}
	if _, err := Load(t.Context(), shelf); feeds.KindOf(err) != feeds.Storage {
		t.Errorf("%v", err)
	}
}

func TestControlsSetWhatTheyName(t *testing.T) {
	s := Settings{}
	for _, c := range []struct {
		name, value string
		on          bool
	}{
		{"theme", "dark", false}, {"size", "125", false}, {"face", "serif", false}, {"cw", "on", true}, {"nsfw", "on", true}, {"autoplay", "on", true},
		{"saver", "on", true}, {"lang", "de", false}, {"counts", "on", false}, {"boosts", "on", false}, {"keep", "30", false}, {"nothing", "x", true},
	} {
		s = s.Set(c.name, c.value, c.on)
	}
	if s != all() {
		t.Errorf("%+v", s)
	}
	for _, c := range [][2]string{{"theme", "pink"}, {"size", "9000"}, {"face", ""}, {"lang", "<tlh>"}, {"keep", "8"}} {
		s = s.Set(c[0], c[1], false)
	}
	if s.Theme != "" || s.TextSize != 0 || s.Serif || s.Language != "" || s.KeepDays != 0 {
		t.Errorf("nonsense was taken: %+v", s)
	}
	if s = s.Set("size", "100", false).Set("size", "x", false); s.TextSize != 0 {
		t.Errorf("%d", s.TextSize)
	}
}

func TestAnExportedFileIsImported(t *testing.T) {
	at := time.Date(2026, 11, 28, 12, 0, 0, 5, time.UTC)
	file := Export(all(), at)
	if !strings.Contains(string(file), `"exported": "2026-11-28T12:00:00Z"`) || !strings.HasSuffix(string(file), "}\n") {
		t.Errorf("%s", file)
	}
	if got, err := Import(file); got != all() || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestForeignFilesAreNotImported(t *testing.T) {
	for file, kind := range map[string]feeds.Kind{
		"": feeds.BadData, "{": feeds.BadData, "{}": feeds.BadData, "[]": feeds.BadData, `{"vitrine":0}`: feeds.BadData, `{"vitrine":2,"settings":{}}`: feeds.Unsupported,
	} {
		if _, err := Import([]byte(file)); feeds.KindOf(err) != kind {
			t.Errorf("%s: %v", file, err)
		}
	}
	if s, err := Import([]byte(`{"vitrine":1,"settings":{"theme":"pink","textSize":1000,"keepDays":5}}`)); s != (Settings{}) || err != nil {
		t.Errorf("%+v, %v", s, err)
	}
}
