namespace Tame.Language.Tests.Control;

/// <summary>Waits in the sections of a <c>switch</c>.</summary>
public sealed partial class SwitchTests
{
    [Fact]
    public void Each_section_waits_and_goes_on_behind_the_switch() =>
        Assert.Equal("one; two or three; two or three; other 4; after", Trace.Of(Constants));

    [Tamed] private static partial void Constants(Trace trace, Event done);

    private static void ConstantsBody(Trace trace, Event done)
    {
        for (var i = 1; i < 5; i++)
        {
            switch (i)
            {
                case 1:
                    using (twait()) asap(mkevent());
                    trace.Add("one;");
                    break;
                case 2:
                case 3:
                    trace.Add("two or");
                    using (twait()) asap(mkevent());
                    trace.Add("three;");
                    break;
                default:
                    var seen = i;
                    using (twait()) asap(mkevent());
                    trace.Add($"other {seen};");
                    break;
            }
        }

        trace.Add("after");
        done.Trigger();
    }

    [Fact]
    public void Patterns_bind_what_lives_across_the_wait() =>
        Assert.Equal("long text 12 | even 4 | number 3 | pair 1 and two | nothing | many 3 | Version", Trace.Of(Patterns));

    [Tamed] private static partial void Patterns(Trace trace, Event done);

    private static void PatternsBody(Trace trace, Event done)
    {
        object?[] values = ["a longer text", 4, 3, (1, "two"), null, new[] { 1, 2, 3 }, new Version(1, 2)];
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) trace.Add("|");
            switch (values[i])
            {
                case string { Length: > 5 and var length }:
                    using (twait()) asap(mkevent());
                    trace.Add($"long text {length - 1}");
                    continue;
                case int n when n % 2 == 0:
                    using (twait()) asap(mkevent());
                    trace.Add($"even {n}");
                    continue;
                case int n:
                    trace.Add($"number {n}");
                    break;
                case (int first, string second):
                    using (twait()) timer(TimeSpan.FromSeconds(first), mkevent());
                    trace.Add($"pair {first} and {second}");
                    break;
                case int[] and [_, .. var rest, _] when rest.Length > 0:
                    using (twait()) asap(mkevent());
                    trace.Add($"many {rest.Length + 2}");
                    break;
                case null:
                    trace.Add("nothing");
                    break;
                case var other:
                    using (twait()) asap(mkevent());
                    trace.Add(other.GetType().Name);
                    break;
            }
        }

        done.Trigger();
    }

    [Fact]
    public void Goto_case_and_default_go_to_sections_with_and_without_waits() =>
        Assert.Equal("start 1 2 default | default | three 1 2 default | x y default2", Trace.Of(Gotos));

    [Tamed] private static partial void Gotos(Trace trace, Event done);

    private static void GotosBody(Trace trace, Event done)
    {
        foreach (long start in new long[] { 0, 9, 3 })
        {
            switch (start)
            {
                case 0:
                    trace.Add("start");
                    goto case 1;
                case 1:
                    using (twait()) asap(mkevent());
                    trace.Add(1);
                    goto case 2;
                default:
                    trace.Add("default |");
                    break;
                case 2:
                    trace.Add(2);
                    goto default;
                case 3L:
                    try
                    {
                        using (twait()) asap(mkevent());
                        trace.Add("three");
                        goto case 1;
                    }
                    finally
                    {
                        GC.KeepAlive(trace);
                    }
            }
        }

        var word = "x";
        switch (word)
        {
            case "x":
                using (twait()) asap(mkevent());
                trace.Add(word);
                goto case "y";
            case "y":
                trace.Add("y");
                goto default;
            default:
                trace.Add("default2");
                break;
        }

        done.Trigger();
    }

    [Fact]
    public void No_section_matches_and_switches_nest() => Assert.Equal("none; inner 2; outer; end", Trace.Of(Nested));

    [Tamed] private static partial void Nested(Trace trace, Event done);

    private static void NestedBody(Trace trace, Event done)
    {
        for (var i = 0; i < 3; i++)
        {
            switch (i)
            {
                case 2:
                    switch (i * 10)
                    {
                        case 20 when i == 2:
                            using (twait()) asap(mkevent());
                            trace.Add($"inner {i};");
                            break;
                    }

                    trace.Add("outer;");
                    break;
                case 1:
                    while (true)
                    {
                        using (twait()) asap(mkevent());
                        break;
                    }

                    break;
                case 0:
                    switch (i)
                    {
                        case 7:
                            using (twait()) asap(mkevent());
                            trace.Add("never");
                            break;
                    }

                    trace.Add("none;");
                    goto case 1;
            }
        }

        trace.Add("end");
        done.Trigger();
    }

    [Fact]
    public void A_variable_of_one_section_is_in_scope_in_the_others() => Assert.Equal("5 6", Trace.Of(Shared));

    [Tamed] private static partial void Shared(Trace trace, Event done);

    private static void SharedBody(Trace trace, Event done)
    {
        for (var i = 0; i < 2; i++)
        {
            switch (i)
            {
                case 0:
                    int shared = 5;
                    trace.Add(shared);
                    break;
                case 1:
                    shared = 6;
                    using (twait()) asap(mkevent());
                    trace.Add(shared);
                    break;
            }
        }

        done.Trigger();
    }

    [Fact]
    public void Ways_out_of_a_section_return_throw_and_leave_a_block() => Assert.Equal("thrown 1; returned 2", Trace.Of(WaysOut));

    [Tamed] private static partial void WaysOut(Trace trace, Event done);

    private static void WaysOutBody(Trace trace, Event done)
    {
        try
        {
            using (twait()) Leave(trace, 1, mkevent());
        }
        catch (InvalidOperationException e)
        {
            trace.Add(e.Message);
        }

        using (twait()) Leave(trace, 2, mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Leave(Trace trace, int way, Event done);

    private static void LeaveBody(Trace trace, int way, Event done)
    {
        switch (way)
        {
            case 1:
                using (twait()) asap(mkevent());
                throw new InvalidOperationException("thrown 1;");
            case 2:
                using (twait())
                {
                    switch (way)
                    {
                        case 2: asap(mkevent()); break;
                    }
                }

                trace.Add("returned 2");
                done.Trigger();
                return;
        }

        trace.Add("not here");
        done.Trigger();
    }
}
