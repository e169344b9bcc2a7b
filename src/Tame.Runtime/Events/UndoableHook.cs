using Tame.CompilerServices;

namespace Tame;

/// <summary>A hook that an <see cref="EventRegistration"/> can take out again.</summary>
internal abstract class UndoableHook : Hook
{
    /// <summary>Where the event is, while the hook sits on it.</summary>
    private Source? _source;
    private long _number;

    /// <summary>The loop of the event; null while there is none. Any thread may read it.</summary>
    internal EventLoop? Loop { get; private protected set; }

    /// <summary>Tells this use of the hook from all others; zero once the hook has been called or undone.</summary>
    private protected long Id { get; set; }

    /// <summary>What undoes this use of the hook; empty once that is over.</summary>
    internal EventRegistration Registration => Id == 0 ? default : new(this, Id);

    /// <summary>Sits on a pending event of this thread's loop.</summary>
    internal void SitOn(Source source, ref Cell cell)
    {
        _source = source;
        _number = cell.Number;
        AddTo(ref cell);
    }

    /// <summary>False once that use is over. Another thread may see true for longer.</summary>
    internal bool IsInUse(long id) => id != 0 && id == Id;

    /// <summary>Ends that use of the hook, on the loop's thread; nothing happens when it is over.</summary>
    internal void Undo(long id)
    {
        if (!IsInUse(id))
            return;
        if (_source is { } source)
        {
            ref var cell = ref source.Find(_number);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref cell))
                return;
            RemoveFrom(ref cell);
        }
        Removed();
    }

    /// <summary>This use is over.</summary>
    private protected void Leave()
    {
        Id = 0;
        _source = null;
    }
}

/// <summary>The end of a registration on its way from another thread.</summary>
internal sealed class UndoMessage(UndoableHook hook, long id) : Message
{
    internal override void Run(EventLoop loop) => hook.Undo(id);

    /// <summary>The end of the loop has called the hook, or the event that it sat on is gone.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
