using System.Diagnostics;

namespace Tame.CompilerServices;

// Calls that do not start immediately, because little of the stack is left. They start from the ready queue, in their turn.
public abstract partial class Closure
{
    /// <summary>True if the call is in the ready queue and its body has not begun.</summary>
    internal bool IsDeferred => _phase == Phase.Woken && State == 0;

    /// <summary>
    /// Does the same as <see cref="Start()"/> for a method that may be on the stack many times. If little of the stack is left, the call starts later.
    /// </summary>
    [StackTraceHidden]
    public void StartOrDefer()
    {
        if (Checkpoint.IsReached)
        {
            Defer();
            return;
        }
        _references = 1;
        Enter(held: false);
    }

    /// <summary>
    /// Does the same as <see cref="StartHeld"/> for a method that may be on the stack many times. The call cannot start later, because its caller waits for
    /// results.
    /// </summary>
    /// <exception cref="InsufficientExecutionStackException">Little of the stack is left. The body has not begun, and its events are unchanged.</exception>
    [StackTraceHidden]
    public void StartHeldIfRoom()
    {
        if (Checkpoint.IsReached)
            throw Refused("it has an 'out' parameter");
        StartHeld();
    }

    /// <summary>
    /// Starts the call later from the ready queue, on an otherwise empty stack. Exceptions that escape the body then go to the event parameters, or to
    /// <see cref="EventLoop.UnhandledException"/>.
    /// </summary>
    /// <exception cref="InsufficientExecutionStackException">This thread has no loop.</exception>
    public void Defer()
    {
        if (Loop is not { IsEnded: false } loop)
            throw Refused("this thread has no event loop");
        _references = 1;
        _phase = Phase.Woken;
        var caller = CallContext.Of(loop);
        if (loop.TracesCalls)
            BeginSpan();
        if (loop.Home.Capture() is { } context)
            (Extras ??= new CallExtras()).Context = context;
        caller.Leave();
        loop.AddReady(this);
    }

    /// <summary>For a body that begins in the entry, not in the closure. If it returns true, call the entry, whose checkpoint lets the call pass.</summary>
    /// <returns>True if the call was deferred and has not begun.</returns>
    protected bool BeginsNow()
    {
        if (State != 0)
            return false;
        Loop!.BeginsLate = true;
        return true;
    }

    /// <summary>The loop ends before the call has begun, so it never begins.</summary>
    internal void CancelStart()
    {
        _phase = Phase.Running;
        Escape(Loop!.OwnCancellations!.Note(Errors.LoopEnded()));
    }

    private InsufficientExecutionStackException Refused(string reason)
    {
        _references = 1;
        Release();
        return Errors.NoRoom(Type, reason);
    }
}
