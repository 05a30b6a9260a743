// Package boundaries holds what the analysis is known to get wrong: functions called missed… have a race that it does not
// see, functions called falseAlarm… have none and are reported. Each says why. When one of them comes right, its test
// fails, and the function moves to the fixtures of its subject.
package boundaries

import (
	"reflect"
	"unsafe"
)

// missedReflection writes the map by reflection: what a reflect.Value refers to is not followed.
func missedReflection() int {
	ages := map[string]int{"a": 1}
	go func() {
		reflect.ValueOf(ages).SetMapIndex(reflect.ValueOf("b"), reflect.ValueOf(2))
	}()
	return ages["a"]
}

// missedUnsafe reaches the map through an unsafe pointer.
func missedUnsafe() int {
	ages := map[string]int{"a": 1}
	pointer := unsafe.Pointer(&ages)
	go func() {
		(*(*map[string]int)(pointer))["b"] = 2
	}()
	return ages["a"]
}

// missedContainer puts the map into a channel of anything and takes it out again: values are not followed through
// containers whose element type does not tell what they hold.
func missedContainer() int {
	ages := map[string]int{"a": 1}
	container := make(chan any, 1)
	container <- ages
	go func() {
		same := (<-container).(map[string]int)
		same["b"] = 2
	}()
	return ages["a"]
}
