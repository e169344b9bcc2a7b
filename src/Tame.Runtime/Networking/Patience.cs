using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The limit of attempts without a wait between two reports of the poller, so that one busy peer does not starve the others. The count and the report that it
/// belongs to are in one number, because a connection has no room for more.
/// </summary>
internal static class Patience
{
    private const byte Most = 16;

    /// <summary>Takes one attempt. Returns false if none is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(EventLoop loop, ref ushort attempts)
    {
        byte report = loop.PollerReports;
        int taken = attempts >> 8 == report ? (byte)attempts : 0;
        if (taken >= Most)
            return false;
        attempts = (ushort)(report << 8 | taken + 1);
        return true;
    }

    /// <summary>A wait has ended, so all attempts are available again.</summary>
    public static void Restore(ref ushort attempts) => attempts = 0;
}
