namespace Tame.Language.Tests.Differential.Support;

/// <summary>What completes the events of a program: at once (0), on the next pass (1), or after so many seconds.</summary>
public sealed partial class World
{
    public void Later(int when, Event e)
    {
        if (when == 0)
            e.Trigger();
        else if (when == 1)
            asap(e);
        else
            timer(TimeSpan.FromSeconds(when), e);
    }

    /// <summary>Writes down that the event is complete, however that comes.</summary>
    public void Tell(int when, Event e)
    {
        e.OnComplete(_ => Add(when), null);
        Later(when, e);
    }

    public void Later<T>(int when, T value, Event<T> e)
    {
        if (when == 0)
            e.Trigger(value);
        else
            Later(when, e.Bind(value));
    }

    public void Later<T1, T2>(int when, T1 first, T2 second, Event<T1, T2> e)
    {
        if (when == 0)
            e.Trigger(first, second);
        else
            TriggerLater(this, when, first, second, e);
    }

    /// <summary>A line of text, or null.</summary>
    public void Line(int when, Event<string?> e) => Later(when, Next(2) == 0 ? null : "line", e);

    public Task<string?> Line() => Task.FromResult(Next(2) == 0 ? null : "line");

    public void Fail(int when, int number, Event e)
    {
        if (when == 0)
            e.Fail(new ProgramException(number));
        else
            FailLater(this, when, number, e);
    }

    public void Fail<T>(int when, int number, Event<T> e) => Fail(when, number, e.Unblocker);

    [Tamed] private static partial void FailLater(World world, int when, int number, Event e);

    private static void FailLaterBody(World world, int when, int number, Event e)
    {
        using (twait()) world.Later(when, mkevent());
        e.Fail(new ProgramException(number));
    }

    [Tamed] private static partial void TriggerLater<T1, T2>(World world, int when, T1 first, T2 second, Event<T1, T2> e);

    private static void TriggerLaterBody<T1, T2>(World world, int when, T1 first, T2 second, Event<T1, T2> e)
    {
        using (twait()) world.Later(when, mkevent());
        e.Trigger(first, second);
    }
}
