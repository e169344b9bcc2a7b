using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// What only handles hold, so that the collector can tell that nobody is left who could trigger: pooled, finalizable, one for all events
/// of a block or one for an explicit event. Used on the loop's thread; from others only the foreign paths.
/// </summary>
internal sealed class Token(EventLoop loop) : Linked
{
    public readonly EventLoop Loop = loop;
    public Source? Source;

    /// <summary>The number of the only event made with this token; zero when there are several or it is complete.</summary>
    public long Only;

    /// <summary>
    /// The finalizer has run, on the way to a loss that a late completion overtook: nobody may use the token before it arrives. A link tells it, for what
    /// is in the inbox has one and a token is in no other list: a field of its own would make a token 56 bytes, not 48.
    /// </summary>
#if DEBUG
    public bool IsFinalized => Volatile.Read(ref Next) is not null && !IsFree;
#else
    public bool IsFinalized => Volatile.Read(ref Next) is not null;
#endif

    ~Token()
    {
        Volatile.Write(ref Next, Inbox.End);
        Loop.Inbox.TryPush(this);
    }

    /// <summary>Gives the token back: every event made with it is complete.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release()
    {
        Source = null;
        Only = 0;
        if (!IsFinalized)
            Loop.Tokens.Return(this);
    }

    /// <summary>Its events were cancelled while handles may be about: the late trigger of the only one, or the finalizer, gives it back.</summary>
    public void Orphan(bool only)
    {
        Source = null;
        if (!only)
            Only = 0;
    }

    internal override void LeavePool() => GC.SuppressFinalize(this);

    internal override void Arrive(EventLoop loop)
    {
        GC.ReRegisterForFinalize(this);
        if (Source is not { } source)
            Release();
        else if (source.Lose(this))
            loop.CountLoss();
        loop.DrainChain();
    }

    /// <summary>The pending event of that number, or a null reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Cell Find(long number) => ref Find(number, out _);

    /// <summary>The same, with the source that it is in: to read that again behind the write of a value took 0.2 to 0.9 ns of a call that does not wait.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Cell Find(long number, out Source? source)
    {
        source = Source;
        if (source is null)
            return ref Miss(number);
        ref var cell = ref source.Find(number);
        if (Unsafe.IsNullRef(ref cell))
            return ref Miss(number);
        return ref cell;
    }

    /// <summary>Completes an event without a value. Own thread only; leaves the chain of completions to the caller.</summary>
    public bool CompleteLink(long number, Exception? error)
    {
        ref var cell = ref Find(number, out var source);
        if (Unsafe.IsNullRef(ref cell))
            return false;
        source!.Complete(this, ref cell, error);
        return true;
    }

    /// <summary>A handle to a complete event is gone. If the event was cancelled and the only one, nobody else has use for the token. Own thread only.</summary>
    public void LetGo(long number)
    {
        if (number != 0 && Only == number)
            Release();
    }

    public bool IsPending(long number)
    {
        if (Loop.IsEnded)
            return DetachedEvent.Is(this);
        var source = Source;
        return source is not null && !Unsafe.IsNullRef(ref source.Find(number));
    }

    /// <summary>A handle without an event: the late trigger of one that is complete.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Cell Miss(long number)
    {
        LetGo(number);
        return ref Unsafe.NullRef<Cell>();
    }
}
