//! Short questions to the tables, so that the tests beside them read as examples.

use std::sync::OnceLock;

use gomapcheck_source::Name;

use super::{Effect, LaunchModel, Models};

/// The built-in tables.
pub(super) fn models() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(Models::new)
}

/// What calling a method means.
pub(super) fn call(package: &str, receiver: &str, name: &str) -> Option<Effect> {
    models().call(package.into(), Some(receiver.into()), name.into()).copied()
}

/// What calling a function means.
pub(super) fn function(package: &str, name: &str) -> Option<Effect> {
    models().call(package.into(), None, name.into()).copied()
}

/// The launch that a method is.
pub(super) fn launch(package: &str, receiver: &str, name: &str) -> LaunchModel {
    as_launch(call(package, receiver, name))
}

/// The launch that a function is.
pub(super) fn function_launch(package: &str, name: &str) -> LaunchModel {
    as_launch(function(package, name))
}

/// What runs a method of this name and these parameters.
pub(super) fn implicit(method: &str, parameters: &[&str]) -> Option<LaunchModel> {
    let parameters: Vec<_> = parameters.iter().map(|parameter| qualified(parameter)).collect();
    models().implicit_launch(method.into(), &parameters)
}

/// A qualified type.
pub(super) fn qualified(text: &str) -> Option<(Name, Name)> {
    text.rsplit_once('.').map(|(package, name)| (package.into(), name.into()))
}

fn as_launch(effect: Option<Effect>) -> LaunchModel {
    match effect {
        Some(Effect::Launch(launch)) => launch,
        other => panic!("no launch: {other:?}"),
    }
}
