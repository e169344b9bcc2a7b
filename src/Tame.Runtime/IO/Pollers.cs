namespace Tame.IO;

/// <summary>Selects the poller for this system.</summary>
internal static class Pollers
{
    public static IPoller Open()
    {
        if (OperatingSystem.IsLinux())
            return new EpollPoller();
        return Environment.OSVersion.Platform == PlatformID.Unix ? new PollPoller() : new SelectPoller();
    }
}
