//! What is known about the standard library when its source is not at hand: types that are maps, and the fields, functions
//! and methods that lead to them. With it, what is known of other libraries: [`crate::libraries`].

use gomapcheck_source::Name;
use rustc_hash::FxHashMap;

use crate::interner::Interner;
use crate::libraries;
use crate::universe::{self, Predeclared};
use crate::{SignatureShape, Type, TypeId};

/// One declaration a line, under the import path that it belongs to: `type T …`, `var V …`, `field T.F …`,
/// `method T.M …` and `func F …` with their results. Names of the same package stand alone, others carry their import path.
/// Parameters are left out: nothing asks for them. `func F = 0` gives what its first argument is.
const DECLARATIONS: &str = "
package net/http
type Header map[string][]string
field Request.Header Header
field Request.Trailer Header
field Request.Form net/url.Values
field Request.PostForm net/url.Values
field Request.URL *net/url.URL
field Request.MultipartForm *mime/multipart.Form
field Request.Response *Response
field Response.Header Header
field Response.Trailer Header
field Response.Request *Request
field PushOptions.Header Header
method ResponseWriter.Header Header
method Header.Clone Header
method Header.Get string
method Header.Values []string
method Request.Clone *Request
method Request.WithContext *Request
func NewRequest *Request, error
func NewRequestWithContext *Request, error
func Get *Response, error
func Head *Response, error
func Post *Response, error
func PostForm *Response, error
method Client.Do *Response, error
method Client.Get *Response, error
method Client.Head *Response, error
method Client.Post *Response, error
method Client.PostForm *Response, error
method RoundTripper.RoundTrip *Response, error
method Transport.RoundTrip *Response, error
func ReadRequest *Request, error
func ReadResponse *Response, error
func StatusText string

package net/http/httptest
field ResponseRecorder.HeaderMap net/http.Header
method ResponseRecorder.Header net/http.Header
method ResponseRecorder.Result *net/http.Response
func NewRecorder *ResponseRecorder
func NewRequest *net/http.Request

package net/url
type Values map[string][]string
method URL.Query Values
method Values.Get string
method Values.Encode string
func ParseQuery Values, error
func Parse *URL, error
func ParseRequestURI *URL, error

package net/textproto
type MIMEHeader map[string][]string
method MIMEHeader.Get string
method MIMEHeader.Values []string
method Reader.ReadMIMEHeader MIMEHeader, error
func NewReader *Reader

package net/mail
type Header map[string][]string
field Message.Header Header
func ReadMessage *Message, error

package mime
func ParseMediaType string, map[string]string, error

package mime/multipart
field FileHeader.Header net/textproto.MIMEHeader
field Form.Value map[string][]string
field Form.File map[string][]*FileHeader
field Part.Header net/textproto.MIMEHeader
method Reader.NextPart *Part, error
method Reader.NextRawPart *Part, error
method Reader.ReadForm *Form, error
func NewReader *Reader

package go/ast
field Package.Files map[string]*File
field Package.Imports map[string]*Object
field Scope.Objects map[string]*Object
type CommentMap map[Node][]*CommentGroup
func NewCommentMap CommentMap
func NewPackage *Package, error
func NewScope *Scope

package go/types
field Info.Types map[go/ast.Expr]TypeAndValue
field Info.Instances map[*go/ast.Ident]Instance
field Info.Defs map[*go/ast.Ident]Object
field Info.Uses map[*go/ast.Ident]Object
field Info.Implicits map[go/ast.Node]Object
field Info.Selections map[*go/ast.SelectorExpr]*Selection
field Info.Scopes map[go/ast.Node]*Scope
field Info.FileVersions map[*go/ast.File]string

package text/template
type FuncMap map[string]any

package html/template
type FuncMap map[string]any

package testing/fstest
type MapFS map[string]*MapFile

package encoding/pem
field Block.Headers map[string]string
func Decode *Block, []byte

package encoding/json
func NewEncoder *Encoder
func NewDecoder *Decoder

package encoding/xml
func NewEncoder *Encoder
func NewDecoder *Decoder

package encoding/gob
func NewEncoder *Encoder
func NewDecoder *Decoder

package archive/tar
field Header.PAXRecords map[string]string
field Header.Xattrs map[string]string
method Reader.Next *Header, error
func FileInfoHeader *Header, error
func NewReader *Reader

package crypto/tls
field Config.NameToCertificate map[string]*Certificate

package os
var Args []string
func Environ []string

package strings
func Split []string
func SplitN []string
func Fields []string
func Join string
func ToLower string
func ToUpper string
func TrimSpace string
func Trim string
func TrimPrefix string
func TrimSuffix string
func Replace string
func ReplaceAll string
func Repeat string

package fmt
func Sprintf string
func Sprint string
func Sprintln string
func Errorf error

package maps
func Clone = 0

