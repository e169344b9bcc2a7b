namespace Coordination;

/// <summary>Two permits for four calls.</summary>
public static partial class Semaphores
{
    #region semaphore
    [Tamed] public static partial void LoadAll(string[] pages, TextWriter output, Event done);

    private static void LoadAllBody(string[] pages, TextWriter output, Event done)
    {
        var connections = new CountingSemaphore(2);
        using (twait())
        {
            foreach (string page in pages)
                Load(page, connections, output, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void Load(string page, CountingSemaphore connections, TextWriter output, Event done);

    private static void LoadBody(string page, CountingSemaphore connections, TextWriter output, Event done)
    {
        twait(e => connections.Acquire(e));
        try
        {
            twait(e => timer(TimeSpan.FromSeconds(1), e));
            output.WriteLine($"{Programs.Now}: {page}");
        }
        finally
        {
            connections.Release();
        }
        done.Trigger();
    }
    #endregion
}
