namespace Tame.AspNetCore.Tests;

/// <summary>For what happens soon, on another thread.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static Task Holds(Func<bool> condition, string what) => Holds(condition, () => what);

    public static async Task Holds(Func<bool> condition, Func<string> what)
    {
        for (long start = Environment.TickCount64; !condition();)
        {
            if (Environment.TickCount64 - start > s_patience.TotalMilliseconds)
                Assert.Fail(what());
            await Task.Delay(5);
        }
    }

    /// <summary>Waits for a task with patience, so that a test that hangs fails.</summary>
    public static Task Ends(this Task task) => task.WaitAsync(s_patience);

    public static Task<T> Ends<T>(this Task<T> task) => task.WaitAsync(s_patience);
}
