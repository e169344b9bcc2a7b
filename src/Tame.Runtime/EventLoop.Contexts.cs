namespace Tame;

// The loop as a synchronization context and a task scheduler.
public sealed partial class EventLoop
{
    private readonly LoopSynchronizationContext _context;
    private LoopTaskScheduler? _taskScheduler;

    /// <summary>
    /// Runs code on the loop's thread. While the loop runs, it is the thread's <see cref="SynchronizationContext.Current"/>, so that an <c>await</c> in a
    /// callback resumes on the loop. When the run returns, the previous context is current again.
    /// </summary>
    /// <remarks>
    /// <para>Post does what <see cref="Post(Action)"/> does, with the sender's execution context. If the loop ends first, the callback runs on the thread
    /// that ends the loop. If the loop has already ended, it runs on the thread pool, one callback at a time, in order, and with this context as the current
    /// one. So an <c>async</c> method that began on the loop always completes.</para>
    /// <para>Send runs the callback at once on the loop's thread. From another thread it blocks until the loop has run the callback, and throws the exception
    /// of the callback, or <see cref="ObjectDisposedException"/> if the loop or its thread ends first or has already ended.</para>
    /// <para>An <c>async void</c> method that began on the loop counts as work outside the loop, like a task that an event waits for. Until it completes, the
    /// run does not end, and virtual time stands still unless the method may be waiting for a timer of <see cref="TimeProvider"/>. Any thread may use this
    /// context.</para>
    /// </remarks>
    public SynchronizationContext SynchronizationContext => _context;

    /// <summary>Runs tasks on the loop's thread, one at a time, in the order of <see cref="Post(Action)"/>.</summary>
    /// <remarks>
    /// If a task is queued and has not run when the loop ends, it runs on the thread that ends the loop. After the loop has ended, starting a task throws
    /// <see cref="TaskSchedulerException"/>. Any thread may use it.
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
