namespace Tame.Language.Tests.Differential.Support;

/// <summary>Tasks that complete at once (0), on the next pass (1), or after so many seconds.</summary>
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
            DoLater(this, when, complete);
    }

    [Tamed] private static partial void DoLater(World world, int when, Action complete);

    private static void DoLaterBody(World world, int when, Action complete)
    {
        using (twait()) world.Later(when, mkevent());
        complete();
    }
}
