using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>
/// What other threads send to a loop: a list that any thread may push to and the loop's thread takes whole. The last one links to <see cref="End"/>, so that
/// the link of whatever is in it is not null.
/// </summary>
internal sealed class Inbox
{
    /// <summary>Stands behind the last one of a list.</summary>
    public static readonly Message End = new Sentinel();

    private static readonly Message s_closed = new Sentinel();

    /// <summary>On a cache line of its own, since every sender writes it.</summary>
    private PaddedLink _head;

    public bool IsEmpty => Volatile.Read(ref _head.Link) is null;

    /// <summary>False, and nothing is kept, when the loop has ended.</summary>
    public bool TryPush(Message message)
    {
        while (true)
        {
            var head = Volatile.Read(ref _head.Link);
            if (ReferenceEquals(head, s_closed))
            {
                message.Next = null;
                return false;
            }
            message.Next = head ?? End;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _head.Link, message, head), head))
                return true;
        }
    }

    /// <summary>Takes everything, the oldest first.</summary>
    public MessageList TakeAll()
    {
        if (Volatile.Read(ref _head.Link) is null)
            return new(End);
        return OldestFirst(Interlocked.Exchange(ref _head.Link, null));
    }

    /// <summary>Ends the inbox for good and takes what is left in it, the oldest first.</summary>
    public MessageList Close() => OldestFirst(Interlocked.Exchange(ref _head.Link, s_closed));

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

    [StructLayout(LayoutKind.Explicit, Size = (2 * Padding) + 8)]
    private struct PaddedLink
    {
        private const int Padding = 128;

        [FieldOffset(Padding)]
        public Message? Link;
    }
}
