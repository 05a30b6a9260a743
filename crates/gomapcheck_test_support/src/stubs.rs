//! Miniature packages: the signatures that fixtures inside Rust tests need, so that `cargo test` needs Rust alone.

/// A miniature package: its import path and its source.
#[derive(Clone, Copy, Debug)]
pub struct Stub {
    /// The import path.
    pub import_path: &'static str,
    /// The text of its only file.
    pub source: &'static str,
}

/// `sync`: locks, groups, `Once`, `Map`.
pub const SYNC: Stub = Stub {
    import_path: "sync",
    source: "package sync

type Locker interface {
	Lock()
	Unlock()
}

type Mutex struct{ state int32 }

func (m *Mutex) Lock()
func (m *Mutex) TryLock() bool
func (m *Mutex) Unlock()

type RWMutex struct{ w Mutex }

func (rw *RWMutex) Lock()
func (rw *RWMutex) TryLock() bool
func (rw *RWMutex) Unlock()
func (rw *RWMutex) RLock()
func (rw *RWMutex) TryRLock() bool
func (rw *RWMutex) RUnlock()
func (rw *RWMutex) RLocker() Locker

type WaitGroup struct{ n int32 }

func (wg *WaitGroup) Add(delta int)
func (wg *WaitGroup) Done()
func (wg *WaitGroup) Wait()
func (wg *WaitGroup) Go(f func())

type Once struct{ done uint32 }

func (o *Once) Do(f func())

func OnceFunc(f func()) func()

type Map struct{ n int32 }

func (m *Map) Load(key any) (value any, ok bool)
func (m *Map) Store(key, value any)
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool)
func (m *Map) LoadAndDelete(key any) (value any, loaded bool)
func (m *Map) Delete(key any)
func (m *Map) Range(f func(key, value any) bool)
",
};

/// `context`: `Context`, cancellation, `AfterFunc`.
pub const CONTEXT: Stub = Stub {
    import_path: "context",
    source: "package context

type Context interface {
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}

type CancelFunc func()

func Background() Context
func WithCancel(parent Context) (ctx Context, cancel CancelFunc)
func AfterFunc(ctx Context, f func()) (stop func() bool)
",
};

/// `golang.org/x/sync/errgroup`.
pub const ERRGROUP: Stub = Stub {
    import_path: "golang.org/x/sync/errgroup",
    source: "package errgroup

import \"context\"

type Group struct{ n int }

func WithContext(ctx context.Context) (*Group, context.Context)
func (g *Group) Go(f func() error)
func (g *Group) TryGo(f func() error) bool
func (g *Group) SetLimit(n int)
func (g *Group) Wait() error
",
};

/// `net/http`: handlers and headers.
pub const HTTP: Stub = Stub {
    import_path: "net/http",
    source: "package http

type Header map[string][]string

func (h Header) Add(key, value string)
func (h Header) Set(key, value string)
func (h Header) Get(key string) string
func (h Header) Del(key string)

type ResponseWriter interface {
	Header() Header
	Write([]byte) (int, error)
	WriteHeader(statusCode int)
}

type Request struct {
	Method string
	Header Header
}

type Handler interface {
	ServeHTTP(ResponseWriter, *Request)
}

type HandlerFunc func(ResponseWriter, *Request)

func (f HandlerFunc) ServeHTTP(w ResponseWriter, r *Request)

type ServeMux struct{ n int }

func NewServeMux() *ServeMux
func (mux *ServeMux) Handle(pattern string, handler Handler)
func (mux *ServeMux) HandleFunc(pattern string, handler func(ResponseWriter, *Request))

func Handle(pattern string, handler Handler)
func HandleFunc(pattern string, handler func(ResponseWriter, *Request))
func ListenAndServe(addr string, handler Handler) error
",
};

/// Every miniature package, sorted by import path.
pub const ALL: [Stub; 4] = [CONTEXT, ERRGROUP, HTTP, SYNC];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stubs_are_sorted_and_name_their_package() {
        assert!(ALL.is_sorted_by_key(|stub| stub.import_path));
        for stub in ALL {
            let name = stub.import_path.rsplit('/').next().unwrap_or_default();
            assert!(stub.source.starts_with(&format!("package {name}\n")), "{}", stub.import_path);
        }
    }
}
