using System.Runtime.CompilerServices;

namespace Tame.Benchmarks.Peers;

/// <summary>Async calls that complete at once. The values lie beyond those for which Task keeps a completed task.</summary>
internal sealed class Calls
{
    private const int First = 1000;
    private bool _waits;

    public void Run(int operations) => Check(operations, Tasks(operations).GetAwaiter().GetResult());

    public void RunValueTasks(int operations) => Check(operations, ValueTasks(operations).GetAwaiter().GetResult());

    private static void Check(int operations, long sum)
    {
        if (sum != (long)operations * (2 * First + operations - 1) / 2) throw new InvalidOperationException($"The sum is {sum}.");
    }

    private async Task<long> Tasks(int times)
    {
        long sum = 0;
        for (var i = 0; i < times; i++) sum += await OfTask(First + i);
        return sum;
    }

    private async Task<long> ValueTasks(int times)
    {
        long sum = 0;
        for (var i = 0; i < times; i++) sum += await OfValueTask(First + i);
        return sum;
    }

    // What may wait is rarely inlined in a program: a call is measured, not its absence.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<int> OfTask(int value)
    {
        if (_waits) await Task.Yield();
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async ValueTask<int> OfValueTask(int value)
    {
        if (_waits) await Task.Yield();
        return value;
    }

    /// <summary>Never called. It keeps the compiler from inferring that no call waits.</summary>
    public void MakeThemWait() => _waits = true;
}
