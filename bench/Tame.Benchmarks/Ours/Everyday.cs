namespace Tame.Benchmarks.Ours;

/// <summary>Tamed calls, each of which waits in a loop for the next pass, by one statement.</summary>
internal sealed partial class Starts(int outstanding)
{
    public void Run(int operations) => Loops.Run(() => All(operations / outstanding));

    [Tamed]
    private partial void All(int times);

    private void AllBody(int times)
    {
        using (twait())
            for (var i = 0; i < outstanding; i++)
                One(times, mkevent());
        Loops.Stop();
    }

    [Tamed]
    private static partial void One(int times, Event done);

    private static void OneBody(int times, Event done)
    {
        for (var i = 0; i < times; i++)
            twait(e => asap(e));
        done.Trigger();
    }
}

/// <summary>Waits for tasks that have run to completion.</summary>
internal sealed partial class Completed
{
    private readonly Task _task = Task.CompletedTask;
    private readonly Task<int> _result = Task.FromResult(1);
    private readonly int _value = 1;
    private long _sum;

    public void RunTask(int operations) => Loops.Run(() => OnTask(operations));

    public void RunResult(int operations) => Check(operations, OnResult);

    public void RunValueTask(int operations) => Check(operations, OnValueTask);

    private void Check(int operations, Action<int> run)
    {
        _sum = 0;
        Loops.Run(() => run(operations));
        if (_sum != operations) throw new InvalidOperationException($"The sum is {_sum}.");
    }

    [Tamed]
    private partial void OnTask(int times);

    private void OnTaskBody(int times)
    {
        for (var i = 0; i < times; i++) twait(_task);
        Loops.Stop();
    }

    [Tamed]
    private partial void OnResult(int times);

    private void OnResultBody(int times)
    {
        long sum = 0;
        for (var i = 0; i < times; i++)
        {
            twait(_result, out int value);
            sum += value;
        }

        _sum = sum;
        Loops.Stop();
    }

    [Tamed]
    private partial void OnValueTask(int times);

    private void OnValueTaskBody(int times)
    {
        long sum = 0;
        for (var i = 0; i < times; i++)
        {
            twait(new ValueTask<int>(_value), out int value);
            sum += value;
        }

        _sum = sum;
        Loops.Stop();
    }
}
