using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Locals;

/// <summary>Names that meet: in sibling scopes, with members, with generated ones, and names that C# infers.</summary>
public sealed partial class NameTests
{
    private static readonly int field = 42;

    [Fact]
    public void Sibling_scopes_reuse_names_with_other_types() => Assert.Equal("ab 2 1 { x = 2, y = 1 } (1, 2) 42 3", Trace.Of(Siblings));

    [Tamed] private static partial void Siblings(Trace trace, Event done);

    private static void SiblingsBody(Trace trace, Event done)
    {
        {
            string x = "a", y = "b";
            using (twait()) asap(mkevent());
            trace.Add(x + y);
        }

        {
            int x, y;
            (x, y) = (1, 2);
            using (twait()) asap(mkevent());
            (x, y) = (y, x);
            var pair = (x, y);
            trace.Add(pair.x);
            trace.Add(pair.y);
            trace.Add(new { x, y });
            (x, (y, _)) = (y, (x, 0));
            trace.Add((x, y));
        }

        {
            trace.Add(field);
            using (twait()) asap(mkevent());
        }

        {
            const int field = 3;
            using (twait()) asap(mkevent());
            trace.Add(field);
        }

        done.Trigger();
    }

    [Fact]
    public void Elements_of_tuples_have_the_names_that_CSharp_infers() => Assert.Equal("1 2 aa b c d aab True af", Trace.Of(Inferred));

    [Tamed] private static partial void Inferred(Trace trace, Event done);

    private static void InferredBody(Trace trace, Event done)
    {
        {
            int x = 1, Item1 = 2;
            using (twait()) asap(mkevent());
            trace.Add(x);
            trace.Add(Item1);
        }

        {
            string x = "a", Item1 = "b", Rest = "c", ToString = "d", y = "f";
            using (twait()) asap(mkevent());
            var twice = (x, @x);
            var members = (y, Item1, Rest, ToString);
            trace.Add(twice.Item1 + twice.Item2);
            trace.Add(members.Item2);
            trace.Add(members.Item3);
            trace.Add(members.Item4);
            var given = (x: 1, x, (x, Item1));
            trace.Add(given.Item2 + given.Item3.x + given.Item3.Item2);
            trace.Add((x, y) is (x: "a", y: "f"));
            (string One, object? Other) converted = (x, null);
            trace.Add(converted.One + (x, y).y);
        }

        done.Trigger();
    }

    [Fact]
    public void Locals_may_have_any_name() => Assert.Equal("1 2 3 4 5 6 7 8 9 10 11 12", Trace.Of(AnyName));

    [Tamed] private static partial void AnyName(Trace trace, Event done);

    private static void AnyNameBody(Trace trace, Event done)
    {
        int State = 1, Make = 2, Slot = 3, Start = 4, e = 5, value = 6, __c = 7, @class = 8, closure = 9, at = 10, Equals = 11, AnyName__Closure = 12;
        try
        {
            using (twait()) asap(mkevent());
        }
        finally
        {
            trace.Add($"{State} {Make} {Slot} {Start} {e} {value} {__c} {@class} {closure} {at} {Equals}");
        }

        trace.Add(AnyName__Closure);
        done.Trigger();
    }

    [Fact]
    public void Event_parameters_may_have_our_names_and_be_reassigned() => Assert.Equal("InvalidOperationException", Trace.Of(OurParameters));

    [Tamed] private static partial void OurParameters(Trace trace, Event done);

    private static void OurParametersBody(Trace trace, Event done)
    {
        try
        {
            using (twait()) new NameTests().Reassign(mkevent(), mkevent(), mkevent(), mkevent());
        }
        catch (Exception e)
        {
            trace.Add(e.GetType().Name);
        }

        done.Trigger();
    }

    [Tamed] private partial void Reassign(Event self, Event type, Event c, Event at);

    private void ReassignBody(Event self, Event type, Event c, Event at)
    {
        (self, type) = (default, default);
        c = default;
        at = Event.Detached;
        try
        {
            using (twait()) asap(mkevent());
        }
        finally
        {
            self.Trigger();
        }

        throw new InvalidOperationException($"{type == c} {at.IsPending}");
    }

    [Fact]
    public void Names_that_callees_are_told_are_those_of_the_users_text() =>
        Assert.Equal("kept Callers kept + 1 kept kept * 2 kept Callers Callers Callers (Parameter 'missing')", Trace.Of(Callers));

    [Tamed] private static partial void Callers(Trace trace, Event done);

    private static void CallersBody(Trace trace, Event done)
    {
        var kept = 1;
        string? missing = null;
        using (twait()) asap(mkevent());
        trace.Add(nameof(kept));
        trace.Add(Member());
        trace.Add(Text(kept + 1));
        trace.Add(Text((kept)));
        trace.Add((kept * 2).Written());
        trace.Add(kept!.Written());
        trace.Add(new Told { }.Name);
        trace.Add(new Told()[kept]);
        var inLambda = () => Member();
        trace.Add(inLambda());
        try
        {
            ArgumentNullException.ThrowIfNull(missing);
        }
        catch (ArgumentNullException e)
        {
            trace.Add(e.Message[e.Message.IndexOf('(', StringComparison.Ordinal)..]);
        }

        done.Trigger();
    }

    private sealed class Told([CallerMemberName] string name = "")
    {
        public string Name => name;

        public string this[int index, [CallerMemberName] string caller = ""] => index > 0 ? caller : "";
    }

    private static string Member([CallerMemberName] string name = "") => name;

    private static string Text(int value, [CallerArgumentExpression(nameof(value))] string text = "") => value > 0 ? text : "";

    [Fact]
    public void Directives_and_comments_may_stand_anywhere() => Assert.Equal("2 end", Trace.Of(Directives));

    [Tamed] private static partial void Directives(Trace trace, Event done);

    private static void DirectivesBody(Trace trace, Event done)
    {
        var numbers = new[]
        {
#if NO_SUCH_SYMBOL
            0,
#else
            1,
#endif
            2, // the last
        };
#pragma warning disable CS0219
        if (numbers.Length > 0)
        {
            // before
            using (twait()) asap(mkevent()); // beside
            trace.Add(numbers.Length);
            trace.Add("end");
        }

        done.Trigger();
#pragma warning restore CS0219
#pragma warning disable CS0168
        /* after */
        int _;
        // at the end
#pragma warning restore CS0168
    }
}

internal static class Writing
{
    public static string Written(this int value, [CallerArgumentExpression(nameof(value))] string text = "") => value > 0 ? text : "";
}
