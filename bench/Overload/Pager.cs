namespace Tame.Overload;

/// <summary>
/// A machine with so many pages of memory and one disk. While more pages are taken than there are, each read of the disk takes longer, since pages are written out and
/// read again: by the square of how many times too many they are.
/// </summary>
internal sealed class Pager(Resource pages)
{
    private static readonly TimeSpan s_read = TimeSpan.FromMilliseconds(10);
    private readonly CountingSemaphore _disk = new(1);

    /// <summary>Reads a page from the disk, in the turn of asking.</summary>
    public void Read(Event done) => PagerReads.Read(_disk, pages, s_read, done);
}

internal static partial class PagerReads
{
    [Tamed] public static partial void Read(CountingSemaphore disk, Resource pages, TimeSpan time, Event done);

    private static void ReadBody(CountingSemaphore disk, Resource pages, TimeSpan time, Event done)
    {
        twait(e => disk.Acquire(e));
        try
        {
            double crowding = Math.Max(1, (double)pages.Used / pages.Capacity);
            twait(e => timer(time * (crowding * crowding), e));
        }
        finally
        {
            disk.Release();
        }
        done.Trigger();
    }
}
