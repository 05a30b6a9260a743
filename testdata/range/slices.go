package ranges

import "slices"

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
