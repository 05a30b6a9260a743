package checker

import (
	"go/token"
	"os"
	"strings"
)

// A source is a file that a pass has parsed, and the name of the file that findings speak of.
type source struct {
	// name is the canonical path.
	name string
	// file has the lines that findings count.
	file *token.File
}

// sourcesOf gives the files behind a parsed one: itself, and the one that a //line directive above its package clause names.
// cgo's output stands in the build cache and names the file that was written by hand. What is no .go file, such as the main
// package that go test generates, was written by nobody.
func sourcesOf(fset *token.FileSet, packageClause token.Pos) []source {
	file := fset.File(packageClause)
	if file == nil {
		return nil
	}
	var sources []source
	if strings.HasSuffix(file.Name(), ".go") {
		sources = append(sources, source{name: canonical(file.Name()), file: file})
	}
	name := fset.PositionFor(packageClause, true).Filename
	if name != file.Name() && strings.HasSuffix(name, ".go") {
		sources = append(sources, source{name: canonical(name)})
	}
	return sources
}

// position gives the byte of a line and a column, both from 1 and in the file as it is on disk. A file that was not parsed
// itself is added to the set. No position is given where the file has no such line.
func (s *source) position(fset *token.FileSet, line, column int) token.Pos {
	if s.file == nil {
		text, err := os.ReadFile(s.name)
		if err != nil {
			return token.NoPos
		}
		s.file = fset.AddFile(s.name, -1, len(text))
		s.file.SetLinesForContent(text)
	}
	if line < 1 || line > s.file.LineCount() {
		return token.NoPos
	}
	at := s.file.LineStart(line) + token.Pos(max(column, 1)-1)
	return min(at, token.Pos(s.file.Base()+s.file.Size()))
}
