// Quickstart is a small web service with four data races on its maps.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"example.com/quickstart/cache"
	"example.com/quickstart/server"
	"example.com/quickstart/words"
)

func main() {
	pages := cache.New(time.Minute)
	for word, count := range words.Count(strings.Fields("the quick brown fox jumps over the lazy dog")) {
		pages.Set("/"+word, fmt.Sprint(count))
	}
	log.Printf("serving %d pages", pages.Len())
	if len(os.Args) > 1 {
		log.Fatal(http.ListenAndServe(os.Args[1], server.New(pages)))
	}
}
