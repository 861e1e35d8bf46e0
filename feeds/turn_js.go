package feeds

import "time"

// letOthersGoOn ends the browser's task: only a timer that isn't due yet does that.
func letOthersGoOn() { time.Sleep(time.Millisecond) }
