namespace Tame.Benchmarks.Peers;

/// <summary>A number of async methods, each of which waits in a loop for the pump.</summary>
internal sealed class Ping(int outstanding)
{
    private readonly Pump _pump = new();

    public void Run(int operations)
    {
        var all = new Task[outstanding];
        for (var i = 0; i < outstanding; i++) all[i] = One(operations / outstanding);
        _pump.Finish(Task.WhenAll(all));
    }

    private async Task One(int times)
    {
        for (var i = 0; i < times; i++) await _pump.Next();
    }
}

/// <summary>Task.WhenAll over many completions at once, again and again.</summary>
internal sealed class Fan(int outstanding)
{
    private readonly Pump _pump = new();

    public void Run(int operations) => _pump.Finish(All(operations / outstanding));

    private async Task All(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var tasks = new Task[outstanding];
            for (var each = 0; each < tasks.Length; each++) tasks[each] = _pump.Next();
            await Task.WhenAll(tasks);
        }
    }
}

/// <summary>Three async calls deep, the innermost waits, values come back.</summary>
internal sealed class Deep(int outstanding)
{
    private readonly Pump _pump = new();
    private int _sum;

    public void Run(int operations)
    {
        _sum = 0;
        var all = new Task[outstanding];
        for (var i = 0; i < outstanding; i++) all[i] = One(operations / outstanding);
        _pump.Finish(Task.WhenAll(all));
        if (_sum != 3 * operations) throw new InvalidOperationException($"{_sum} is not 3 * {operations}.");
    }

    private async Task One(int times)
    {
        for (var i = 0; i < times; i++)
        {
            // Not in one expression: that would read the sum before the wait, and add to what it was then.
            var value = await First();
            _sum += value;
        }
    }

    private async Task<int> First() => 1 + await Second();

    private async Task<int> Second() => 1 + await Third();

    private async Task<int> Third()
    {
        await _pump.Next();
        return 1;
    }
}

/// <summary>A wait with a time limit, which is set and, as nearly always, cancelled again.</summary>
internal sealed class Limited(int outstanding)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly Pump _pump = new();

    public void Run(int operations)
    {
        var all = new Task[outstanding];
        for (var i = 0; i < outstanding; i++) all[i] = One(operations / outstanding);
        _pump.Finish(Task.WhenAll(all));
    }

    private async Task One(int times)
    {
        for (var i = 0; i < times; i++) await _pump.Next().WaitAsync(s_limit);
    }
}
