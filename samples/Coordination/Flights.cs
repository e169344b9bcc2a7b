namespace Coordination;

/// <summary>Three calls that ask for two names at the same time.</summary>
public static partial class Flights
{
    #region flight
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var lookups = new SingleFlight<string, int>((name, length) => LookUp(name, output, length));
        int a, b, c;
        using (twait())
        {
            lookups.Run("tea", mkevent(out a));
            lookups.Run("coffee", mkevent(out b));
            lookups.Run("tea", mkevent(out c));
            output.WriteLine($"{lookups.UnderWay} under way");
        }
        output.WriteLine($"{a} {b} {c}");
        done.Trigger();
    }

    [Tamed] private static partial void LookUp(string name, TextWriter output, Event<int> length);

    private static void LookUpBody(string name, TextWriter output, Event<int> length)
    {
        output.WriteLine($"looks up {name}");
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        length.Trigger(name.Length);
    }
    #endregion
}
