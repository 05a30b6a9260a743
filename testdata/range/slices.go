package ranges

import (
	"slices"
	"strings"
)

// WrongAppend shortens the slice that the loop iterates over: the element behind the removed one is skipped.
func WrongAppend(names []string) []string {
	for i, name := range names {
		if name == "" {
			names = append(names[:i], names[i+1:]...) // want range-map-mutation "names"
		}
	}
	return names
}

// WrongDelete does so with slices.Delete.
func WrongDelete(names []string) []string {
	for i, name := range names {
		if name == "" {
			names = slices.Delete(names, i, i+1) // want range-map-mutation "names"
		}
	}
	return names
}

// RightDeleteFirst leaves the loop once it has removed an element.
func RightDeleteFirst(names []string) []string {
	for i, name := range names {
		if name == "" {
			names = append(names[:i], names[i+1:]...)
			break
		}
	}
	return names
}

// RightReturn returns once it has removed an element.
func RightReturn(names []string) []string {
	for i, name := range names {
		if name == "" {
			return slices.Delete(names, i, i+1)
		}
	}
	return names
}

// RightDeleteFunc leaves the loop to the library.
func RightDeleteFunc(names []string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// RightBackwards goes from the end to the start.
func RightBackwards(names []string) []string {
	for i := len(names) - 1; i >= 0; i-- {
		if names[i] == "" {
			names = append(names[:i], names[i+1:]...)
		}
	}
	return names
}

// RightFilter collects what stays.
func RightFilter(names []string) []string {
	kept := names[:0]
	for _, name := range names {
		if name != "" {
			kept = append(kept, name)
		}
	}
	return kept
}

type register struct{ names []string }

// WrongDrop shortens the field that it ranges over.
func (r *register) WrongDrop(unwanted string) {
	for i, name := range r.names {
		if strings.HasPrefix(name, unwanted) {
			r.names = append(r.names[:i], r.names[i+1:]...) // want range-map-mutation "slice r.names"
		}
	}
}

// RightDropKnown removes the only element that has the name, as long as names are unique.
func (r *register) RightDropKnown(unwanted string) {
	for i, name := range r.names {
		if name == unwanted {
			r.names = append(r.names[:i], r.names[i+1:]...) // want-possible range-map-mutation "slice r.names"
		}
	}
}

// RightDouble makes the slice longer, which is not this defect.
func RightDouble(names []string) []string {
	for i := range names {
		names = append(names[:i+1], names[i:]...)
	}
	return names
}

// RightCount counts by itself and steps back.
func RightCount(names []string) []string {
	for i := 0; i < len(names); i++ {
		if names[i] == "" {
			names = append(names[:i], names[i+1:]...)
			i--
		}
	}
	return names
}

// RightCopy ranges over a copy.
func RightCopy(names []string) []string {
	for _, name := range slices.Clone(names) {
		if i := slices.Index(names, name); name == "" && i >= 0 {
			names = slices.Delete(names, i, i+1)
		}
	}
	return names
}

// RightTimes ranges for the number of times alone: each time, an inner loop takes away what it has found and ends.
func RightTimes(expected []string, next func() string) bool {
remaining:
	for range expected {
		got := next()
		for i := range expected {
			if expected[i] == got {
				expected = append(expected[:i], expected[i+1:]...)
				continue remaining
			}
		}
		return false
	}
	return true
}

// WrongTimes ranges for the number of times, but looks at the elements by an index of its own.
func WrongTimes(names []string) []string {
	i := 0
	for range names {
		if names[i] == "" {
			names = append(names[:i], names[i+1:]...) // want range-map-mutation "names"
		}
		i++
	}
	return names
}
