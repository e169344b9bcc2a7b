namespace Tame.Benchmarks.Ours;

/// <summary>At most so many operations at a time over an explicit rendezvous, joined one id at a time.</summary>
internal sealed partial class Window(int outstanding)
{
    private readonly Rendezvous<int> _done = new();
    private long _sum;

    public void Run(int operations)
    {
        _sum = 0;
        Loops.Run(() => All(operations));
        if (_sum != (long)operations * (operations - 1) / 2) throw new InvalidOperationException($"The sum of the ids is {_sum}.");
    }

    [Tamed]
    private partial void All(int operations);

    private void AllBody(int operations)
    {
        int sent = 0, received = 0;
        while (received < operations)
        {
            if (sent < operations && sent - received < outstanding)
            {
                asap(mkevent(_done, sent++));
                continue;
            }

            twait(_done, out int id);
            _sum += id;
            received++;
        }

        Loops.Stop();
    }
}
