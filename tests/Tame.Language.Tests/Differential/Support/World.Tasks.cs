namespace Tame.Language.Tests.Differential.Support;

/// <summary>
/// Tasks that complete at once (0), or after so many passes: virtual time stands still while a method waits for a task. The continuations run inside the
/// completion, on the thread of the loop. On the thread pool they would run earlier or later from run to run.
/// </summary>
public sealed partial class World
{
    public Task Work(int when) => Work(when, 0);

    public Task<int> Work(int when, int value)
    {
        var source = new TaskCompletionSource<int>();
        Do(when, () => source.SetResult(value));
        return source.Task;
    }

    public ValueTask QuickWork(int when) => when == 0 ? default : new ValueTask(Work(when));

    public ValueTask<int> QuickWork(int when, int value) => when == 0 ? new ValueTask<int>(value) : new ValueTask<int>(Work(when, value));

    public Task<int> FailedWork(int when, int number)
    {
        var source = new TaskCompletionSource<int>();
        Do(when, () => source.SetException(new ProgramException(number)));
        return source.Task;
    }

    public Task<int> CanceledWork(int when, int number)
    {
        Add(number);
        var source = new TaskCompletionSource<int>();
        Do(when, source.SetCanceled);
        return source.Task;
    }

    private void Do(int when, Action complete)
    {
        if (when == 0)
            complete();
        else
            DoLater(when, complete);
    }

    [Tamed] private static partial void DoLater(int when, Action complete);

    private static void DoLaterBody(int when, Action complete)
    {
        for (int pass = 0; pass < when; pass++)
        {
            using (twait()) asap(mkevent());
        }
        WithContinuations(complete);
    }

    /// <summary>A task sends its continuations to the thread pool where a synchronization context is current, as that of a loop is.</summary>
    private static void WithContinuations(Action complete)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            complete();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
