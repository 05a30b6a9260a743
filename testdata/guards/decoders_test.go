package guards

import (
	"encoding/json"
	"testing"
)

func TestSafe_Prefix(t *testing.T) {
	var p Prefix
	if err := json.Unmarshal([]byte(`{"a": 1}`), &p); err != nil {
		t.Fatal(err)
	}
	together(func() { p.Put("a") }, func() { p.Drop("a") })
}

func TestRacy_DecodedInPlace(*testing.T) {
	d := &DecodedInPlace{values: map[string]int{}}
	together(func() { d.Put("a") }, func() { _ = d.Reload([]byte(`{"a": 1}`)) }, func() { d.Drop("a") })
}

func TestRacy_Rolled(*testing.T) {
	r := &Rolled{values: map[string]int{}}
	together(func() { r.Put("a") }, func() { _ = r.Rollback([]byte(`{"a": 1}`)) }, func() { r.Drop("a") })
}

func TestSafe_Resume(t *testing.T) {
	resumed, err := Resume([]byte(`{"Parts": {"a": {"Flying": {"1": 1}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	part := resumed.Parts["a"]
	together(func() { part.Take(1) }, func() { part.Land(1) })
}
