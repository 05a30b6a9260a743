//! How a [`File`] prints itself: one declaration or statement a line, close to Go.
//!
//! A local is printed as `name#number`, a local type as `name%number`, a type parameter as `name$number`, a function
//! literal as `func <name>`; literals follow the function around them, with what they capture.

mod expression;
mod statement;

use std::fmt::{self, Display, Formatter, Write};

use crate::{
    File, Function, FunctionId, FunctionKind, LocalId, NoteTarget, OpaqueReason, Param, SignatureId,
    TypeDecl, TypeParamId, ValueDecl, ValueKind,
};

impl Display for File {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut printer = Printer { file: self, out: f, indent: 0 };
        printer.file_head()?;
        printer.declarations()?;
        for (id, function) in self.functions_with_ids() {
            printer.function(id, function)?;
        }
        printer.comments()
    }
}

/// Writes one file to one formatter.
struct Printer<'file, 'out, 'buffer> {
    file: &'file File,
    out: &'out mut Formatter<'buffer>,
    indent: usize,
}

impl Printer<'_, '_, '_> {
    fn file_head(&mut self) -> fmt::Result {
        writeln!(self.out, "package {}", self.file.package_name)?;
        for import in &self.file.imports {
            match import.alias {
                Some(alias) => writeln!(self.out, "import {alias} \"{}\"", import.path)?,
                None => writeln!(self.out, "import \"{}\"", import.path)?,
            }
        }
        Ok(())
    }

    fn declarations(&mut self) -> fmt::Result {
        for (index, ty) in self.file.types.iter().enumerate() {
            if ty.function.is_none() {
                self.type_decl(index, ty)?;
                self.out.write_char('\n')?;
            }
        }
        self.file.values.iter().try_for_each(|value| self.value(value))
    }

    fn type_decl(&mut self, index: usize, ty: &TypeDecl) -> fmt::Result {
        write!(self.out, "type {}", ty.name)?;
        if ty.function.is_some() {
            write!(self.out, "%{index}")?;
        }
        self.type_params(&ty.type_params)?;
        self.out.write_str(if ty.alias { " = " } else { " " })?;
        match ty.ty {
            Some(ty) => self.expr(ty),
            None => self.out.write_char('?'),
        }
    }

    fn value(&mut self, value: &ValueDecl) -> fmt::Result {
        let keyword = match value.kind {
            ValueKind::Variable => "var",
            ValueKind::Constant => "const",
        };
        write!(self.out, "{keyword} {}", value.name)?;
        if let Some(ty) = value.ty {
            self.out.write_char(' ')?;
            self.expr(ty)?;
        }
        if let Some(init) = value.init {
            self.out.write_str(" = ")?;
            self.expr(init)?;
        }
        match value.result {
            Some(result) => writeln!(self.out, " result {result}"),
            None => writeln!(self.out),
        }
    }

    fn function(&mut self, id: FunctionId, function: &Function) -> fmt::Result {
        match function.kind {
            FunctionKind::Declared | FunctionKind::Method => self.out.write_str("func ")?,
            FunctionKind::Literal => self.out.write_str("literal ")?,
            FunctionKind::Initializer => self.out.write_str("initializer ")?,
        }
        if let Some(receiver) = &function.receiver {
            self.out.write_char('(')?;
            self.param(receiver, false)?;
            self.out.write_str(") ")?;
        }
        write!(self.out, "{}", function.name)?;
        self.type_params(&function.type_params)?;
        self.signature(function.signature)?;
        if let Some(parent) = function.parent {
            write!(self.out, " in {}", self.file.function(parent).name)?;
        }
        self.captures(function)?;
        match function.opaque {
            Some(OpaqueReason::NoBody) => self.out.write_str(" without body")?,
            Some(OpaqueReason::NotLowered) => self.out.write_str(" not lowered")?,
            Some(OpaqueReason::SyntaxError) => self.out.write_str(" opaque")?,
            None => {}
        }
        if let Some(body) = function.body {
            self.out.write_char(' ')?;
            self.block(body)?;
        }
        debug_assert_eq!(self.indent, 0, "function {id:?} left its blocks open");
        self.out.write_char('\n')
    }

    fn captures(&mut self, function: &Function) -> fmt::Result {
        for (index, capture) in function.captures.iter().enumerate() {
            self.out.write_str(if index == 0 { " captures " } else { ", " })?;
            self.local(capture.local)?;
        }
        Ok(())
    }

    fn local(&mut self, id: LocalId) -> fmt::Result {
        write!(self.out, "{}#{}", self.file.local(id).name, id.index())
    }

    fn type_params(&mut self, ids: &[TypeParamId]) -> fmt::Result {
        if ids.is_empty() {
            return Ok(());
        }
        for (index, id) in ids.iter().enumerate() {
            self.out.write_str(if index == 0 { "[" } else { ", " })?;
            let parameter = self.file.type_param(*id);
            write!(self.out, "{}${}", parameter.name, id.index())?;
            if let Some(constraint) = parameter.constraint {
                self.out.write_char(' ')?;
                self.expr(constraint)?;
            }
        }
        self.out.write_char(']')
    }

    fn signature(&mut self, id: SignatureId) -> fmt::Result {
        let signature = self.file.signature(id);
        self.params(&signature.params, signature.variadic)?;
        match signature.results.as_slice() {
            [] => Ok(()),
            [only] if only.name.is_none() => {
                self.out.write_char(' ')?;
                self.expr(only.ty)
            }
            results => {
                self.out.write_char(' ')?;
                self.params(results, false)
            }
        }
    }

    fn params(&mut self, params: &[Param], variadic: bool) -> fmt::Result {
        self.out.write_char('(')?;
        for (index, param) in params.iter().enumerate() {
            if index > 0 {
                self.out.write_str(", ")?;
            }
            self.param(param, variadic && index + 1 == params.len())?;
        }
        self.out.write_char(')')
    }

    fn param(&mut self, param: &Param, variadic: bool) -> fmt::Result {
        match (param.local, param.name) {
            (Some(local), _) => {
                self.local(local)?;
                self.out.write_char(' ')?;
            }
            (None, Some(name)) => write!(self.out, "{name} ")?,
            (None, None) => {}
        }
        if variadic {
            self.out.write_str("...")?;
        }
        self.expr(param.ty)
    }

    fn comments(&mut self) -> fmt::Result {
        for note in &self.file.notes {
            self.out.write_str("note on ")?;
            match note.target {
                NoteTarget::Field(id, index) => match self.file.struct_type(id).fields.get(index as usize) {
                    Some(field) => write!(self.out, "field {}", field.name)?,
                    None => self.out.write_str("field")?,
                },
                NoteTarget::Function(id) => write!(self.out, "func {}", self.file.function(id).name)?,
                NoteTarget::Value(id) => write!(self.out, "value {}", self.file.value(id).name)?,
                NoteTarget::Type(id) => write!(self.out, "type {}", self.file.type_decl(id).name)?,
                NoteTarget::Code(span) => write!(self.out, "code at {span:?}")?,
            }
            writeln!(self.out, ": {:?}", note.text)?;
        }
        for directive in &self.file.directives {
            writeln!(
                self.out,
                "directive on lines {} to {}: {:?}",
                directive.first_line, directive.last_line, directive.text
            )?;
        }
        self.file.errors.iter().try_for_each(|span| writeln!(self.out, "error at {span:?}"))
    }
}
