//! The tables as a plain list.

use gomapcheck_source::Name;

use super::Models;
use super::effect::{Effect, LaunchModel};

/// A package and a name in it.
pub type Qualified = (Name, Name);

/// One entry of the tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Entry {
    /// Calling a function or method.
    Call {
        /// Import path, as the tables write it.
        package: Name,
        /// Receiver type, for methods.
        receiver: Option<Name>,
        /// Name.
        name: Name,
        /// What a call means.
        effect: Effect,
    },
    /// Storing a function in a field.
    Field {
        /// The struct.
        owner: Qualified,
        /// Its field.
        field: Name,
        /// How the function is run.
        launch: LaunchModel,
    },
    /// Declaring a method with these parameters.
    Method {
        /// Its name.
        name: Name,
        /// Its parameters' types; `None` for any.
        parameters: Vec<Option<Qualified>>,
        /// How it is run.
        launch: LaunchModel,
    },
    /// Converting a function to a type.
    Adapter {
        /// The type.
        ty: Qualified,
        /// How the function is run, if the conversion says so.
        launch: Option<LaunchModel>,
    },
    /// Calling a generated function that registers a service.
    Registration {
        /// How its name begins.
        prefix: &'static str,
        /// How its name ends.
        suffix: &'static str,
        /// Which parameter tells.
        witness: usize,
        /// That parameter's type.
        ty: Qualified,
        /// Which argument is the service.
        service: u8,
    },
}

#[allow(clippy::iter_over_hash_type, reason = "the list is sorted")]
impl Models {
    /// Every entry of the tables, in an order that depends on them alone.
    #[must_use]
    pub fn catalogue(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        entries.extend(self.calls.iter().map(|(&(package, receiver, name), &effect)| Entry::Call {
            package,
            receiver,
            name,
            effect,
        }));
        entries.extend(self.fields.iter().map(|(&(package, owner, field), &launch)| Entry::Field {
            owner: (package, owner),
            field,
            launch,
        }));
        entries.extend(self.adapters.iter().map(|(&ty, &launch)| Entry::Adapter { ty, launch }));
        for (&name, signatures) in &self.methods {
            entries.extend(signatures.iter().map(|signature| Entry::Method {
                name,
                parameters: signature.parameters.clone(),
                launch: signature.launch,
            }));
        }
        for service in &self.registrations {
            entries.extend(service.types.iter().map(|&ty| Entry::Registration {
                prefix: service.shape.prefix,
                suffix: service.shape.suffix,
                witness: service.shape.witness,
                ty,
                service: service.shape.service,
            }));
        }
        entries.sort_by_cached_key(|entry| format!("{entry:?}"));
        entries
    }
}
