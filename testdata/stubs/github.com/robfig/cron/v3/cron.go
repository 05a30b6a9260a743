// Package cron is a miniature of github.com/robfig/cron.
package cron

// EntryID names an entry.
type EntryID int

// Job is a job.
type Job interface{ Run() }

// FuncJob is a function as job.
type FuncJob func()

// Run calls the function.
func (f FuncJob) Run() { f() }

// Cron runs jobs.
type Cron struct{ jobs []Job }

// New returns an empty one.
func New() *Cron { return &Cron{} }

// AddFunc adds a function.
func (c *Cron) AddFunc(spec string, cmd func()) (EntryID, error) { return c.AddJob(spec, FuncJob(cmd)) }

// AddJob adds a job.
func (c *Cron) AddJob(_ string, job Job) (EntryID, error) {
	c.jobs = append(c.jobs, job)
	return EntryID(len(c.jobs)), nil
}

// Start runs each job twice, each time on a new goroutine.
func (c *Cron) Start() {
	for _, job := range append(c.jobs, c.jobs...) {
		go func(job Job) { job.Run() }(job)
	}
}
