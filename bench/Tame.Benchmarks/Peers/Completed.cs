namespace Tame.Benchmarks.Peers;

/// <summary>Awaits on tasks that have run to completion.</summary>
internal sealed class Completed
{
    private readonly Task _task = Task.CompletedTask;
    private readonly Task<int> _result = Task.FromResult(1);
    private readonly int _value = 1;

    public void RunTask(int operations) => OnTask(operations).GetAwaiter().GetResult();

    public void RunResult(int operations) => Check(operations, OnResult(operations).GetAwaiter().GetResult());

    public void RunValueTask(int operations) => Check(operations, OnValueTask(operations).GetAwaiter().GetResult());

    private static void Check(int operations, long sum)
    {
        if (sum != operations) throw new InvalidOperationException($"The sum is {sum}.");
    }

    private async Task OnTask(int times)
    {
        for (var i = 0; i < times; i++) await _task;
    }

    private async Task<long> OnResult(int times)
    {
        long sum = 0;
        for (var i = 0; i < times; i++) sum += await _result;
        return sum;
    }

    private async Task<long> OnValueTask(int times)
    {
        long sum = 0;
        for (var i = 0; i < times; i++) sum += await new ValueTask<int>(_value);
        return sum;
    }
}
