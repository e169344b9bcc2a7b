using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The limit of attempts without a wait between two reports of the poller, so that one busy peer does not starve the others. The count and the report that it
/// belongs to are in one number, because a connection has no space for more.
/// </summary>
internal static class Patience
{
    /// <summary>The most attempts to receive, or to accept. A server that answers what it receives makes as many sends.</summary>
    public const byte Receives = 8;

    /// <summary>The most attempts to send. Waiting to send costs two system calls more than waiting for bytes, so receives reach their limit first.</summary>
    public const byte Sends = 16;

    /// <summary>Takes one attempt. Returns false if none is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(EventLoop loop, ref ushort attempts, byte most)
    {
        byte report = loop.PollerReports;
        int taken = attempts >> 8 == report ? (byte)attempts : 0;
        if (taken >= most)
            return false;
        attempts = (ushort)(report << 8 | taken + 1);
        return true;
    }

    /// <summary>A wait has ended, so all attempts are available again.</summary>
    public static void Restore(ref ushort attempts) => attempts = 0;
}
