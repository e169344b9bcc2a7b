using static System.String;
using Lines = System.Collections.Generic.List<string>;

namespace Tame.Language.Tests.Pairs;

public sealed partial class OtherFileTests
{
    private static void JoinBody(Trace trace, Event done)
    {
        var lines = new Lines();
        foreach (var letter in new[] { "a", "b", "c" })
        {
            using (twait()) asap(mkevent());
            lines.Add(letter);
        }

        trace.Add(lines.Count);
        trace.Add(Concat("[", string.Join(", ", lines), "]"));
        done.Trigger();
    }

    private static void CollectBody(Lines errors, Event done)
    {
        var r = new Rendezvous();
        FailAll(
            mkevent(r), mkevent(r, out int _), mkevent(r, out int _, out string? _),
            mkevent(r, out int _, out string? _, out long _), mkevent(r, out int _, out string? _, out long _, out object? _));
        for (var i = 0; i < 5; i++)
        {
            twait(r, out var error);
            errors.Add(error?.Message ?? "none");
        }

        done.Trigger();
    }

    private static void FailAllBody(Event a, Event<int> b, Event<int, string> c, Event<int, string, long> d, Event<int, string, long, object> e)
    {
        using (twait()) asap(mkevent());
        throw new InvalidOperationException("late");
    }
}
