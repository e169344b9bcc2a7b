namespace Tame.Benchmarks.Ours;

/// <summary>A number of tamed calls, each of which waits in a loop for the next pass.</summary>
internal sealed partial class Ping(int outstanding)
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
            using (twait())
                asap(mkevent());
        done.Trigger();
    }
}

/// <summary>One block over many events, again and again.</summary>
internal sealed partial class Fan(int outstanding)
{
    public void Run(int operations) => Loops.Run(() => All(operations / outstanding));

    [Tamed]
    private partial void All(int times);

    private void AllBody(int times)
    {
        for (var i = 0; i < times; i++)
            using (twait())
                for (var each = 0; each < outstanding; each++)
                    asap(mkevent());
        Loops.Stop();
    }
}

/// <summary>Three tamed calls deep, the innermost waits, values come back.</summary>
internal sealed partial class Deep(int outstanding)
{
    private int _sum;

    public void Run(int operations)
    {
        _sum = 0;
        Loops.Run(() => All(operations / outstanding));
        if (_sum != 3 * operations) throw new InvalidOperationException($"{_sum} is not 3 * {operations}.");
    }

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
    private partial void One(int times, Event done);

    private void OneBody(int times, Event done)
    {
        int value;
        for (var i = 0; i < times; i++)
        {
            using (twait()) First(mkevent(out value));
            _sum += value;
        }

        done.Trigger();
    }

    [Tamed]
    private static partial void First(Event<int> done);

    private static void FirstBody(Event<int> done)
    {
        int value;
        using (twait()) Second(mkevent(out value));
        done.Trigger(1 + value);
    }

    [Tamed]
    private static partial void Second(Event<int> done);

    private static void SecondBody(Event<int> done)
    {
        int value;
        using (twait()) Third(mkevent(out value));
        done.Trigger(1 + value);
    }

    [Tamed]
    private static partial void Third(Event<int> done);

    private static void ThirdBody(Event<int> done)
    {
        using (twait()) asap(mkevent());
        done.Trigger(1);
    }
}

/// <summary>A wait with a time limit, which is set and, as nearly always, cancelled again.</summary>
internal sealed partial class Limited(int outstanding)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

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
            using (twait())
                asap(mkevent().WithTimeout(s_limit));
        done.Trigger();
    }
}
