// Command oracle lists the map operations of the packages below a directory as go/types sees them: one line each with file,
// line, column and operation, divided by tabs.
//
//	oracle [-tests] DIR
//
// It is run with GO111MODULE=off and CGO_ENABLED=0; imports are type-checked from source.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	tests := flag.Bool("tests", false, "list test files too")
	flag.Parse()
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "source", nil).(types.ImporterFrom)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, dir := range packageDirs(flag.Arg(0)) {
		pkg, _ := build.ImportDir(dir, 0)
		groups := [][]string{pkg.GoFiles}
		if *tests {
			groups = [][]string{append(pkg.GoFiles, pkg.TestGoFiles...), pkg.XTestGoFiles}
		}
		for _, names := range groups {
			list(out, fset, imports, flag.Arg(0), dir, names)
		}
	}
}

func packageDirs(root string) (dirs []string) {
	filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return nil
		}
		name := entry.Name()
		if path != root {
			_, nested := os.Stat(filepath.Join(path, "go.mod"))
			if nested == nil || name == "vendor" || name == "testdata" || strings.ContainsAny(name[:1], "._") {
				return filepath.SkipDir
			}
		}
		dirs = append(dirs, path)
		return nil
	})
	return dirs
}

// within imports for the package in one directory, so that vendored packages are found.
type within struct {
	types.ImporterFrom
	dir string
}

func (w within) Import(path string) (*types.Package, error) {
	return w.ImportFrom(path, w.dir, 0)
}

func list(out *bufio.Writer, fset *token.FileSet, imports types.ImporterFrom, root, dir string, names []string) {
	var files []*ast.File
	for _, name := range names {
		if file, _ := parser.ParseFile(fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution); file != nil {
			files = append(files, file)
		}
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: within{imports, dir}, Error: func(error) {}, FakeImportC: true}
	path, _ := filepath.Rel(root, dir)
	config.Check(path, fset, files, info)
	for _, file := range files {
		operations(file, info, func(operand ast.Expr, operation string) {
			position := fset.Position(operand.Pos())
			name, _ := filepath.Rel(root, position.Filename)
			fmt.Fprintf(out, "%s\t%d\t%d\t%s\n", name, position.Line, position.Column, operation)
		})
	}
}

func operations(file *ast.File, info *types.Info, emit func(ast.Expr, string)) {
	onMap := func(operand ast.Expr, operation string) bool {
		value := info.Types[operand]
		if !value.IsValue() || !isMap(value.Type) {
			return false
		}
		emit(operand, operation)
		return true
	}
	written := map[ast.Expr]bool{}
	write := func(targets ...ast.Expr) {
		for _, target := range targets {
			if index, ok := ast.Unparen(target).(*ast.IndexExpr); ok && onMap(index.X, "write") {
				written[index] = true
			}
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.AssignStmt:
			if node.Tok != token.DEFINE {
				write(node.Lhs...)
			}
		case *ast.IncDecStmt:
			write(node.X)
		case *ast.RangeStmt:
			if node.Tok == token.ASSIGN {
				write(node.Key)
				if node.Value != nil {
					write(node.Value)
				}
			}
			onMap(node.X, "range")
		case *ast.IndexExpr:
			if !written[node] {
				onMap(node.X, "read")
			}
		case *ast.CallExpr:
			if !info.Types[node.Fun].IsBuiltin() || len(node.Args) == 0 {
				break
			}
			if name, ok := ast.Unparen(node.Fun).(*ast.Ident); ok {
				switch name.Name {
				case "delete", "clear", "len":
					onMap(node.Args[0], name.Name)
				}
			}
		}
		return true
	})
}

// isMap reports whether every type that the type may stand for is a map.
func isMap(typ types.Type) bool {
	param, ok := typ.(*types.TypeParam)
	if !ok {
		_, ok = typ.Underlying().(*types.Map)
		return ok
	}
	constraint := param.Constraint().Underlying().(*types.Interface)
	found := false
	for i := range constraint.NumEmbeddeds() {
		union, ok := constraint.EmbeddedType(i).(*types.Union)
		if !ok {
			return isMap(constraint.EmbeddedType(i))
		}
		for j := range union.Len() {
			if !isMap(union.Term(j).Type()) {
				return false
			}
			found = true
		}
	}
	return found
}
