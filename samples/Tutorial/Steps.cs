namespace Tutorial;

/// <summary>The steps of the tutorial before the server.</summary>
internal static partial class Steps
{
    #region countdown
    [Tamed]
    public static partial void Countdown(Event done);

    private static void CountdownBody(Event done)
    {
        for (int i = 3; i > 0; i--)
        {
            Console.WriteLine(i);
            twait(e => timer(TimeSpan.FromSeconds(1), e));
        }
        Console.WriteLine("Go!");
        done.Trigger();
    }
    #endregion

    #region measure
    [Tamed]
    public static partial void Measure(string city, int seconds, Event<int> temperature);

    private static void MeasureBody(string city, int seconds, Event<int> temperature)
    {
        twait(e => timer(TimeSpan.FromSeconds(seconds), e));
        temperature.Trigger(5 * city.Length);
    }
    #endregion

    #region both
    [Tamed]
    public static partial void Both(Event done);

    private static void BothBody(Event done)
    {
        int oslo, london;
        using (twait())
        {
            Measure("Oslo", 2, mkevent(out oslo));
            Measure("London", 1, mkevent(out london));
        }
        Console.WriteLine($"Oslo {oslo}, London {london}");
        done.Trigger();
    }
    #endregion

    #region first
    [Tamed]
    public static partial void First(Event done);

    private static void FirstBody(Event done)
    {
        string[] cities = ["Oslo", "London", "Rome"];
        int[] seconds = [2, 1, 3];
        var temperatures = new int[cities.Length];
        using var answers = new Rendezvous<int>();
        for (int i = 0; i < cities.Length; i++)
            Measure(cities[i], seconds[i], mkevent(answers, i, out temperatures[i]));

        for (int count = 0; count < 2; count++)
        {
            twait(answers, out int i);
            Console.WriteLine($"{cities[i]} {temperatures[i]}");
        }
        Console.WriteLine("two are enough");
        done.Trigger();
    }
    #endregion

    #region window
    [Tamed]
    public static partial void Window(Event done);

    private static void WindowBody(Event done)
    {
        string[] cities = ["Oslo", "London", "Rome", "Lima", "Tokyo"];
        using var running = new Rendezvous();
        for (int next = 0; next < cities.Length || running.Waiting + running.Ready > 0;)
        {
            if (next < cities.Length && running.Waiting + running.Ready < 2)
                Report(cities[next++], mkevent(running));
            else
                twait(running);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Report(string city, Event done);

    private static void ReportBody(string city, Event done)
    {
        Console.WriteLine($"asking {city}");
        twait(e => Measure(city, city.Length, e), out int temperature);
        Console.WriteLine($"{city} {temperature}");
        done.Trigger();
    }
    #endregion

    #region limit
    [Tamed]
    public static partial void Limit(Event done);

    private static void LimitBody(Event done)
    {
        try
        {
            twait(e => Measure("Oslo", 5, e.WithTimeout(TimeSpan.FromSeconds(1))), out int oslo);
            Console.WriteLine($"Oslo {oslo}");
        }
        catch (TimeoutException)
        {
            Console.WriteLine("Oslo does not answer");
        }
        done.Trigger();
    }
    #endregion

    #region task
    [Tamed]
    public static partial void Compute(Event done);

    private static void ComputeBody(Event done)
    {
        twait(Task.Run(() => Enumerable.Range(1, 1_000_000).Sum(n => (long)n)), out long sum);
        Console.WriteLine($"the sum is {sum}");
        done.Trigger();
    }
    #endregion

#pragma warning disable TAME060 // the example shows a lost event
    #region lost
    [Tamed]
    public static partial void Forgetful(Event<int> temperature);

    private static void ForgetfulBody(Event<int> temperature)
    {
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Console.WriteLine("measured, and told no one");
    }

    [Tamed]
    public static partial void Lost(Event done);

    private static void LostBody(Event done)
    {
        twait(e => Forgetful(e), out int temperature);
        Console.WriteLine(temperature);
        done.Trigger();
    }
    #endregion
#pragma warning restore TAME060
}
