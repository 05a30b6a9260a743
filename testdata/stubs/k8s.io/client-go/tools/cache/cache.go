// Package cache is a miniature of k8s.io/client-go/tools/cache.
package cache

// ResourceEventHandler is told of changes.
type ResourceEventHandler interface {
	OnAdd(obj any, isInInitialList bool)
	OnUpdate(oldObj, newObj any)
	OnDelete(obj any)
}

// ResourceEventHandlerFuncs is a handler made of functions.
type ResourceEventHandlerFuncs struct {
	AddFunc    func(obj any)
	UpdateFunc func(oldObj, newObj any)
	DeleteFunc func(obj any)
}

// OnAdd calls AddFunc.
func (r ResourceEventHandlerFuncs) OnAdd(obj any, _ bool) {
	if r.AddFunc != nil {
		r.AddFunc(obj)
	}
}

// OnUpdate calls UpdateFunc.
func (r ResourceEventHandlerFuncs) OnUpdate(oldObj, newObj any) {
	if r.UpdateFunc != nil {
		r.UpdateFunc(oldObj, newObj)
	}
}

// OnDelete calls DeleteFunc.
func (r ResourceEventHandlerFuncs) OnDelete(obj any) {
	if r.DeleteFunc != nil {
		r.DeleteFunc(obj)
	}
}

// SharedIndexInformer tells its handlers of changes.
type SharedIndexInformer interface {
	AddEventHandler(handler ResourceEventHandler) error
	Run(stop <-chan struct{})
}

type informer struct{ handlers []ResourceEventHandler }

// NewSharedIndexInformer returns an informer that tells of a few objects.
func NewSharedIndexInformer() SharedIndexInformer { return &informer{} }

func (i *informer) AddEventHandler(handler ResourceEventHandler) error {
	i.handlers = append(i.handlers, handler)
	return nil
}

// Run has one goroutine for each handler.
func (i *informer) Run(<-chan struct{}) {
	for _, handler := range i.handlers {
		go func(handler ResourceEventHandler) {
			for _, name := range []string{"a", "b", "c"} {
				handler.OnAdd(name, false)
				handler.OnUpdate(name, name)
				handler.OnDelete(name)
			}
		}(handler)
	}
}

// Indexer keeps the objects of an informer.
type Indexer struct{ objects map[string]any }

// NewIndexer returns an indexer of these objects.
func NewIndexer(objects map[string]any) *Indexer { return &Indexer{objects: objects} }

// GetByKey gives the object that all others get.
func (i *Indexer) GetByKey(key string) (item any, exists bool, err error) {
	item, exists = i.objects[key]
	return item, exists, nil
}

// List gives all objects.
func (i *Indexer) List() []any {
	var all []any
	for _, object := range i.objects {
		all = append(all, object)
	}
	return all
}
