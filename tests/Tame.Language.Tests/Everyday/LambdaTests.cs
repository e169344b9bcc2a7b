using System.Globalization;

namespace Tame.Language.Tests.Everyday;

/// <summary>What the lambda of a <c>twait</c> may contain: it runs in place, and its names and jumps are its own.</summary>
public sealed partial class LambdaTests
{
    [Fact]
    public void Return_ends_the_lambda_by_way_of_what_guards_it() => Assert.Equal("0 a end 1 finally end 2 disposed end 3 disposed disposed end 4 loop end 5 fell end", Trace.Of(Returns));

    [Tamed] private static partial void Returns(Trace trace, Event done);

    private static void ReturnsBody(Trace trace, Event done)
    {
        for (var i = 0; i < 6; i++)
        {
            twait(e =>
            {
                trace.Add(i);
                asap(e);
                if (i == 0)
                {
                    trace.Add("a");
                    return;
                }

                try
                {
                    if (i == 1) return;
                }
                finally
                {
                    if (i == 1) trace.Add("finally");
                }

                if (i == 2)
                {
                    using var resource = new Resource(trace);
                    return;
                }

                if (i == 3)
                {
                    using (new Resource(trace))
                    {
                        using var inner = new Resource(trace);
                        if (trace.ToString().Length > 0) return;
                    }
                }

                foreach (var c in "xyz")
                {
                    lock (trace)
                    {
                        if (i == 4 && c == 'y')
                        {
                            trace.Add("loop");
                            return;
                        }
                    }
                }

                trace.Add("fell");
            });
            trace.Add("end");
        }

        done.Trigger();
    }

    [Fact]
    public void A_using_declaration_of_the_lambda_is_disposed_of_before_the_wait() => Assert.Equal("in disposed after", Trace.Of(Disposes));

    [Tamed] private static partial void Disposes(Trace trace, Event done);

    private static void DisposesBody(Trace trace, Event done)
    {
        twait(e =>
        {
            using var resource = new Resource(trace);
            asap(e);
            if (trace.ToString().Length > 100) return;
            trace.Add("in");
        });
        trace.Add("after");
        done.Trigger();
    }

    [Fact]
    public void Its_names_may_hide_those_around_it() => Assert.Equal("1 2 3 4 5 outer 6", Trace.Of(Shadows));

    [Tamed] private static partial void Shadows(Trace trace, Event done);

    private static void ShadowsBody(Trace trace, Event done)
    {
        var e = "outer";
        int value = 6, n = 1;
        const int Fixed = 9;
        twait(static (trace) => trace.Trigger(1), out int a);
        trace.Add(a);
        twait(e => { var value = 2; After(value, e); }, out int b);
        trace.Add(b);
        twait(done => { int n() => 3; After(n(), done); }, out int c);
        trace.Add(c);
        twait(static e => { const int Fixed = 4; var text = Fixed.ToString(CultureInfo.InvariantCulture); After(text, e); }, out string d);
        trace.Add(d);
        twait(n => { var a = 0; foreach (var value in new[] { 5 }) if (value is { } e) a += e; After(a, n); }, out int f);
        trace.Add(f);
        trace.Add($"{e} {value * n * Fixed / 9}");
        done.Trigger();
    }

    [Fact]
    public void Names_of_two_lambdas_and_labels_of_the_body_keep_apart() => Assert.Equal("0 1 lambda 2 lambda 3", Trace.Of(Labels));

    [Tamed] private static partial void Labels(Trace trace, Event done);

    private static void LabelsBody(Trace trace, Event done)
    {
        var n = 0;
    again:
        trace.Add(n);
        twait(e => { var next = n + 1; After(next, e); }, out n);
        if (n == 1) goto again;
        twait(e =>
        {
            var next = 0;
        more:
            if (next++ < n) goto more;
            trace.Add("lambda");
            After(next, e);
        }, out n);
        trace.Add(n == 3 ? 2 : n);
        twait(e =>
        {
            goto more;
        more:
            trace.Add("lambda");
            After(n, e);
        }, out n);
        trace.Add(n);
        done.Trigger();
    }

    [Fact]
    public void Lambdas_in_it_capture_its_variables_and_those_around_it() => Assert.Equal("0 10 20 3 later 7 11", Trace.Of(Captures));

    [Tamed] private static partial void Captures(Trace trace, Event done);

    private static void CapturesBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        var sum = 0;
        for (var i = 0; i < 3; i++)
        {
            var copy = i;
            twait(e =>
            {
                var times = 10;
                all.Add(() => copy * times);
                Action add = () => { sum++; asap(e); };
                add();
            });
        }

