package demo

import (
	"strings"
	"testing"
	"time"

	"vitrine/build/demo/servers"
	"vitrine/feeds/exchange"
)

func TestTheStarterListNamesEverySoftware(t *testing.T) {
	d := start(t)
	lists := d.Lists()
	if len(lists) != 1 || lists[0].Name == "" || lists[0].Text == "" || lists[0].TextDe == "" || len(lists[0].Addresses) != 12 {
		t.Fatalf("%+v", lists)
	}
	known := map[string]bool{}
	for _, a := range lists[0].Addresses {
		key, ok := exchange.Key(a)
		if !ok || known[key] {
			t.Errorf("%s can't be followed, or stands twice", a)
		}
		known[key] = true
	}
	all := strings.Join(lists[0].Addresses, " ")
	for _, h := range servers.Hosts() {
		if h.Software == "mobilizon" { // it has events, and the list has room for a dozen
			continue
		}
		if !strings.Contains(all, h.Label+".localhost"+d.port()) {
			t.Errorf("nothing of %s (%s)", h.Label, h.Software)
		}
	}
}

func TestTheSlowAccountAnswersLate(t *testing.T) {
	d, err := Start(t.Context(), Options{Slow: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	who := lookup(t, d, cliff, "slow")
	posts := get[[]status](t, d, cliff, "/api/v1/accounts/"+who.ID+"/statuses")
	if len(posts) != 4 {
		t.Errorf("%d posts", len(posts))
	}

	late, err := Start(t.Context(), Options{Slow: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = late.Close(); late.Wait() })
	if who := lookup(t, late, cliff, "slow"); who.Username != "slow" {
		t.Error("the profile comes at once")
	}
	if posts := get[[]status](t, late, cliff, failingTarget); len(posts) == 0 {
		t.Error("its server's list comes at once")
	}
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		res, err := browser(late).Get("http://" + cliff + late.port() + "/api/v1/accounts/" + who.ID + "/statuses")
		if err == nil {
			res.Body.Close()
			t.Error("the posts came before their time")
		}
	}()
	for late.Hits(cliff) < 3 { // the request has arrived
		select {
		case <-answered:
			t.Fatal("it ended before it arrived")
		default:
		}
	}
	_ = late.Close()
	<-answered
}
