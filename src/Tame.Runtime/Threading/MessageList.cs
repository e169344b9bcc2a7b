using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Messages that were taken from an inbox, the oldest first.</summary>
internal struct MessageList(Message first)
{
    private Message _first = first;

    public readonly bool IsEmpty => ReferenceEquals(_first, Inbox.End);

    /// <summary>Takes the oldest message.</summary>
    public bool TryTake([NotNullWhen(true)] out Message? message)
    {
        if (IsEmpty)
        {
            message = null;
            return false;
        }
        message = _first;
        _first = Unsafe.As<Message>(message.Next!);
        message.Next = null;
        return true;
    }
}
