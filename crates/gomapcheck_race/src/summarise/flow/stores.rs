//! One walk over a file: what it stores in places of the interfaces that calls ask for.

use gomapcheck_ir::{self as ir, ElementList, ExprId, ExprKind, ExprList, LocalId, StmtKind, UnaryOp};
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::{
    Callee, FieldRef, FunctionRef, LocalRef, MethodTarget, Program, Resolution, Type, TypeId, ValueRef,
};
use smallvec::SmallVec;

use crate::summarise::flow::interest::{Interest, Meaning};
use crate::summarise::flow::{Facts, Named, Slot, Source, place};
use crate::summarise::order::{Owners, denoted};

/// So deep conversions are followed.
const DEEPEST: usize = 4;

/// What an expression gives.
pub(super) fn source(program: &Program<'_>, file: FileId, expr: ExprId, depth: usize) -> Source {
    let ir = program.ir(file);
    let expr = ir.unparen(expr);
    let ty = program.type_of(file, expr);
    match program.ty(ty) {
        Type::Nil => return Source::Nothing,
        Type::Pointer(_) if program.named(ty).is_some() => return Source::Object(ty),
        Type::Pointer(to) if matches!(program.ty(*to), Type::External(..)) => return Source::Nothing,
        Type::Named(..) => {
            if !matches!(program.ty(program.underlying(ty)), Type::Interface(_)) {
                return Source::Object(ty);
            }
        }
        _ => return Source::Unknown,
    }
    match ir.kind(expr) {
        ExprKind::Local(_) | ExprKind::Name(_) | ExprKind::Selector { .. } => {
            place(file, &program.resolution(file, expr)).map_or(Source::Unknown, Source::Slot)
        }
        ExprKind::Call { args, .. } => match (program.callee(file, expr), ir.exprs_of(args)) {
            (Callee::Conversion(_), [converted]) if depth < DEEPEST => {
                source(program, file, *converted, depth + 1)
            }
            (callee, _) => result(&callee, 0),
        },
        _ => Source::Unknown,
    }
}

fn result(callee: &Callee, n: u32) -> Source {
    match callee {
        Callee::Function(function) => Source::Slot(Slot::Result(*function, n)),
        Callee::Method { selection, .. } => match selection.method {
            MethodTarget::Declared(function) => Source::Slot(Slot::Result(function, n)),
            _ => Source::Unknown,
        },
        _ => Source::Unknown,
    }
}

fn is_interface_method(resolution: &Resolution) -> bool {
    matches!(resolution, Resolution::Method(selection) if matches!(selection.method, MethodTarget::Interface(..)))
}

/// One file and what has been found in it.
pub(super) struct Walk<'a> {
    program: &'a Program<'a>,
    interest: &'a Interest,
    file: FileId,
    ir: &'a ir::File,
    facts: Facts,
}

impl<'a> Walk<'a> {
    pub(super) fn new(program: &'a Program<'a>, interest: &'a Interest, file: FileId) -> Self {
        let facts = Facts { in_test: program.is_test(file), ..Facts::default() };
        Self { program, interest, file, ir: program.ir(file), facts }
    }

    pub(super) fn facts(mut self) -> Facts {
        if !self.ir.errors.is_empty() {
            self.misunderstood();
        }
        for (index, value) in self.ir.values.iter().enumerate() {
            if let Some(init) = value.init.filter(|_| !self.interest.meanings(value.name).is_empty()) {
                let slot = Slot::Variable(ValueRef::new(self.file, ir::ValueId::new(index)));
                let source = self.result_of(init, value.result);
                self.store(slot, source);
            }
        }
        for stmt in &self.ir.stmts {
            self.stmt(&stmt.kind);
        }
        for clause in &self.ir.clauses {
            if let Some(local) = clause.local {
                self.store(Slot::Local(LocalRef::new(self.file, local)), Source::Unknown);
            }
        }
        for index in 0..self.ir.exprs.len() {
            self.expr(ExprId::new(index));
        }
        self.returns();
        self.facts.escapes.retain(|_, count| *count != 0);
        self.facts
    }

