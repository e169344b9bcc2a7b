using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>
/// The state of one call of a tamed method, from its start until its body has ended and no event can write to it. The generator derives from it. Everything
/// runs on the loop's thread.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class Closure : Block
{
    /// <summary>The loop of the thread that made the call. Null if there was none: then the body must not wait.</summary>
    internal readonly EventLoop? Loop;
    private int _references;
    private Marks _marks;

    /// <summary>One byte, because two would make every closure a word larger.</summary>
    [Flags]
    private enum Marks : byte
    {
        None = 0,

        /// <summary>The wait that ended has failed, and the failure is on its way to the caller.</summary>
        Failed = 1,

        /// <summary>A user's lambda may hold the closure, so it is not used again.</summary>
        Captured = 2,

        /// <summary>The call has a span in its extras.</summary>
        Traced = 8,

        /// <summary>The loop's recorder reads the call when it has blocked or ended, so it is not recycled before that.</summary>
        Recorded = 4,
    }

    /// <summary>Creates a closure for a call on this thread.</summary>
    protected Closure() => Loop = LoopThread.Current;

    /// <summary>Zero at the start, else the number of the last wait that the body reached.</summary>
    public int State { get; private set; }

    /// <summary>True from the moment that a wait blocks until the body resumes.</summary>
    public bool IsSuspended => _phase != Phase.Running;

    /// <summary>The description of the closure's class. It belongs to the class, so that no call has to hold it.</summary>
    public abstract ClosureType Type { get; }

    private protected sealed override Closure Owner => this;

    /// <summary>Runs the body from <see cref="State"/> to its next wait or its end.</summary>
    protected abstract void Resume();

    /// <summary>Sets every field that holds a reference to its default.</summary>
    protected abstract void Clear();

    /// <summary>Fails each event parameter as it was passed in.</summary>
    /// <param name="error">The exception that escaped the body.</param>
    /// <returns>True if any of them was pending.</returns>
    protected virtual bool FailEvents(Exception error) => false;

    /// <summary>
    /// Runs the body immediately, to its first wait. An exception that escapes it goes to the event parameters. If none is pending, it is thrown.
    /// </summary>
    [StackTraceHidden]
    public void Start()
    {
        _references = 1;
        Enter(held: false);
    }

    /// <summary>Does the same as <see cref="Start()"/> for a call whose first part ran without a closure.</summary>
    /// <param name="state">The number of the label from which the body continues.</param>
    [StackTraceHidden]
    public void Start(int state)
    {
        State = state;
        Start();
    }

    /// <summary>
    /// Does the same as <see cref="Start()"/>, but holds one more count so that the caller can copy <c>out</c> parameters. A throw undoes the hold.
    /// </summary>
    [StackTraceHidden]
    public void StartHeld()
    {
        _references = 2;
        Enter(held: true);
    }

    /// <summary>Drops a count: the hold of <see cref="StartHeld"/>, the running body, or an event that could write here.</summary>
    public void Release()
    {
        if (--_references == 0)
            Recycle();
    }

    /// <summary>Marks that user code may still hold this closure, so that it is never recycled.</summary>
    internal void MarkCaptured() => _marks |= Marks.Captured;

    /// <summary>Counts an explicit event that can write to this closure.</summary>
    internal void AddReference() => _references++;

    /// <summary>Resumes the body, after the loop took the closure from its ready queue.</summary>
    [StackTraceHidden]
    internal sealed override void Run(EventLoop loop)
    {
        _phase = Phase.Running;
        if (Extras is { Context: { } context } extras)
        {
            extras.Context = null;
            ExecutionContext.Restore(context);
        }
        try
        {
            Resume();
        }
        catch (Exception error)
        {
            Escape(error);
            loop.Home.Return();
            return;
        }
        loop.Home.Return();
        if (IsSuspended)
            return;
        if ((_marks & (Marks.Failed | Marks.Traced)) == 0)
            BodyEnded(loop);
        else
            EndMarked(loop);
    }

    internal sealed override void LeavePool()
    {
        base.LeavePool();
        Loop?.Calls.Remove(this);
    }

    [StackTraceHidden]
    private void Enter(bool held, bool isWatched = false)
    {
        if (!isWatched && Loop is { WatchesCalls: true } loop)
        {
            EnterWatched(loop, held);
            return;
        }
        var caller = CallContext.Of(Loop);
        Exception? thrown = null;
        try
        {
            Resume();
        }
        catch (Exception error)
        {
            caller.Leave();
            if (EscapeFromStart(error, held))
                return;
            if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
                throw;
            thrown = error;
        }
        if (thrown is not null)
            BodyServices.Rethrow(thrown);       // outside the catch clause, because a throw inside it keeps the stack of the previous throw
        caller.Leave();
        if (IsSuspended)
            return;
        if ((_marks & (Marks.Failed | Marks.Traced)) == 0)
        {
            BodyEnded(Loop);
        }
        else if ((_marks & Marks.Failed) == 0)
        {
            EndSpan(null);
            BodyEnded(Loop);
        }
        else if (TakeKeptFailure(Loop!) is var kept && !EscapeFromStart(kept, held))
        {
            CallTrace.Throw(kept);
        }
    }

    /// <summary>
    /// Usually the call returns to its pool now, and stays in the loop's list for its next use. If an event can still write to it, it leaves the list, so that
    /// its other references do not seem reachable.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BodyEnded(EventLoop? loop)
    {
        if (_references != 1)
            loop?.Calls.Remove(this);
        Release();
    }

    private void EndMarked(EventLoop loop)
    {
        if ((_marks & Marks.Failed) != 0)
        {
            Escape(TakeKeptFailure(loop));
        }
        else
        {
            EndSpan(null);
            BodyEnded(loop);
        }
        loop.Home.Return();
    }

    /// <summary>Returns false if no event parameter could take the failure, so that the synchronous caller must.</summary>
    private bool EscapeFromStart(Exception error, bool held)
    {
        Unwind(0, error);
        EndSpan(error);
        bool taken = FailEvents(FailureGroup.Leaving(error));
        if (held && !taken)
            _references--;
        BodyEnded(Loop);
        return taken;
    }

    private void Escape(Exception error)
    {
        Unwind(0, error);
        EndSpan(error);
        var loop = Loop!;
        if (!FailEvents(FailureGroup.Leaving(error)))
            loop.OnEscaped(error);
        BodyEnded(loop);
    }

    private void Recycle()
    {
        int pool = Type.Pool;
        if ((_marks & (Marks.Captured | Marks.Recorded)) != 0)
        {
            Retain(pool);
            return;
        }
        Clear();
        if (Extras is { } extras)
        {
            extras.Joining = null;
            extras.Left = null;
        }
        State = 0;
        IsProbed = false;
        Loop?.Pools.Return(pool, this);
    }

    private void Retain(int pool)
    {
        if ((_marks & Marks.Recorded) != 0)
            return;
        LeavePool();
        Loop?.Pools.NoteGone(pool);
    }
}
