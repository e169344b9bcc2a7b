using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>
/// What other threads send to a loop: a list that any thread may push to and the loop's thread takes whole. The last one links to <see cref="End"/>, so that
/// the link of whatever is in it is not null.
/// </summary>
internal class Inbox
{
    /// <summary>Stands behind the last one of a list.</summary>
    public static readonly Message End = new Sentinel();

    private static readonly Message s_closed = new Sentinel();

    /// <summary>The newest message, where this is no <see cref="PaddedInbox"/>.</summary>
    private Message? _newest;

    public bool IsEmpty => Volatile.Read(ref Head) is null;

    private ref Message? Head
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref this is PaddedInbox padded ? ref padded.Newest : ref _newest;
    }

    /// <summary>False, and nothing is kept, when the loop has ended.</summary>
    public bool TryPush(Message message)
    {
        while (true)
        {
            var head = Volatile.Read(ref Head);
            if (ReferenceEquals(head, s_closed))
            {
                message.Next = null;
                return false;
            }
            message.Next = head ?? End;
            if (ReferenceEquals(Interlocked.CompareExchange(ref Head, message, head), head))
                return true;
        }
    }

    /// <summary>Takes everything, the oldest first.</summary>
    public MessageList TakeAll()
    {
        if (Volatile.Read(ref Head) is null)
            return new(End);
        return OldestFirst(Interlocked.Exchange(ref Head, null));
    }

    /// <summary>Ends the inbox for good and takes what is left in it, the oldest first.</summary>
    public MessageList Close() => OldestFirst(Interlocked.Exchange(ref Head, s_closed));

    private static MessageList OldestFirst(Message? newest)
    {
        var oldest = End;
        for (newest ??= End; !ReferenceEquals(newest, End);)
        {
            var next = Unsafe.As<Message>(newest.Next!);
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }
        return new(oldest);
    }

    private sealed class Sentinel : Message
    {
        internal override void Run(EventLoop loop)
        {
        }

        internal override void Drop(EventLoop loop)
        {
        }
    }
}

/// <summary>The inbox of a loop with a thread, whose head is on a cache line of its own: every sender writes it, while the loop's thread works.</summary>
internal sealed class PaddedInbox : Inbox
{
    private PaddedLink _head;

    public ref Message? Newest => ref _head.Link;

    [StructLayout(LayoutKind.Explicit, Size = (2 * Padding) + 8)]
    private struct PaddedLink
    {
        private const int Padding = 128;

        [FieldOffset(Padding)]
        public Message? Link;
    }
}