        foreach (var one in all) trace.Add(one());
        trace.Add(sum);
        twait(e =>
        {
            int Seven() => local() + 3;
            int local() => sum + 1;
            var word = "later";
            Action later = Later;
            later();

            void Later()
            {
                trace.Add(word);
                e.Trigger(Seven());
            }
        }, out int seven);
        trace.Add(seven);
        sum += 8;
        trace.Add(sum);
        done.Trigger();
    }

    [Fact]
    public void A_variable_that_other_lambdas_capture_can_receive_the_value() => Assert.Equal("1 1 2 2", Trace.Of(Captured));

    [Tamed] private static partial void Captured(Trace trace, Event done);

    private static void CapturedBody(Trace trace, Event done)
    {
        var n = 0;
        Func<int> get = () => n;
        twait(e => After(get() + 1, e), out n);
        trace.Add($"{n} {get()}");
        twait(e => After(get() + 1, e), out int m);
        Func<int> other = () => m;
        n = other();
        trace.Add($"{m} {get()}");
        done.Trigger();
    }

    [Fact]
    public void Events_of_a_rendezvous_can_be_made_in_it() => Assert.Equal("own 1 2 7 8", Trace.Of(Window));

    [Tamed] private static partial void Window(Trace trace, Event done);

    private static void WindowBody(Trace trace, Event done)
    {
        using var r = new Rendezvous<int>();
        var numbers = new int[2];
        twait(e =>
        {
            for (var i = 0; i < 2; i++) Answer(7 + i, mkevent(r, i, out numbers[i]));
            asap(e);
        });
        trace.Add("own");
        twait(r, out int first);
        twait(r, out int second);
        trace.Add($"{first + 1} {second + 1} {numbers[0]} {numbers[1]}");
        done.Trigger();

        static void Answer(int value, Event<int> e) => asap(e.Bind(value));
    }

    [Fact]
    public void What_lives_on_the_stack_can_be_used_in_it() => Assert.Equal("3 thrown", Trace.Of(OnStack, left: 1));

    [Tamed] private static partial void OnStack(Trace trace, Event done);

    private static void OnStackBody(Trace trace, Event done)
    {
        var text = "one two";
        twait(e =>
        {
            ReadOnlySpan<char> word = text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal));
            ref readonly var last = ref word[^1];
            e.Trigger(last == 'e' ? word.Length : 0);
        }, out int length);
        trace.Add(length);
        try
        {
            twait(e => throw new InvalidOperationException("thrown"));
        }
        catch (InvalidOperationException error)
        {
            trace.Add(error.Message);
        }

        done.Trigger();
    }

    [Fact]
    public void A_value_that_is_there_behind_the_wait_is_not_null() => Assert.Equal("4 4 True", Trace.Of(Nullable));

    [Tamed] private static partial void Nullable(Trace trace, Event done);

    private static void NullableBody(Trace trace, Event done)
    {
        string? known = null;
        var many = new string?[1];
        twait(e => asap(e.Bind("four")), out known);
        twait(e => asap(e.Bind("four")), out many[0]);
        trace.Add($"{known.Length} {many[0]!.Length}");
        twait(Task.FromResult<string?>(null), out string? page);
        trace.Add(page is null);
        done.Trigger();
    }

    [Fact]
    public void The_event_goes_wherever_an_event_can_go() => Assert.Equal("timeout both late in time unblocked 5", Trace.Of(Uses));

    [Tamed] private static partial void Uses(Trace trace, Event done);

    private static void UsesBody(Trace trace, Event done)
    {
        try
        {
            twait(e => timer(TimeSpan.FromHours(2), e.WithTimeout(TimeSpan.FromHours(1))));
        }
        catch (TimeoutException)
        {
            trace.Add("timeout");
        }

        twait(e =>
        {
            if (trace.ToString().Length > 3) timer(TimeSpan.FromHours(1), e);
            else asap(e);
            trace.Add("both");
        });
        bool late = false;
        twait(e => timer(TimeSpan.FromHours(1), e.Unblocker), out late);
        trace.Add(late ? "" : "late");
        twait(e => After(1, e), out int inTime);
        trace.Add(inTime == 1 ? "in time" : "");
        var kept = 5;
        twait(e => e.Unblock(), out kept);
        trace.Add("unblocked");
        trace.Add(kept);
        done.Trigger();
    }

    [Tamed] private static partial void After<T>(T value, Event<T> done);

    private static void AfterBody<T>(T value, Event<T> done)
    {
        twait(e => asap(e));
        done.Trigger(value);
    }

    private sealed class Resource(Trace trace) : IDisposable
    {
        public void Dispose() => trace.Add("disposed");
    }
}