    fn store(&mut self, slot: Slot, source: Source) {
        self.facts.stores.push((slot, source));
    }

    /// What could not be read may store anything in what its package declares.
    fn misunderstood(&mut self) {
        let package = self.program.package_of(self.file).id;
        let is_near = |file: FileId| self.program.package_of(file).id == package;
        let near: Vec<Meaning> = self.interest.declared().collect();
        for meaning in near {
            match meaning {
                Meaning::Slot(slot @ Slot::Field(field)) if is_near(field.structure.file) => {
                    self.store(slot, Source::Unknown);
                }
                Meaning::Slot(slot @ Slot::Variable(value)) if is_near(value.file) => {
                    self.store(slot, Source::Unknown);
                }
                Meaning::Function(function) if is_near(function.file) => {
                    self.name(Named::Function(function));
                }
                _ => {}
            }
        }
    }

    fn name(&mut self, named: Named) {
        *self.facts.escapes.entry(named).or_default() += 1;
    }

    fn stmt(&mut self, stmt: &StmtKind) {
        match *stmt {
            StmtKind::Assign { targets, values, .. } | StmtKind::Define { targets, values } => {
                self.assign(targets, values);
            }
            StmtKind::Declare { targets, values, .. } if !values.is_empty() => self.assign(targets, values),
            StmtKind::Range { key, value, .. } => {
                for target in [key, value].into_iter().flatten() {
                    self.assign_one(target, |_| Source::Unknown);
                }
            }
            _ => {}
        }
    }

    fn assign(&mut self, targets: ExprList, values: ExprList) {
        let (targets, values) = (self.ir.exprs_of(targets), self.ir.exprs_of(values));
        for (n, target) in (0..).zip(targets) {
            match values {
                [several] if targets.len() > 1 => {
                    let several = *several;
                    self.assign_one(*target, |walk| walk.result_of(several, Some(n)));
                }
                _ => {
                    let value = values.get(n as usize).copied();
                    self.assign_one(*target, |walk| {
                        value.map_or(Source::Unknown, |value| source(walk.program, walk.file, value, 0))
                    });
                }
            }
        }
    }

    fn assign_one(&mut self, target: ExprId, value: impl FnOnce(&Self) -> Source) {
        let slots = self.slots(target);
        if let [first, others @ ..] = slots.as_slice() {
            let source = value(self);
            self.store(*first, source);
            others.iter().for_each(|slot| self.store(*slot, Source::Unknown));
        }
    }

    /// One value, or a result of a call that has several.
    fn result_of(&self, value: ExprId, result_number: Option<u32>) -> Source {
        let value = self.ir.unparen(value);
        match result_number {
            None => source(self.program, self.file, value, 0),
            // A result of a declared type is what it says, whoever gives it.
            Some(n) => match self.program.ty(self.program.type_of(self.file, value)) {
                Type::Tuple(types) => match types.get(n as usize) {
                    Some(ty) if !self.interest.asks_for(self.program, *ty) => self.object(*ty),
                    Some(_) => result(&self.program.callee(self.file, value), n),
                    None => Source::Unknown,
                },
                _ => Source::Unknown,
            },
        }
    }

    fn object(&self, ty: TypeId) -> Source {
        let is_pointer = matches!(self.program.ty(ty), Type::Pointer(_));
        if is_pointer && self.program.named(ty).is_some() { Source::Object(ty) } else { Source::Unknown }
    }

