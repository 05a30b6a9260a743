// Package require is a miniature of testify's.
package require

// TestingT is what a test is told by.
type TestingT interface {
	Errorf(format string, args ...interface{})
	FailNow()
}

// True ends the test unless the value is true.
func True(t TestingT, value bool, _ ...interface{}) {
	if !value {
		t.Errorf("not true")
		t.FailNow()
	}
}

// NoError ends the test if there is an error.
func NoError(t TestingT, err error, _ ...interface{}) {
	if err != nil {
		t.Errorf("%v", err)
		t.FailNow()
	}
}
