//! Types and expressions as Go code.

use std::fmt::{self, Display, Formatter, Write};

use gomapcheck_ir::{self as ir, ChanDirection, ExprId};
use gomapcheck_source::{FileId, Name};

use crate::{Basic, InterfaceShape, Program, SignatureShape, Type, TypeId, TypeRef};

/// Types nested deeper are cut short.
const DEEPEST: u32 = 12;

impl Program<'_> {
    /// A type in Go's syntax, names qualified by the package's name.
    #[must_use]
    pub fn display_type(&self, id: TypeId) -> String {
        TypeText { program: self, id, depth: 0 }.to_string()
    }

    /// An expression as Go code on one line: `s.items`, `m[k]`; literals are cut short. [`ir::ExprText`] prints them in full
    /// where the source text is at hand.
    #[must_use]
    pub fn display_expr(&self, file: FileId, expr: ExprId) -> String {
        ir::ExprText::new(self.ir(file), expr, None).to_string()
    }
}

struct TypeText<'p> {
    program: &'p Program<'p>,
    id: TypeId,
    depth: u32,
}

impl Display for TypeText<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.depth > DEEPEST {
            return f.write_str("…");
        }
        let program = self.program;
        match program.ty(self.id) {
            Type::Unknown => f.write_str("?"),
            Type::Nil => f.write_str("untyped nil"),
            Type::Basic(basic) => f.write_str(basic_name(*basic)),
            Type::Named(decl, arguments) => self.named(f, *decl, arguments),
            Type::External(path, name) => {
                let package = path.as_str().rsplit('/').next().unwrap_or_default();
                write!(f, "{package}.{name}")
            }
            Type::Pointer(to) => write!(f, "*{}", self.part(*to)),
            Type::Slice(elem) => write!(f, "[]{}", self.part(*elem)),
            Type::Array(elem) => write!(f, "[…]{}", self.part(*elem)),
            Type::Map { key, value } => write!(f, "map[{}]{}", self.part(*key), self.part(*value)),
            Type::Chan(direction, elem) => {
                let word = match direction {
                    ChanDirection::Both => "chan",
                    ChanDirection::Send => "chan<-",
                    ChanDirection::Receive => "<-chan",
                };
                write!(f, "{word} {}", self.part(*elem))
            }
            Type::Struct(..) => self.structure(f),
            Type::Interface(shape) => self.interface(f, shape),
            Type::Signature(shape) => {
                f.write_str("func")?;
                self.signature(f, shape)
            }
            Type::Tuple(types) => {
                f.write_char('(')?;
                self.list(f, types)?;
                f.write_char(')')
            }
            Type::TypeParam(param) => {
                let name = program.ir(param.file).type_param(param.param).name;
                write!(f, "{name}")
            }
        }
    }
}

impl<'p> TypeText<'p> {
    fn part(&self, id: TypeId) -> TypeText<'p> {
        TypeText { program: self.program, id, depth: self.depth + 1 }
    }

    fn list(&self, f: &mut Formatter<'_>, types: &[TypeId]) -> fmt::Result {
        for (index, id) in types.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{}", self.part(*id))?;
        }
        Ok(())
    }

    fn named(&self, f: &mut Formatter<'_>, decl: TypeRef, arguments: &[TypeId]) -> fmt::Result {
        let package = self.package_name(decl.file);
        let (_, name) = self.program.type_name(decl);
        write!(f, "{package}.{name}")?;
        if arguments.is_empty() {
            return Ok(());
        }
        f.write_char('[')?;
        self.list(f, arguments)?;
        f.write_char(']')
    }

    fn package_name(&self, file: FileId) -> Name {
        self.program.package_of(file).name
    }

    fn structure(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("struct{")?;
        for (index, (field, ty)) in self.program.fields(self.id).into_iter().enumerate() {
            f.write_str(if index > 0 { "; " } else { "" })?;
            let field = self.program.field(field);
            if !field.embedded {
                write!(f, "{} ", field.name)?;
            }
            write!(f, "{}", self.part(ty))?;
        }
        f.write_char('}')
    }

    fn interface(&self, f: &mut Formatter<'_>, shape: &InterfaceShape) -> fmt::Result {
        if self.id == TypeId::ANY {
            return f.write_str("any");
        }
        if self.id == self.program.world.types.error {
            return f.write_str("error");
        }
        f.write_str("interface{")?;
        for (index, (name, signature)) in shape.methods.iter().enumerate() {
            f.write_str(if index > 0 { "; " } else { "" })?;
            write!(f, "{name}")?;
            if let Type::Signature(shape) = self.program.ty(*signature) {
                self.signature(f, shape)?;
            }
        }
        for (index, term) in shape.terms.iter().enumerate() {
            f.write_str(match (index, shape.methods.is_empty()) {
                (0, true) => "",
                (0, false) => "; ",
                _ => " | ",
            })?;
            write!(f, "{}", self.part(*term))?;
        }
        f.write_char('}')
    }

    fn signature(&self, f: &mut Formatter<'_>, shape: &SignatureShape) -> fmt::Result {
        f.write_char('(')?;
        let last = shape.params.len().wrapping_sub(1);
        for (index, param) in shape.params.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            let dots = if shape.variadic && index == last { "..." } else { "" };
            write!(f, "{comma}{dots}{}", self.part(*param))?;
        }
        f.write_char(')')?;
        match &*shape.results {
            [] => Ok(()),
            [one] => write!(f, " {}", self.part(*one)),
            several => {
                f.write_str(" (")?;
                self.list(f, several)?;
                f.write_char(')')
            }
        }
    }
}

fn basic_name(basic: Basic) -> &'static str {
    match basic {
        Basic::Bool => "bool",
        Basic::String => "string",
        Basic::Uint8 => "uint8",
        Basic::Int32 => "int32",
        Basic::Int => "int",
        Basic::Int8 => "int8",
        Basic::Int16 => "int16",
        Basic::Int64 => "int64",
        Basic::Uint => "uint",
        Basic::Uint16 => "uint16",
        Basic::Uint32 => "uint32",
        Basic::Uint64 => "uint64",
        Basic::Uintptr => "uintptr",
        Basic::Float32 => "float32",
        Basic::Float64 => "float64",
        Basic::Complex64 => "complex64",
        Basic::Complex128 => "complex128",
        Basic::UnsafePointer => "unsafe.Pointer",
        Basic::UntypedInt => "untyped int",
        Basic::UntypedRune => "untyped rune",
        Basic::UntypedFloat => "untyped float",
        Basic::UntypedComplex => "untyped complex",
        Basic::UntypedString => "untyped string",
        Basic::UntypedBool => "untyped bool",
    }
}
