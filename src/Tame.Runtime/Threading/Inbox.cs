using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>
/// The messages of other threads to a loop: a list that any thread may push to, and that the loop's thread takes as a whole. The last message links to
/// <see cref="End"/>, so that the link of each message in the list is not null.
/// </summary>
internal class Inbox
{
    /// <summary>Marks the end of a list, after the last message.</summary>
    public static readonly Message End = new Sentinel();

    private static readonly Message s_closed = new Sentinel();

    /// <summary>The newest message, unless this is a <see cref="PaddedInbox"/>.</summary>
    private Message? _newest;

    public bool IsEmpty => Volatile.Read(ref Head) is null;

    private ref Message? Head
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref this is PaddedInbox padded ? ref padded.Newest : ref _newest;
    }

    /// <summary>Adds a message. False if the loop has ended; the message is then not kept.</summary>
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

    /// <summary>Takes all messages, the oldest first.</summary>
    public MessageList TakeAll()
    {
        if (Volatile.Read(ref Head) is null)
            return new(End);
        return OldestFirst(Interlocked.Exchange(ref Head, null));
    }

    /// <summary>Closes the inbox permanently and takes the remaining messages, the oldest first.</summary>
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

/// <summary>The inbox of a loop with a thread. Its head is on a separate cache line, because every sender writes it while the loop's thread works.</summary>
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
