using System.Runtime.CompilerServices;

namespace Demo;

[InlineArray(3)]
public struct Three
{
    private int _first;
}

public sealed class Holder
{
    public Three Items;
}

public static partial class Inline
{
    private static Three Make() => default;

    [Tamed] public static partial void Run(Three own, Holder[] holders, Event<long> done);

    private static void RunBody(Three own, Holder[] holders, Event<long> done)
    {
        long sum = 0;
        foreach (var item in own)
        {
            own[2] = item;
            using (twait()) asap(mkevent());
            sum += item;
        }

        foreach (long item in holders[^1].Items)
        {
            using (twait()) asap(mkevent());
            sum += item;
        }

        foreach (var item in Make())
        {
            using (twait()) asap(mkevent());
            sum += item;
        }

        done.Trigger(sum);
    }
}
