// Package ginkgo is a miniature of the library of this name: specs run one after the other.
package ginkgo

var before, specs []func()

// Describe groups specs.
func Describe(_ string, body func()) bool {
	body()
	return true
}

// BeforeEach runs before each spec.
func BeforeEach(body func()) { before = append(before, body) }

// It is a spec.
func It(_ string, body func()) { specs = append(specs, body) }

// RunSpecs runs what has been described.
func RunSpecs() {
	for _, spec := range specs {
		for _, prepare := range before {
			prepare()
		}
		spec()
	}
	before, specs = nil, nil
}