package slices
func Clone = 0
func Compact = 0
func Insert = 0
func Delete = 0
func Grow = 0
func Clip = 0
";

/// The table, its types interned.
pub(crate) struct Standard {
    types: FxHashMap<(Name, Name), TypeId>,
    /// Functions and variables; a function has a signature without parameters.
    values: FxHashMap<(Name, Name), TypeId>,
    /// Functions that give what an argument is.
    mirrors: FxHashMap<(Name, Name), usize>,
    members: FxHashMap<(Name, Name, Name), TypeId>,
}

impl Standard {
    pub(crate) fn new(types: &Interner) -> Self {
        let mut table = Self {
            types: FxHashMap::default(),
            values: FxHashMap::default(),
            mirrors: FxHashMap::default(),
            members: FxHashMap::default(),
        };
        let mut packages = "";
        for line in DECLARATIONS.lines().chain(libraries::DECLARATIONS.lines()) {
            match line.split_once(' ') {
                Some(("package", paths)) => packages = paths,
                Some((kind, rest)) => {
                    packages.split(' ').for_each(|package| table.declare(types, package, kind, rest));
                }
                None => {}
            }
        }
        table
    }

    fn declare(&mut self, types: &Interner, package: &str, kind: &str, rest: &str) {
        let Some((subject, definition)) = rest.split_once(' ') else { return };
        let path = Name::new(package);
        if let Some(argument) = definition.strip_prefix("= ") {
            self.mirrors.insert((path, Name::new(subject)), argument.parse().unwrap_or(0));
            return;
        }
        let mut parser = Parser { types, package, text: definition };
        let ty = match kind {
            "func" | "method" => parser.results(),
            _ => parser.ty(),
        };
        match (kind, subject.split_once('.')) {
            ("type", _) => {
                self.types.insert((path, Name::new(subject)), ty);
            }
            (_, Some((owner, member))) => {
                self.members.insert((path, Name::new(owner), Name::new(member)), ty);
            }
            _ => {
                self.values.insert((path, Name::new(subject)), ty);
            }
        }
    }

    pub(crate) fn underlying(&self, path: Name, name: Name) -> Option<TypeId> {
        self.types.get(&(path, name)).copied()
    }

    /// The type of a function or variable.
    pub(crate) fn value(&self, path: Name, name: Name) -> Option<TypeId> {
        self.values.get(&(path, name)).copied()
    }

    /// Which of its arguments a function gives back.
    pub(crate) fn mirrored_argument(&self, path: Name, name: Name) -> Option<usize> {
        self.mirrors.get(&(path, name)).copied()
    }

    /// The type of a field or method.
    pub(crate) fn member(&self, path: Name, owner: Name, name: Name) -> Option<TypeId> {
        self.members.get(&(path, owner, name)).copied()
    }
}

/// Reads the table's types.
struct Parser<'t, 's> {
    types: &'t Interner,
    package: &'s str,
    text: &'s str,
}

impl Parser<'_, '_> {
    fn skip(&mut self, token: &str) -> bool {
        match self.text.strip_prefix(token) {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    fn results(&mut self) -> TypeId {
        let mut results = vec![self.ty()];
        while self.skip(", ") {
            results.push(self.ty());
        }
        self.types.signature(SignatureShape { results: results.into(), ..SignatureShape::default() })
    }

    fn ty(&mut self) -> TypeId {
        if self.skip("*") {
            let to = self.ty();
            return self.types.pointer(to);
        }
        if self.skip("[]") {
            let elem = self.ty();
            return self.types.slice(elem);
        }
        if self.skip("map[") {
            let key = self.ty();
            self.skip("]");
            let value = self.ty();
            return self.types.intern(Type::Map { key, value });
        }
        let end = self.text.find([',', ']', ' ']).unwrap_or(self.text.len());
        let (name, rest) = self.text.split_at(end);
        self.text = rest;
        match universe::lookup(Name::new(name)) {
            Some(Predeclared::Type(id)) => id,
            Some(Predeclared::Error) => self.types.error,
            _ => match name.rsplit_once('.') {
                Some((path, name)) => self.types.intern(Type::External(Name::new(path), Name::new(name))),
                None => self.types.intern(Type::External(Name::new(self.package), Name::new(name))),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_as_written() {
        let types = Interner::new();
        let table = Standard::new(&types);
        let header = table.underlying(Name::new("net/http"), Name::new("Header"));
        let strings = types.slice(TypeId::STRING);
        assert_eq!(header, Some(types.intern(Type::Map { key: TypeId::STRING, value: strings })));
        let query = table.member(Name::new("net/url"), Name::new("URL"), Name::new("Query"));
        let values = types.intern(Type::External(Name::new("net/url"), Name::new("Values")));
        let results = Box::new([values]);
        assert_eq!(query, Some(types.signature(SignatureShape { results, ..SignatureShape::default() })));
    }
}
