//! Callbacks that a library's struct holds, handed over by a call of which nothing is known.
//!
//! `factory.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{…})`: where the packages on the way to
//! the informer are not at hand, the struct's own name tells what becomes of the functions in it.

use gomapcheck_ir::{ExprId, ExprKind};

use crate::models::LaunchModel;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::prepare::Prepared;
use crate::summarise::state::State;

impl Interpreter<'_> {
    /// Launches the callbacks that the arguments of an unknown call hold.
    pub(super) fn launch_callbacks(&mut self, state: &mut State, prepared: &Prepared) {
        for (value, expr) in prepared.arguments().iter().zip(self.argument_exprs(prepared.call)) {
            let Some(model) = self.callbacks_in(expr) else { continue };
            let start = self.start(model.kind, prepared);
            for function in self.functions_in(state, value, Some(expr)) {
                self.launch_value(state, &start, &function, &[]);
            }
        }
    }

    /// What runs the functions in a composite literal, if its type is a library's struct of callbacks. Those that run several
    /// times at once are launched where the struct is made.
    fn callbacks_in(&self, expr: ExprId) -> Option<LaunchModel> {
        let mut inner = self.ir.unparen(expr);
        if let ExprKind::Unary { operand, .. } = self.ir.kind(inner) {
            inner = self.ir.unparen(operand);
        }
        let ExprKind::Composite { elements, .. } = self.ir.kind(inner) else { return None };
        let (package, ty) = self.program.qualified_name(self.type_of(inner))?;
        let mut fields = self.ir.elements_of(elements).iter().filter_map(|element| element.key_name);
        fields.find_map(|field| self.models.field_launch(package, ty, field)).filter(|model| !model.parallel)
    }
}
