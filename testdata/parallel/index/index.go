// Package index adds up values.
package index

import "example.com/parallel/vault"

// Sum asks for one value after the other.
func Sum(v vault.Vault, keys []string) int {
	sum := 0
	for _, key := range keys {
		sum += v.Get(key)
	}
	return sum
}
