use gomapcheck_source::FileId;
use gomapcheck_types::Program;

use crate::conflict::{Confidence, Conflict};
use crate::contexts::{self, World};
use crate::domain::{Key, KeyOwner};
use crate::evidence::Finding;
use crate::models::Models;
use crate::summaries::Summaries;
use crate::{evidence, guards, misuse, pair, summarise};

/// What an analysis needs to be told.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// Whether a file is a test file.
    pub is_test: &'o (dyn Fn(FileId) -> bool + Sync),
    /// Whether a file's name says that it is for tests, see [`crate::names_test_code`].
    pub is_named_for_tests: &'o (dyn Fn(FileId) -> bool + Sync),
    /// Whether the process ends when it has told what was found, so that nothing need be taken down before.
    pub is_last_act: bool,
}

/// What an analysis found.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The conflicts, one for each map and rule; sorted.
    pub conflicts: Vec<Conflict>,
    /// How many functions were summarised.
    pub functions: usize,
    /// How many of them have no body, or one that was not wholly understood.
    pub opaque: usize,
    /// How many goroutines are started, by launches in the code and by servers that run methods.
    pub starts: usize,
    /// In how many steps they were summarised.
    pub steps: u64,
}

/// Summarises the program's functions and pairs what they do to maps.
#[must_use]
pub fn analyse(program: &Program<'_>, models: &Models, options: &Options<'_>) -> Analysis {
    let summaries = summarise::program(program, models, summarise::Detail::Needed);
    let analysis = analyse_summaries(program, models, options, &summaries);
    if options.is_last_act {
        std::mem::forget(summaries);
    }
    analysis
}

/// Pairs what functions that are already summarised do to maps.
#[must_use]
pub fn analyse_summaries(
    program: &Program<'_>,
    models: &Models,
    options: &Options<'_>,
    summaries: &Summaries,
) -> Analysis {
    let facts = contexts::collect(program, models, options, summaries);
    let files = program.files();
    let (mut world, ((own_locks, declared), (retired, waivers))) = rayon::join(
        || World::new(summaries, facts),
        || {
            rayon::join(
                || {
                    let own_locks = contexts::own_locks(program, summaries, &files);
                    (own_locks, guards::declared_guards(program, models, &files))
                },
                || (contexts::retired_variables(program, &files), contexts::Waivers::of(program, &files)),
            )
        },
    );
    world.own_locks = own_locks;
    world.retired = retired;
    world.waivers = waivers;
    let groups = guards::site_groups(&world);
    let mut findings = pair::findings(&world, &groups, program);
    findings.extend(pair::changed_in_place(&world, &groups));
    findings.extend(pair::cached_in_place(&world, &groups));
    findings.extend(pair::filled_on_demand(&world, &groups, program));
    findings.extend(guards::findings(&world, &groups, &declared));
    findings.retain(|finding| !is_in_container(finding.key(), program, models));
    weaken_unset(&world, program, &mut findings);
    guards::weaken_boxed(program, &mut findings);
    pair::weaken_lent(&world, program, &mut findings);
    guards::weaken_prepared(&world, program, &groups, &mut findings);
    guards::weaken_busy(program, &groups, &mut findings);
    guards::weaken_taken(&world, program, &mut findings);
    guards::weaken_dead(program, &mut findings);
    let is_opaque = |function: &&gomapcheck_types::FunctionRef| {
        program.ir(function.file).function(function.function).opaque.is_some()
    };
    let is_for_tests = |function| world.is_for_tests(function);
    let is_at_start = |side: &evidence::Side<'_>| guards::is_at_start(&world, side);
    let mut conflicts = evidence::conflicts(program, options, &is_for_tests, &is_at_start, findings);
    conflicts.extend(misuse::conflicts(program, options));
    conflicts.sort();
    let analysis = Analysis {
        conflicts,
        functions: summaries.functions().len(),
        opaque: summaries.functions().iter().filter(is_opaque).count(),
        starts: world.starts.len(),
        steps: summaries.steps(),
    };
    if options.is_last_act {
        std::mem::forget(world);
    }
    analysis
}

/// Findings about fields that nothing but tests ever puts a map into are possible at best.
fn weaken_unset(world: &World<'_>, program: &Program<'_>, findings: &mut [Finding<'_>]) {
    for finding in findings.iter_mut().filter(|finding| finding.confidence > Confidence::Possible) {
        if contexts::is_unset(world, program, finding.key(), finding.first.access.location) {
            finding.confidence = Confidence::Possible;
        }
    }
}

/// Whether the map is a field of a type that orders access by itself, as the user says.
fn is_in_container(map: &Key, program: &Program<'_>, models: &Models) -> bool {
    match map.owner {
        KeyOwner::Type(ty) => {
            let (package, name) = program.type_name(ty);
            models.is_container(package, name)
        }
        KeyOwner::External(package, name) => models.is_container(package, name),
        KeyOwner::Struct(_) | KeyOwner::Value(_) | KeyOwner::Local(_) => false,
    }
}