    /// The place that an assignment changes: several where it is not known which.
    fn slots(&self, target: ExprId) -> Vec<Slot> {
        let target = self.ir.unparen(target);
        match self.ir.kind(target) {
            ExprKind::Local(local) => self.local(local).into_iter().collect(),
            ExprKind::Name(name) | ExprKind::Selector { name, .. } => {
                let meanings = self.interest.meanings(name);
                if meanings.is_empty() {
                    return Vec::new();
                }
                match self.program.resolution(self.file, target) {
                    Resolution::Unknown => self.slots_named(name),
                    known => place(self.file, &known).into_iter().collect(),
                }
            }
            _ => Vec::new(),
        }
    }

    fn slots_named(&self, name: Name) -> Vec<Slot> {
        let slot = |meaning: &Meaning| match meaning {
            Meaning::Slot(slot) => Some(*slot),
            Meaning::Function(_) => None,
        };
        self.interest.meanings(name).iter().filter_map(slot).collect()
    }

    /// The parameters looked for of functions of this name.
    fn params_named(&self, name: Name) -> SmallVec<[u32; 4]> {
        let mut params = SmallVec::new();
        for meaning in self.interest.meanings(name) {
            if let Meaning::Function(function) = meaning {
                params.extend_from_slice(self.interest.params(*function).unwrap_or_default());
            }
        }
        params.sort_unstable();
        params.dedup();
        params
    }

    fn local(&self, local: LocalId) -> Option<Slot> {
        let ty = self.program.local_type(self.file, local);
        self.interest.asks_for(self.program, ty).then(|| Slot::Local(LocalRef::new(self.file, local)))
    }

    fn expr(&mut self, id: ExprId) {
        match self.ir.kind(id) {
            ExprKind::Unary { op: UnaryOp::Address, operand } => {
                for slot in self.slots(operand) {
                    self.store(slot, Source::Unknown);
                }
            }
            ExprKind::Composite { elements, .. } => self.composite(id, elements),
            ExprKind::Name(name) | ExprKind::Selector { name, .. } => self.mention(id, name),
            ExprKind::Call { callee, args, spread } => self.call(id, callee, (args, spread)),
            _ => {}
        }
    }

    fn composite(&mut self, id: ExprId, elements: ElementList) {
        let elements = self.ir.elements_of(elements);
        if elements.is_empty() {
            return;
        }
        let program = self.program;
        let ty = program.underlying(program.type_of(self.file, id));
        let ty = match program.ty(ty) {
            Type::Pointer(to) => program.underlying(*to),
            _ => ty,
        };
        match program.ty(ty) {
            Type::Struct(structure, _) if self.interest.has_structure(*structure) => {
                let fields = &program.ir(structure.file).struct_type(structure.structure).fields;
                for (n, element) in (0..).zip(elements) {
                    let index = match element.key_name {
                        Some(name) => (0..).zip(fields).find(|(_, field)| field.name == name).map(|(n, _)| n),
                        None => Some(n),
                    };
                    let field = index.map(|index| FieldRef { structure: *structure, index });
                    if let Some(field) = field.filter(|field| self.interest.has_field(*field)) {
                        let source = source(program, self.file, element.value, 0);
                        self.store(Slot::Field(field), source);
                    }
                }
            }
            Type::Unknown | Type::TypeParam(_) => {
                for name in elements.iter().filter_map(|element| element.key_name) {
                    for slot in self.slots_named(name) {
                        self.store(slot, Source::Unknown);
                    }
                }
            }
            _ => {}
        }
    }

    /// A function that is named may be called from anywhere, unless it is called there.
    fn mention(&mut self, id: ExprId, name: Name) {
        if !self.interest.meanings(name).iter().any(|meaning| matches!(meaning, Meaning::Function(_))) {
            return;
        }
        let resolution = self.program.resolution(self.file, id);
        match denoted(&resolution) {
            Some(function) if self.interest.params(function).is_some() => {
                self.name(Named::Function(function))
            }
            Some(_) => {}
            None if is_interface_method(&resolution) || resolution == Resolution::Unknown => {
                self.name(Named::Any(name));
            }
            None => {}
        }
    }

