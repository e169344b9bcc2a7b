using System.Diagnostics;

namespace Tame.IO;

/// <summary>
/// Kills processes on the thread pool, because finding their descendants takes time. Each process is stopped first, so that it starts no further ones. If the program ended before they are killed, they would remain stopped. So the
/// end of the program waits.
/// </summary>
internal static class Killing
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(30);
    private static int s_underWay;

    static Killing() => AppDomain.CurrentDomain.ProcessExit += (_, _) => SpinWait.SpinUntil(() => Volatile.Read(ref s_underWay) == 0, s_most);

    /// <summary>Starts to kill a process and its descendants, and does not wait for it. Any thread.</summary>
    /// <param name="process">The process.</param>
    /// <param name="disposes">Whether to dispose of it afterward.</param>
    public static void Start(Process process, bool disposes = false)
    {
        Interlocked.Increment(ref s_underWay);
        ThreadPool.UnsafeQueueUserWorkItem(
            static work =>
            {
                StandardStream.Kill(work.process);
                if (work.disposes)
                    work.process.Dispose();
                Interlocked.Decrement(ref s_underWay);
            },
            (process, disposes),
            preferLocal: false);
    }
}
