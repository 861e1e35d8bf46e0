// Package slim makes a copy of go-app without its server half, for the compilation of the WebAssembly program only.
//
// go-app is one package for both sides. Its Handler is exported, so the linker has to keep what the package's initialisation
// reaches from it: net/http, crypto/tls, text/template, about a fifth of the program's download. The file http.go declares the
// Handler and three small functions that the browser side uses as well; resource.go and wasm.go serve the Handler alone. The
// copy keeps those functions, leaves out the rest of the three files, has stubs in the place of package regexp (route.go), of package
// uuid (context.go, state.go) and of encryption (crypto.go), and is otherwise go-app as it was published.
//
// Nothing of this touches the module: a workspace (go.work) beside the copy joins the two, and `go build` is given that one by
// GOWORK. Tests, vet and every native program use go-app as it is. A release of go-app whose files differ makes Prepare
// fail, and with it the build: whoever moves to that release looks here.
package slim