    fn call(&mut self, id: ExprId, callee: ExprId, (args, spread): (ExprList, bool)) {
        let mut callee = self.ir.unparen(callee);
        while let ExprKind::Index { base, .. } = self.ir.kind(callee) {
            callee = self.ir.unparen(base);
        }
        let (ExprKind::Name(name) | ExprKind::Selector { name, .. }) = self.ir.kind(callee) else { return };
        if self.interest.meanings(name).is_empty() {
            return;
        }
        match self.program.callee(self.file, id) {
            Callee::Function(function) => self.pass(function, args, spread),
            Callee::Method { selection, .. } => match selection.method {
                MethodTarget::Declared(function) => self.pass(function, args, spread),
                // Whoever has a method of this name may be meant.
                MethodTarget::Interface(..) => self.pass_to_any(name, args, spread),
                MethodTarget::External(..) => {}
            },
            _ => {}
        }
    }

    /// What a call hands to the parameters of a function.
    fn pass(&mut self, function: FunctionRef, args: ExprList, spread: bool) {
        let Some(params) = self.interest.params(function) else { return };
        for n in params {
            if let Some(slot) = self.param(function, *n) {
                self.store(slot, self.argument(args, *n, spread));
            }
        }
        self.called(Named::Function(function));
    }

    fn pass_to_any(&mut self, name: Name, args: ExprList, spread: bool) {
        for n in self.params_named(name) {
            self.store(Slot::ParamOf(name, n), self.argument(args, n, spread));
        }
        self.called(Named::Any(name));
    }

    fn argument(&self, args: ExprList, n: u32, spread: bool) -> Source {
        match self.ir.exprs_of(args).get(n as usize) {
            Some(arg) if !spread => source(self.program, self.file, *arg, 0),
            _ => Source::Unknown,
        }
    }

    /// The function named last is called where it is named.
    fn called(&mut self, named: Named) {
        *self.facts.escapes.entry(named).or_default() -= 1;
    }

    fn param(&self, function: FunctionRef, n: u32) -> Option<Slot> {
        let ir = self.program.ir(function.file);
        let param = ir.signature(ir.function(function.function).signature).params.get(n as usize)?;
        Some(Slot::Local(LocalRef::new(function.file, param.local?)))
    }

    fn returns(&mut self) {
        let asked = |(id, _): &(ir::FunctionId, &ir::Function)| {
            self.interest.results(FunctionRef::new(self.file, *id)).is_some()
        };
        if !self.ir.functions_with_ids().any(|function| asked(&function)) {
            return;
        }
        let owners = Owners::new(self.ir);
        let ir = self.ir;
        for stmt in &ir.stmts {
            let StmtKind::Return(values) = stmt.kind else { continue };
            let Some(owner) = owners.of(stmt.span) else { continue };
            let function = FunctionRef::new(self.file, owner);
            let Some(results) = self.interest.results(function) else { continue };
            for n in results {
                let source = self.returned(owner, ir.exprs_of(values), *n);
                self.store(Slot::Result(function, *n), source);
            }
        }
    }

    fn returned(&self, owner: ir::FunctionId, values: &[ExprId], n: u32) -> Source {
        let results = &self.ir.signature(self.ir.function(owner).signature).results;
        // A deferred call may still change a named result.
        if let Some(local) = results.get(n as usize).and_then(|result| result.local) {
            if values.is_empty() {
                return Source::Slot(Slot::Local(LocalRef::new(self.file, local)));
            }
            if self.is_captured(local) {
                return Source::Unknown;
            }
        }
        match values {
            [several] if results.len() > 1 => self.result_of(*several, Some(n)),
            _ => values
                .get(n as usize)
                .map_or(Source::Unknown, |value| source(self.program, self.file, *value, 0)),
        }
    }

    fn is_captured(&self, local: LocalId) -> bool {
        self.ir.functions_with_ids().any(|(_, f)| f.captures.iter().any(|capture| capture.local == local))
    }
}
