// Its test files are the fixtures.
module example.com/parallel

go 1.25

require (
	github.com/onsi/ginkgo/v2 v2.0.0
	github.com/onsi/gomega v0.0.0
	github.com/stretchr/testify v1.0.0
)

replace (
	github.com/onsi/ginkgo/v2 => ../stubs/github.com/onsi/ginkgo/v2
	github.com/onsi/gomega => ../stubs/github.com/onsi/gomega
	github.com/stretchr/testify => ../stubs/github.com/stretchr/testify
)
