// Command program does what a runtime needs its tables for, and prints what came out.
package main

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

type node struct {
	next *node
	text string
}

type counter struct{ n int }

func (c counter) Count() int { return c.n }

func list(n int) *node {
	var top *node
	for i := range n {
		top = &node{top, strings.Repeat("x", i%7)}
	}
	return top
}

// deep grows the stack, with pointers in each frame that the collector has to find.
func deep(n int, above *node) int {
	here := &node{above, "frame"}
	if n == 0 {
		runtime.GC()
		return length(here)
	}
	return deep(n-1, here) + len(here.text) - 5
}

func length(n *node) (count int) {
	for ; n != nil; n = n.next {
		count++
	}
	return count
}

func recovered(f func()) (text string) {
	defer func() {
		switch r := recover().(type) {
		case runtime.Error:
			text = "runtime: " + r.Error()
		case error:
			text = "error: " + r.Error()
		default:
			text = fmt.Sprint(r)
		}
	}()
	f()
	return "nothing"
}

// callers asks for what isn't there any more. Nothing of it may stop the program.
func callers() (count int) {
	var pcs [20]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	for more := true; more; count++ {
		var f runtime.Frame
		f, more = frames.Next()
		f.File, _ = runtime.FuncForPC(f.PC).FileLine(f.PC)
		fmt.Fprintln(os.Stderr, f.Function, f.File, f.Line, runtime.FuncForPC(f.PC).Name())
	}
	fmt.Fprintf(os.Stderr, "%s\n", debug.Stack())
	return count
}

// unwound tells in which order deferred functions ran.
func unwound() (order string) {
	done := make(chan bool)
	go func() {
		defer close(done)
		for _, s := range []string{"a", "b", "c"} {
			defer func() { order += s }()
		}
		defer func() {
			recover()
			runtime.Goexit()
		}()
		panic("first")
	}()
	<-done
	return order
}

func main() {
	var missing *counter
	calls := []interface{ Count() int }{missing, counter{}} // the compiler must not know which is called
	var m map[string]int
	fmt.Println(recovered(func() { panic(errors.New("a message")) }))
	fmt.Println(recovered(func() { _ = missing.n }))
	fmt.Println(recovered(func() { calls[len(os.Args)-1].Count() }))
	fmt.Println(recovered(func() { m["x"] = 1 }))
	fmt.Println(recovered(func() { _ = []int{}[len(os.Args)] }))
	fmt.Println(deep(20_000, nil))
	fmt.Println(unwound())

	var wait sync.WaitGroup
	sums, results := make([]int, 50), make(chan int)
	for i := range sums {
		wait.Go(func() {
			top := list(2_000)
			if i%10 == 0 {
				runtime.GC()
			}
			runtime.Gosched()
			sums[i] = length(top) + deep(200, nil)
		})
	}
	wait.Wait()
	go func() {
		for _, s := range sums {
			results <- s
		}
		close(results)
	}()
	total := 0
	for timer := time.After(time.Minute); ; {
		select {
		case s, ok := <-results:
			total += s
			if ok {
				continue
			}
		case <-timer:
			fmt.Println("late")
		}
		break
	}
	fmt.Println(total)

	double := reflect.MakeFunc(reflect.TypeFor[func(*node) *node](), func(in []reflect.Value) []reflect.Value {
		runtime.GC()
		return []reflect.Value{reflect.ValueOf(&node{in[0].Interface().(*node), "made"})}
	}).Interface().(func(*node) *node)
	fmt.Println(length(double(list(3))), reflect.ValueOf(counter{7}).MethodByName("Count").Call(nil)[0].Int())

	done := make(chan bool)
	func() { runtime.AddCleanup(list(1), func(done chan bool) { close(done) }, done) }()
	for cleaned := false; !cleaned; {
		runtime.GC()
		select {
		case <-done:
			cleaned = true
		case <-time.After(time.Millisecond):
		}
	}
	fmt.Println("cleaned")
	fmt.Println(callers() > 2)
	_, file, line, ok := runtime.Caller(0)
	fmt.Fprintln(os.Stderr, file, line, ok)
	panic("the end")
}
