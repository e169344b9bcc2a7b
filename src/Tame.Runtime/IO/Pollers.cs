namespace Tame.IO;

/// <summary>Picks the poller of this system.</summary>
internal static class Pollers
{
    public static IPoller Open()
    {
        if (OperatingSystem.IsLinux())
            return new EpollPoller();
        throw new PlatformNotSupportedException("Event loops run on Linux so far. Run the program there, or in a Linux container.");
    }
}
