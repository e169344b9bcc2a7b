using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>An implicit rendezvous: the events made inside one <c>twait</c> block. Only the runtime derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Block : Source
{
    /// <summary>
    /// The token of all events here while the body is inside the block, and between two blocks the one to use next. Null while events
    /// are pending behind the closing brace: then only their handles hold it.
    /// </summary>
    private Token? _token;
    private int _pending;

    /// <summary>The first cell is taken: the next event goes behind it.</summary>
    private bool _used;
    private bool _closed;

    /// <summary>The upper part of <see cref="Closure.Since"/>. With one byte more every closure would be a word larger.</summary>
    private protected byte SinceHigh;

#if DEBUG
    internal bool HasToken => _token is not null;
#endif

    private protected Block()
    {
    }

    /// <summary>The call whose block this is.</summary>
    private protected abstract Closure Owner { get; }

    /// <summary>Adds a pending event and returns its token. The body is inside the block.</summary>
    internal Token Add(EventLoop loop, object? target, nint offset, int line, out long number)
    {
        var token = _token ??= loop.RentToken(this);
        ref var cell = ref First;
        if (!_used)
        {
            _used = true;
            cell.Number = number = loop.TakeNumbers(1);
            token.AddFirst(number);
        }
        else
        {
            cell = ref (Extras ??= new BlockExtras()).More.Add(loop, out number);
            token.AddAnother(number);
        }
        cell.Aim(target, offset);
        cell.Line = line;
        _pending++;
        return token;
    }

    internal override void LeavePool()
    {
        _token?.Release();
        _token = null;
    }

    /// <summary>The closing brace: lets the token go. True when every event has completed.</summary>
    internal bool Close()
    {
        _closed = true;
        if (_pending == 0)
            return true;
        _token = null;
        return false;
    }

    internal sealed override void Complete(Token token, ref Cell cell, Exception? error)
    {
        var loop = token.Loop;
        token.NoteComplete(cell.Number);
        if (error is not null)
            AddFailure(cell.Number, error);
        var hooks = cell.Close(loop, this);
        if (--_pending == 0 && _closed)
        {
            if (token.IsSuspected)
                token.Release();
            else
                _token = token;
            loop.Wake(Owner);
        }
        if (hooks is not null)
            loop.Call(hooks, token);
    }

    internal sealed override long PendingUpTo(long last) => _pending != 0 && FirstPending() is var number && number <= last ? number : 0;

    internal sealed override bool Keeps(Token token) => ReferenceEquals(_token, token);

    /// <summary>A block that is out of reach is finalized with its token at each collection, if the token stays here.</summary>
    internal sealed override bool TryDrop(Token token)
    {
        if (!Keeps(token))
            return true;
        if (_pending != 0)
            return false;
        _token = null;
        return true;
    }

    internal sealed override void Lose(long last)
    {
        AddFailure(FirstPending(), LostEvents.In(Owner.Type, ref First, Extras));
        CancelEvents();
        if (_closed)
            Owner.Wake();
    }

    /// <summary>An exception leaves the block, or the loop ends: its events are complete, and nobody waits for them.</summary>
    internal void Abandon()
    {
        if (_token is { } token)
        {
            _token = null;
            if (_pending == 0)
                token.Release();
            else
                token.Orphan();
        }
        if (_pending != 0)
            CancelEvents();
    }

    /// <summary>Wakes the call that waits here with a failure, which comes before those of the events.</summary>
    internal void Fail(Exception error)
    {
        AddFailure(BlockFailures.BeforeAll, error);
        CancelEvents();
        Owner.Wake();
    }

    /// <summary>Takes the failures of the block, joined, and makes the block ready for its next use.</summary>
    internal Exception? Reset()
    {
        _used = _closed = false;
        return Extras is { } extras ? Reset(extras) : null;
    }

    /// <summary>Marks all events complete, in the order of making, and calls their hooks after.</summary>
    private void CancelEvents()
    {
        var loop = Owner.Loop!;
        _pending = 0;
        var hooks = new HookList();
        if (First.IsPending)
            hooks.Add(First.Close(loop));
        Extras?.More.CloseAll(loop, ref hooks);
        hooks.Call(loop);
    }

    private static Exception? Reset(BlockExtras extras)
    {
        extras.More.Reset();
        return extras.Failures.IsEmpty ? null : extras.Failures.Take();
    }

    private void AddFailure(long number, Exception error) => (Extras ??= new BlockExtras()).Failures.Add(number, error);

    /// <summary>The number of the first event that is still pending. There must be one.</summary>
    private long FirstPending()
    {
        if (First.IsPending)
            return First.Number;
        ref var more = ref Extras!.More;
        int i = 0;
        while (!more[i].IsPending)
            i++;
        return more[i].Number;
    }
}
