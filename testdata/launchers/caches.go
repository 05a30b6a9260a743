package launchers

import (
	"maps"

	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

// labeller gets its objects from the cache of an informer, which others read as well.
type labeller struct {
	pods    listers.PodLister
	indexer *cache.Indexer
}

// RacyMark changes the cache's object.
func (r *labeller) RacyMark(name string) error {
	pod, err := r.pods.Pods("default").Get(name)
	if err != nil {
		return err
	}
	if pod.Labels == nil {
		pod.Labels = map[string]string{}
	}
	pod.Labels["seen"] = "yes" // want concurrent-map-write "pod.Labels"
	return nil
}

// SafeMark changes a copy.
func (r *labeller) SafeMark(name string) error {
	pod, err := r.pods.Pods("default").Get(name)
	if err != nil {
		return err
	}
	pod = pod.DeepCopy()
	pod.Labels["seen"] = "yes"
	return nil
}

// RacyAnnotations changes the map that a getter gives.
func (r *labeller) RacyAnnotations(name string) error {
	pod, err := r.pods.Pods("default").Get(name)
	if err != nil {
		return err
	}
	annotations := pod.GetAnnotations()
	if annotations == nil {
		annotations = map[string]string{}
	}
	annotations["seen"] = "yes" // want concurrent-map-write "annotations"
	return nil
}

// SafeAnnotations copies the map.
func (r *labeller) SafeAnnotations(name string) (map[string]string, error) {
	pod, err := r.pods.Pods("default").Get(name)
	if err != nil {
		return nil, err
	}
	annotations := maps.Clone(pod.GetAnnotations())
	annotations["seen"] = "yes"
	return annotations, nil
}

// unmark changes what it is given.
func unmark(pod *listers.Pod) {
	delete(pod.Labels, "seen") // want concurrent-map-write "pod.Labels"
}

// RacySweep gives the cache's objects to a helper.
func (r *labeller) RacySweep() error {
	pods, err := r.pods.List("")
	if err != nil {
		return err
	}
	for _, pod := range pods {
		unmark(pod)
	}
	return nil
}

// SafeSweep gives it copies.
func (r *labeller) SafeSweep() error {
	pods, err := r.pods.List("")
	if err != nil {
		return err
	}
	for _, pod := range pods {
		unmark(pod.DeepCopy())
	}
	return nil
}

// RacyFind makes an object where the cache has none.
func (r *labeller) RacyFind(name string) error {
	found, exists, err := r.indexer.GetByKey(name)
	if err != nil {
		return err
	}
	var pod *listers.Pod
	if exists {
		pod = found.(*listers.Pod)
	} else {
		pod = &listers.Pod{}
		pod.Annotations = map[string]string{}
	}
	pod.Annotations["found"] = name // want concurrent-map-write "pod.Annotations"
	return nil
}

// SafeFind copies what there is.
func (r *labeller) SafeFind(name string) error {
	found, exists, err := r.indexer.GetByKey(name)
	if err != nil {
		return err
	}
	var pod *listers.Pod
	if exists {
		pod = found.(*listers.Pod).DeepCopy()
	} else {
		pod = &listers.Pod{}
		pod.Annotations = map[string]string{}
	}
	pod.Annotations["found"] = name
	return nil
}

// RacyShallow copies the struct, which leaves its maps shared.
func (r *labeller) RacyShallow() {
	for _, object := range r.indexer.List() {
		pod := *object.(*listers.Pod)
		pod.Labels["listed"] = "yes" // want concurrent-map-write "pod.Labels"
	}
}

// SafeShallow gives the copy a map of its own.
func (r *labeller) SafeShallow() {
	for _, object := range r.indexer.List() {
		pod := *object.(*listers.Pod)
		pod.Labels = map[string]string{}
		pod.Labels["listed"] = "yes"
	}
}
