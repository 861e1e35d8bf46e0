package follows_test

import (
	"context"
	"fmt"

	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

func Example() {
	ctx, at := context.Background(), feedstest.Epoch()
	book := follows.Open(feedstest.NewShelf(), feedstest.NewTabs().Open(), "/")
	var news string
	_, err := book.Change(ctx, func(d *follows.Data) error {
		d.Add(follows.New("#/@ada@a.example", follows.Profile, at), follows.New("#/t/a.example/go", follows.Hashtag, at))
		news = d.MakeList("News")
		d.Put(news, true, "#/@ada@a.example")
		d.Filter.Rules = append(d.Filter.Rules, follows.Rule{Cause: follows.OfWord, Text: "Café", Fold: true})
		return nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	undo, _ := book.Change(ctx, func(d *follows.Data) error {
		d.Remove("#/@ada@a.example")
		return nil
	})
	_, _ = book.Change(ctx, func(d *follows.Data) error {
		d.Undo(undo)
		return nil
	})
	d, _ := book.Load(ctx)
	for _, f := range d.In(news) {
		fmt.Println(f.Address, f.Lists)
	}
	p := feedstest.Post("a.example", "1", 0)
	p.Title = "The cafe round the corner"
	v := d.Matchers(news)["#/@ada@a.example"].Match(p, follows.Place{}, at)
	fmt.Println(v.Action == follows.Fold, v.Cause, v.Text)
	// Output:
	// #/@ada@a.example [news]
	// true word Café
}
