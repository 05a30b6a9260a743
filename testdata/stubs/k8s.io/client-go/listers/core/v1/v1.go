// Package v1 is a miniature of k8s.io/client-go/listers/core/v1.
package v1

import "maps"

// ObjectMeta is what all objects have.
type ObjectMeta struct {
	Name        string
	Labels      map[string]string
	Annotations map[string]string
}

// GetAnnotations gives the map itself.
func (o *ObjectMeta) GetAnnotations() map[string]string { return o.Annotations }

// Pod is an object.
type Pod struct {
	ObjectMeta
	Ready bool
}

// DeepCopy returns a copy that shares nothing.
func (p *Pod) DeepCopy() *Pod {
	clone := *p
	out := &clone
	out.Labels = maps.Clone(p.Labels)
	out.Annotations = maps.Clone(p.Annotations)
	return out
}

// PodLister gives the pods of an informer.
type PodLister interface {
	List(selector string) ([]*Pod, error)
	Pods(namespace string) PodNamespaceLister
}

// PodNamespaceLister gives those of a namespace.
type PodNamespaceLister interface {
	Get(name string) (*Pod, error)
}

type lister struct{ pods map[string]*Pod }

// NewPodLister returns a lister of these pods.
func NewPodLister(pods map[string]*Pod) PodLister { return lister{pods: pods} }

func (l lister) Pods(string) PodNamespaceLister { return l }

func (l lister) Get(name string) (*Pod, error) { return l.pods[name], nil }

func (l lister) List(string) ([]*Pod, error) {
	var all []*Pod
	for _, pod := range l.pods {
		all = append(all, pod)
	}
	return all, nil
}
