// Package gomega is a miniature of the library of this name: it waits for channels alone.
package gomega

// Assertion is something that is expected.
type Assertion struct{ channel chan struct{} }

// Eventually waits for a channel.
func Eventually(channel chan struct{}) Assertion { return Assertion{channel} }

// Should waits until the channel is as expected.
func (a Assertion) Should(bool) { <-a.channel }

// BeClosed is true of a closed channel.
func BeClosed() bool { return true }
