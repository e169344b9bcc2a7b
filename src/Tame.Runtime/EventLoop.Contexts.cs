namespace Tame;

// The loop as others of .NET know it: a synchronization context and a task scheduler.
public sealed partial class EventLoop
{
    private readonly LoopSynchronizationContext _context;
    private LoopTaskScheduler? _taskScheduler;

    /// <summary>
    /// Brings code to the loop's thread. While the loop runs it is the thread's <see cref="SynchronizationContext.Current"/>, so that an
    /// <c>await</c> in a callback comes back here; what was current before is put back when the run returns.
    /// </summary>
    /// <remarks>
    /// Post does what <see cref="Post(Action)"/> does, with the sender's execution context. Where the loop ends first, the callback runs on the thread that
    /// ends it; where it has ended, on the thread pool, one callback at a time, in order and with this context as the current one, so that an
    /// <c>async</c> method that began on the loop always gets to its end. Send runs at once on the loop's thread; from another it blocks until the loop
    /// has run the callback, and throws what that threw, or <see cref="ObjectDisposedException"/> when the loop or its thread has ended or ends before.
    /// An <c>async void</c> method that began on the loop counts as work outside of it, as a task does that an event waits for: the run does not end
    /// before, and virtual time stands still. Any thread may use it.
    /// </remarks>
    public SynchronizationContext SynchronizationContext => _context;

    /// <summary>Runs tasks on the loop's thread, one at a time, in the order of <see cref="Post(Action)"/>.</summary>
    /// <remarks>
    /// A task that was queued and whose turn has not come when the loop ends runs on the thread that ends it. On a loop that has ended a task cannot
    /// start: starting it throws <see cref="TaskSchedulerException"/>. Any thread may use it.
    /// </remarks>
    public TaskScheduler TaskScheduler
    {
        get
        {
            if (Volatile.Read(ref _taskScheduler) is { } made)
                return made;
            var scheduler = new LoopTaskScheduler(this);
            return Interlocked.CompareExchange(ref _taskScheduler, scheduler, null) ?? scheduler;
        }
    }
}
