// Package words counts words.
package words

import (
	"strings"
	"sync"
)

// Count counts the words; every word has a goroutine of its own.
func Count(words []string) map[string]int {
	counts := make(map[string]int)
	var group sync.WaitGroup
	for _, word := range words {
		group.Add(1)
		go func() {
			defer group.Done()
			counts[strings.ToLower(word)]++
		}()
	}
	group.Wait()
	return counts // want-map concurrent-map-write "counts"
}

// Longest returns the longest word of each text; every goroutine has a slot of its own, and the map is filled after the
// last of them has ended.
func Longest(texts map[string]string) map[string]string {
	type result struct{ name, word string }
	results := make(chan result, len(texts))
	var group sync.WaitGroup
	for name, text := range texts {
		group.Go(func() {
			longest := ""
			for _, word := range strings.Fields(text) {
				if len(word) > len(longest) {
					longest = word
				}
			}
			results <- result{name, longest}
		})
	}
	group.Wait()
	close(results)
	longest := make(map[string]string, len(texts))
	for result := range results {
		longest[result.name] = result.word
	}
	return longest
}
