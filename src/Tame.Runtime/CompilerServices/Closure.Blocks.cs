using System.Diagnostics;

namespace Tame.CompilerServices;

// Blocks: using (twait()) { S }
public abstract partial class Closure
{
    private ushort _depth;

    /// <summary>The innermost open block. The outermost block is the closure itself, so that a single block writes no reference.</summary>
    private Block Innermost => _depth > 1 ? Extras!.Nested! : this;

    /// <summary>Opens a block; blocks nest.</summary>
    public void EnterBlock()
    {
        if (_depth++ != 0)
            EnterNested();
    }

    /// <summary>The closing brace. Releases the block's lifeline.</summary>
    /// <param name="state">The number of the resume label.</param>
    /// <returns>True when all events have completed; false when the call is blocked and the body must return.</returns>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public bool BlockDone(int state)
    {
        RequireLoop();
        State = state;
        if (Innermost.Close())
            return true;
        if (Extras is { } extras)
        {
            extras.Joining = null;
            extras.Left = null;
        }
        Suspend();
        return false;
    }

    /// <summary>Pops a block whose wait is outside every try region of the body.</summary>
    /// <returns>False if the block failed. The runtime keeps the failure for the event parameters, and the body must return.</returns>
    public bool EndBlock()
    {
        var failure = Pop();
        return failure is null || Keep(failure);
    }

    /// <summary>Pops a block, and throws its failure: that of the failed event that was created first.</summary>
    [StackTraceHidden]
    public void EndBlockOrThrow()
    {
        if (Pop() is { } failure)
            FailureGroup.Throw(failure);
    }

    /// <summary>Cancels and pops the blocks that an exception left.</summary>
    /// <param name="depth">The number of blocks that stay open.</param>
    public void Unwind(int depth)
    {
        while (_depth > depth)
        {
            Innermost.Abandon();
            if (Pop() is { } failure)
                (Extras!.Left ??= []).Add(failure);
        }
    }

    /// <summary>Cancels and pops the blocks that an exception left. Failures of these blocks' events become other failures of the exception.</summary>
    /// <param name="depth">The number of blocks that stay open.</param>
    /// <param name="error">The exception. It is null if the filter of the user's clause has set its variable to null. Then the failures are dropped.</param>
    public void Unwind(int depth, Exception? error)
    {
        Unwind(depth);
        if (TakeLeft() is { } left && error is not null)
            FailureGroup.Arrived(FailureGroup.Join([FailureGroup.Leaving(error), .. left]));
    }

    private Exception? Pop()
    {
        if (--_depth == 0)
            return Reset();
        var extras = Extras!;
        var nested = extras.Nested!;
        var failure = nested.Reset();
        extras.Nested = nested.Parent;
        nested.Free();
        return failure;
    }

    private List<Exception>? TakeLeft()
    {
        if (Extras is not { Left: { } left } extras)
            return null;
        extras.Left = null;
        return left;
    }

    private void EnterNested()
    {
        var block = (NestedBlock?)Loop?.Pools.NestedBlocks.Rent() ?? new NestedBlock();
        var extras = Extras ??= new CallExtras();
        block.Open(this, extras.Nested);
        extras.Nested = block;
    }

    /// <summary>
    /// Keeps a failure that leaves the body without being thrown, because throwing it again at each hop would be quadratic. The loop keeps it, because the body
    /// returns to the loop at once.
    /// </summary>
    private bool Keep(Exception failure)
    {
        var leaving = FailureGroup.Arrived(failure);
        CallTrace.Add(leaving, Type, Line);
        Loop!.Calls.LeavingFailure = leaving;
        _marks |= Marks.Failed;
        return false;
    }

    private Exception TakeKeptFailure(EventLoop loop)
    {
        var failure = loop.Calls.LeavingFailure!;
        loop.Calls.LeavingFailure = null;
        _marks &= ~Marks.Failed;
        return failure;
    }
}
