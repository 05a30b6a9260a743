//! Caches whose objects belong to everyone: informers' stores, listers and caches in front of them, in-memory databases of immutable objects.

use gomapcheck_source::Name;

use super::effect::Effect;
use super::row::{Area, Row, row};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("k8s.io/client-go/tools/cache", "Indexer Store ThreadSafeStore GenericLister GenericNamespaceLister", "Get GetByKey", Effect::Cached),
    row("k8s.io/client-go/tools/cache", "Indexer Store ThreadSafeStore GenericLister GenericNamespaceLister", "List ByIndex Index", Effect::CachedList),
    row("github.com/hashicorp/go-memdb", "Txn", "First FirstWatch Last LastWatch LongestPrefix", Effect::Cached),
    row("github.com/hashicorp/go-memdb", "ResultIterator", "Next", Effect::Cached),
];

/// The area's entries.
pub(super) const AREA: Area = Area { rows: ROWS, ..Area::EMPTY };

/// What a method of a lister gives, as code generators write them into any module: `listers/core/v1.PodNamespaceLister.Get`.
pub(crate) fn lister_effect(package: Name, ty: Name, method: Name) -> Option<Effect> {
    let parts = || package.as_str().split('/');
    let is_lister = match ty.as_str() {
        ty if ty.ends_with("Lister") => parts().any(|part| matches!(part, "listers" | "generated")),
        ty => ty.ends_with("Cache") && parts().any(|part| part == "generated"),
    };
    is_lister.then(|| cached(method)).flatten()
}

/// What a method of something gives that is a lister, or a part of one: `informer.Lister().Pods(namespace).Get(name)`.
pub(crate) fn cached(method: Name) -> Option<Effect> {
    match method.as_str() {
        "Get" => Some(Effect::Cached),
        "List" | "GetByIndex" => Some(Effect::CachedList),
        _ => None,
    }
}

/// The field that a method of API objects gives.
pub(crate) fn metadata(method: Name) -> Option<&'static str> {
    match method.as_str() {
        "GetLabels" => Some("Labels"),
        "GetAnnotations" => Some("Annotations"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::lister_effect;
    use crate::models::Effect;
    use crate::models::testing::call;

    #[test]
    fn a_lister_is_known_by_its_shape() {
        let package = "example.com/pkg/generated/listers/things/v1";
        let effect =
            |package: &str, ty: &str, method: &str| lister_effect(package.into(), ty.into(), method.into());
        assert_eq!(effect(package, "ThingNamespaceLister", "Get"), Some(Effect::Cached));
        assert_eq!(effect(package, "ThingLister", "List"), Some(Effect::CachedList));
        assert_eq!(
            effect("example.com/pkg/generated/controllers/v1", "ThingCache", "GetByIndex"),
            Some(Effect::CachedList)
        );
        assert_eq!(effect(package, "ThingLister", "Things"), None);
        assert_eq!(effect("example.com/things", "ThingLister", "Get"), None);
    }

    #[test]
    fn stores_share_their_objects() {
        assert_eq!(call("k8s.io/client-go/tools/cache", "Indexer", "GetByKey"), Some(Effect::Cached));
        assert_eq!(call("github.com/hashicorp/go-memdb", "Txn", "First"), Some(Effect::Cached));
    }
}
