using Tame.CompilerServices;

namespace Tame;

/// <summary>A hook that an <see cref="EventRegistration"/> can remove.</summary>
internal abstract class UndoableHook : Hook
{
    /// <summary>The location of the event, while the hook is attached.</summary>
    private Source? _source;
    private long _number;

    /// <summary>The loop of the event, or null. Any thread may read it.</summary>
    internal EventLoop? Loop { get; private protected set; }

    /// <summary>Distinguishes this use of the hook from all others. Zero after the hook has been called or undone.</summary>
    private protected long Id { get; set; }

    /// <summary>The registration that undoes this use of the hook. Empty after that use has ended.</summary>
    internal EventRegistration Registration => Id == 0 ? default : new(this, Id);

    /// <summary>Attaches the hook to a pending event of this thread's loop.</summary>
    internal void SitOn(Source source, ref Cell cell)
    {
        _source = source;
        _number = cell.Number;
        AddTo(ref cell);
    }

    /// <summary>Returns false if that use has ended. Another thread may see true for longer.</summary>
    internal bool IsInUse(long id) => id != 0 && id == Id;

    /// <summary>Ends that use of the hook, on the loop's thread. Does nothing if it has already ended.</summary>
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

    /// <summary>Ends this use.</summary>
    private protected void Leave()
    {
        Id = 0;
        _source = null;
    }
}

/// <summary>Carries the end of a registration from another thread.</summary>
internal sealed class UndoMessage(UndoableHook hook, long id) : Message
{
    internal override void Run(EventLoop loop) => hook.Undo(id);

    /// <summary>The end of the loop has called the hook, or its event no longer exists.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
