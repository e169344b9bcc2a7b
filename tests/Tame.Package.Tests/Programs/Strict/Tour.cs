namespace Strict;

/// <summary>Tamed methods of every shape, with every wait.</summary>
/// <param name="name">Who walks.</param>
public sealed partial class Tour(string name)
{
    private readonly int[] _minutes = new int[3];
    private int _last;

    /// <summary>Walks, stops and walks again.</summary>
    /// <param name="steps">How long each step is.</param>
    /// <param name="stop">What is between them.</param>
    /// <param name="done">Gets who walked how far.</param>
    [Tamed]
    public partial void Walk(int[] steps, IStop stop, Event<string> done);

    private void WalkBody(int[] steps, IStop stop, Event<string> done)
    {
        using (twait())
        {
            for (int i = 0; i < steps.Length; i++)
            {
                Step(steps[i], mkevent(out _minutes[i]));
            }
        }

        int sum = 0;
        foreach (int minutes in _minutes)
        {
            using (twait())
            {
                stop.Spend(minutes, mkevent(out _last));
            }

            sum += _last;
        }

        int half = 0;
        using (twait())
        {
            Step(sum, mkevent(out half));
        }

        switch (Twice())
        {
            case > 3:
                _ = done.Trigger($"{name}: {sum}");
                break;
            default:
                using (twait())
                {
                    asap(mkevent());
                }

                _ = done.Trigger(name);
                break;
        }

        int Twice()
        {
            return half * 2;
        }
    }

    [Tamed]
    private static partial void Step(int minutes, Event<int> done);

    private static void StepBody(int minutes, Event<int> done)
    {
        _ = done.Trigger(minutes);
    }

    /// <summary>Waits for two things in turn, one of which may be given up.</summary>
    /// <param name="limit">When it is given up.</param>
    /// <param name="done">Gets whether it was there in time.</param>
    /// <param name="tries">How often it is tried.</param>
    [Tamed]
    public static partial void Meet(TimeSpan limit, Event<bool> done, int tries = 1);

    private static void MeetBody(TimeSpan limit, Event<bool> done, int tries)
    {
        bool inTime = false;
        try
        {
            for (int i = 0; i < tries; i++)
            {
                int minutes = -1;
                Rendezvous<int> first = new();
                Event<int> step = mkevent(first, 1, out minutes);
                Step(1, step);
                timer(limit, mkevent(first, 2));
                twait(first, out int which);
                _ = step.Unblock();
                twait(first, out int other);
                inTime = which < other && minutes > 0;
            }

            using (twait())
            {
                Keep(inTime, mkevent(out inTime));
            }
        }
        catch (TimeoutException)
        {
            using (twait())
            {
                asap(mkevent());
            }
        }
        finally
        {
            _ = done.Trigger(inTime);
        }
    }

    [Tamed]
    private static partial void Keep<T>(T value, Event<T> done)
        where T : notnull;

    private static void KeepBody<T>(T value, Event<T> done)
        where T : notnull
    {
        using (twait())
        {
            asap(mkevent());
        }

        _ = done.Trigger(value);
    }

    /// <summary>Starts a step whose end the caller may bring about.</summary>
    /// <param name="minutes">How long it is.</param>
    /// <param name="done">Triggered at its end.</param>
    /// <param name="inner">Ends it early.</param>
    [Tamed]
    internal static partial void Begin(int minutes, Event done, out Event inner);

    private static void BeginBody(int minutes, Event done, out Event inner)
    {
        using Rendezvous<bool> ends = new();
        inner = mkevent(ends, false);
        timer(TimeSpan.FromMinutes(minutes), mkevent(ends, true));
        twait(ends, out bool _);
        _ = done.Trigger();
    }
}
