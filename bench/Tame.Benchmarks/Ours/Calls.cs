namespace Tame.Benchmarks.Ours;

/// <summary>Tamed calls that trigger before they return: no wait, and no trip through the loop.</summary>
internal sealed partial class Calls
{
    private const int First = 1000;
    private long _sum;
    private bool _waits;

    public void Run(int operations)
    {
        _sum = 0;
        Loops.Run(() => All(operations));
        if (_sum != (long)operations * (2 * First + operations - 1) / 2) throw new InvalidOperationException($"The sum is {_sum}.");
    }

    [Tamed]
    private partial void All(int times);

    private void AllBody(int times)
    {
        int value;
        for (var i = 0; i < times; i++)
        {
            using (twait()) Of(First + i, mkevent(out value));
            _sum += value;
        }

        Loops.Stop();
    }

    [Tamed]
    private partial void Of(int value, Event<int> done);

    private void OfBody(int value, Event<int> done)
    {
        if (_waits)
            using (twait())
                asap(mkevent());
        done.Trigger(value);
    }

    /// <summary>Never called. It keeps the compiler from inferring that no call waits.</summary>
    public void MakeThemWait() => _waits = true;
}
