using Tame.Language.Tests.Differential.Support;

namespace Tame.Language.Tests.Differential;

/// <summary>A run of one side: the same program does the same each time.</summary>
public sealed class RunTests
{
    /// <summary>On the thread pool, it comes earlier or later from run to run.</summary>
    [Fact]
    public void Who_waits_for_a_task_goes_on_on_the_thread_of_the_loop()
    {
        int thread = 0;
        string trace = new Run(noticesLosses: false).To((t, done) =>
        {
            t.Work(1).ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => thread = Environment.CurrentManagedThreadId);
            t.Later(2, done);
        });
        Assert.Equal("done", trace);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }
}
