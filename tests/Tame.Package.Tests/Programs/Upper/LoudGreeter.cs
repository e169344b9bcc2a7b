using Library;

namespace Upper;

/// <summary>Waits for what another library's tamed method hands over, and overrides it.</summary>
public sealed partial class LoudGreeter : Greeter
{
    [Tamed] public override partial void Greet(string name, Event<string> greeting);

    private void GreetBody(string name, Event<string> greeting)
    {
        string quiet;
        using (twait()) base.Greet(name, mkevent(out quiet));
        greeting.Trigger(quiet.ToUpperInvariant());
    }

    [Tamed] public static partial void GreetAll(string[] names, string[] greetings, Event done);

    private static void GreetAllBody(string[] names, string[] greetings, Event done)
    {
        Greeter greeter = new LoudGreeter();
        using (twait())
            for (int i = 0; i < names.Length; i++) greeter.Greet(names[i], mkevent(out greetings[i]));
        done.Trigger();
    }
}
