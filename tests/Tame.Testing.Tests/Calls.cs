namespace Tame.Testing.Tests;

/// <summary>Tamed calls that the tests look at.</summary>
internal static partial class Calls
{
    public static TimeSpan Seconds(double count) => TimeSpan.FromSeconds(count);

    [Tamed] public static partial void Sleep(TimeSpan time, Event done);

    private static void SleepBody(TimeSpan time, Event done)
    {
        twait(e => timer(time, e));
        done.Trigger();
    }

    /// <summary>Takes so many seconds, and hands them over.</summary>
    [Tamed] public static partial void Count(int seconds, Event<int> result);

    private static void CountBody(int seconds, Event<int> result)
    {
        twait(e => Sleep(Seconds(seconds), e));
        result.Trigger(seconds);
    }

    /// <summary>Waits for an event that no code has.</summary>
    [Tamed] public static partial void Lose(Event done);

    private static void LoseBody(Event done)
    {
        twait(e => Drop(e));
        done.Trigger();
    }

    public static void Drop(Event e) => _ = e;

    /// <summary>Waits for as long as the mutex is held.</summary>
    [Tamed] public static partial void Lock(SharedMutex mutex, Event done);

    private static void LockBody(SharedMutex mutex, Event done)
    {
        twait(e => mutex.Acquire(e));
        mutex.Release();
        done.Trigger();
    }

    [Tamed] public static partial void Throw(TimeSpan time, Event done);

    private static void ThrowBody(TimeSpan time, Event done)
    {
        twait(e => timer(time, e));
        throw new FormatException("thrown by the body");
    }

    /// <summary>Ticks every second, and never ends.</summary>
    [Tamed] public static partial void Tick(Event done);

    private static void TickBody(Event done)
    {
        while (!done.Equals(default))
            twait(e => Sleep(Seconds(1), e));
        done.Trigger();
    }

    /// <summary>Where this file says what.</summary>
    public static string Place(string what, [System.Runtime.CompilerServices.CallerFilePath] string file = "")
    {
        int line = Array.FindIndex(File.ReadAllLines(file), text => text.EndsWith(what, StringComparison.Ordinal)) + 1;
        return $"{file}:{line}";
    }
}
