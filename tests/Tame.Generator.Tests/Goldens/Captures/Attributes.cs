using System.Runtime.CompilerServices;

namespace Demo;

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class HereAttribute([CallerLineNumber] int line = 0) : Attribute
{
    public int Line { get; } = line;
}

public static partial class Attributes
{
    [Tamed] public static partial void Run(List<Delegate> all, int i, Event done);

    private static void RunBody(List<Delegate> all, int i, Event done)
    {
        using (twait()) asap(mkevent());
        all.Add(Add);
        done.Trigger();

        [Here]
        int Add(
            [Here] int x, int y,
            [Here] params int[] more) => i + x + y + more.Length;
    }
}
