package content_test

import (
	"strings"
	"testing"

	"vitrine/feeds/content"
)

// formulasOf are the formulas in blocks, those that are blocks in brackets.
func formulasOf(nodes []content.Node) (all []string) {
	for _, n := range nodes {
		switch {
		case n.Name == content.Formula && n.Kind == content.Code:
			all = append(all, n.Text)
		case n.Name == content.Formula && n.Kind == content.CodeBlock:
			all = append(all, "["+n.Text+"]")
		}
		all = append(all, formulasOf(n.Children)...)
	}
	return all
}

func TestFormulasAreLaTeXWhoeverSendsThem(t *testing.T) {
	t.Parallel()
	o := content.Options{Formulas: true}
	html := func(src string) content.Doc { return content.ParseHTML(src, o) }
	for src, want := range map[string]string{
		`<p>so <math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x^2</annotation></semantics></math>.</p>`: `x^2`,
		`<math display="block"><semantics><mi>x</mi><annotation encoding="application/x-tex">\sum x</annotation></semantics></math>`:      `[\sum x]`,
		`<p><math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math></p>`:                                        `\frac{a}{b+1}`,
		`<p><math><msup><mi>x</mi><mn>10</mn></msup><msub><mi>y</mi><mi>i</mi></msub></math></p>`:                                         `x^{10}y_i`,
		`<p><math><munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover></math></p>`:                    `∑_{k=1}^n`,
		`<p><math><msqrt><mi>x</mi></msqrt><mroot><mi>y</mi><mn>3</mn></mroot><mi>sin</mi></math></p>`:                                    `\sqrt{x}\sqrt[3]{y}\mathrm{sin}`,
		`<p><math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable></math></p>`:      `\begin{matrix}1 & 2 \\ 3\end{matrix}`,
		`<p><math><mtext>50 % {x}</mtext></math></p>`:                                                                                     `\text{50 \% \{x\}}`,
		`<p><math><mfrac><mi>a</mi></math></p>`:                                                                                           `\frac{a}{}`,
		`<p>Let \(a \le b\) and \[ \int_0^1 x \,dx \] hold, $$E=mc^2$$</p>`:                                                               `a \le b|[\int_0^1 x \,dx]|[E=mc^2]`,
		`<p>make $$ fast $$ ¯\_(ツ)_/¯ \(^o^)/</p>`:                                                                                        ``,
		`<p><code>\(x\)</code></p><pre>\(x\)</pre>`:                                                                                       ``,
		`<p><span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math></span><span class="katex-html">x seen</span></span></p>`: `x`,
		`<p><img class="latex" src="https://s0.wp.com/latex.php?latex=x" alt="\alpha"></p>`: `\alpha`,
	} {
		doc := html(src)
		if got := strings.Join(formulasOf(doc.Blocks), "|"); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
		check(t, src, doc)
	}
	if got := strings.Join(formulasOf(content.ParseMFM("so \\(x^2\\)\n\\[\ny^2\n\\]", options()).Blocks), "|"); got != `x^2|[y^2]` {
		t.Error("Misskey: " + got)
	}
	if got := strings.Join(formulasOf(content.ParseMarkdown("```math\nx^2\n```", options()).Blocks), "|"); got != `[x^2]` {
		t.Error("Markdown: " + got)
	}
	if got := formulasOf(content.ParseHTML(`<p>\(x\)</p>`, options()).Blocks); len(got) > 0 {
		t.Errorf("where nobody means LaTeX: %s", got)
	}
}

func TestAFormulaIsItsLaTeXWhereNobodyDrawsIt(t *testing.T) {
	doc := content.ParseHTML(`<p>so <math><msup><mi>x</mi><mn>2</mn></msup></math></p><math display=block><mi>y</mi></math>`, options())
	if got := content.PlainText(doc); got != "so x^2\n\ny" {
		t.Errorf("%q", got)
	}
	const want = `<p>so <code class="language-math">x^2</code></p><pre><code class="language-math">y</code></pre>`
	if got := content.HTML(doc); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if again := content.ParseHTML(want, options()); strings.Join(formulasOf(again.Blocks), "|") != "x^2|[y]" {
		t.Errorf("%+v", again)
	}
}

func TestAFormulaOfAMegabyteIsCutOffAndDrawnByNobody(t *testing.T) {
	for name, src := range map[string]string{
		"LaTeX":         `<p>a <math><semantics><annotation encoding="application/x-tex">` + strings.Repeat(`\frac{`, 60_000) + `</annotation></semantics></math>`,
		"MathML":        "<p>a <math>" + strings.Repeat("<mfrac><mi>x</mi>", 20_000) + "</math>",
		"without end":   "<p>a <math>" + strings.Repeat("<msup>", 80_000),
		"signs":         "<p>a " + strings.Repeat(`\(`, 200_000),
		"many formulas": "<p>a " + strings.Repeat(`\(x\)`, 90_000),
	} {
		doc := content.ParseHTML(src, content.Options{Formulas: true})
		for _, f := range formulasOf(doc.Blocks) {
			if len(f) > 8<<10 {
				t.Errorf("%s: a formula of %d bytes", name, len(f))
			}
		}
		check(t, name, doc)
	}
}
