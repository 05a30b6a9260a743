pub(crate) mod about;
pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod dump;
pub(crate) mod raw;
pub(crate) mod rules;
