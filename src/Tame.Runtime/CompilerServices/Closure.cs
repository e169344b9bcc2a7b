using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>
/// The state of one call of a tamed method, from its start until its body has ended and no event can write to it. The generator
/// derives from it; everything runs on the loop's thread.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class Closure : Block
{
    /// <summary>The loop of the thread that made the call; null where there was none, and then the body must not wait.</summary>
    internal readonly EventLoop? Loop;
    private int _references;
    private Marks _marks;

    /// <summary>In one byte: with two, every closure would be a word larger.</summary>
    [Flags]
    private enum Marks : byte
    {
        None = 0,

        /// <summary>The wait that ended has failed, and the failure is on its way to the caller.</summary>
        Failed = 1,

        /// <summary>A lambda of the user's may hold the closure, so that it is not used again.</summary>
        Captured = 2,

        /// <summary>The call has a span in its extras.</summary>
        Traced = 8,

        /// <summary>The loop's recorder looks at the call when it has blocked or ended: until then it is not recycled.</summary>
        Recorded = 4,
    }

    /// <summary>Makes a closure for a call on this thread.</summary>
    protected Closure() => Loop = LoopThread.Current;

    /// <summary>Zero at the start, else the number of the last wait that the body reached.</summary>
    public int State { get; private set; }

    /// <summary>True from the moment that a wait blocked until the body resumes.</summary>
    public bool IsSuspended => _phase != Phase.Running;

    /// <summary>The one description of the closure's class: of the class, so that no call has to hold it.</summary>
    public abstract ClosureType Type { get; }

    private protected sealed override Closure Owner => this;

    /// <summary>Runs the body from <see cref="State"/> to its next wait or its end.</summary>
    protected abstract void Resume();

    /// <summary>Sets every field that holds a reference to its default.</summary>
    protected abstract void Clear();

    /// <summary>Fails each event parameter as it was passed in.</summary>
    /// <param name="error">What escaped the body.</param>
    /// <returns>True when any of them was pending.</returns>
    protected virtual bool FailEvents(Exception error) => false;

    /// <summary>Runs the body on the spot to its first wait. What escapes it goes to the event parameters, or is thrown when none is pending.</summary>
    [StackTraceHidden]
    public void Start()
    {
        _references = 1;
        Enter(held: false);
    }

    /// <summary>As <see cref="Start()"/>, of a call that ran without a closure as far as it needed none.</summary>
    /// <param name="state">The number of the label from which the body goes on.</param>
    [StackTraceHidden]
    public void Start(int state)
    {
        State = state;
        Start();
    }

    /// <summary>As <see cref="Start()"/>, with one more count held so that the caller can copy <c>out</c> parameters; a throw undoes the hold.</summary>
    [StackTraceHidden]
    public void StartHeld()
    {
        _references = 2;
        Enter(held: true);
    }

    /// <summary>Drops a count: the hold of <see cref="StartHeld"/>, the running body or an event that could write here.</summary>
    public void Release()
    {
        if (--_references == 0)
            Recycle();
    }

    /// <summary>Somebody else may still hold this closure, so it is never recycled.</summary>
    internal void MarkCaptured() => _marks |= Marks.Captured;

    /// <summary>An explicit event can write to this closure.</summary>
    internal void AddReference() => _references++;

    /// <summary>Resumes the body: the loop took the closure from its ready queue.</summary>
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
            BodyServices.Rethrow(thrown);       // out here: a throw inside a catch keeps the stack of the throw before
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
    /// Most often the call goes back to its pool now, and stays in the loop's list for its next use. Where an event can still
    /// write to it, it leaves, for what else it holds must not seem to be in reach.
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

    /// <summary>False when no event parameter could take the failure, and the synchronous caller must.</summary>
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
