using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Tame.Language.Tests.Failures;

/// <summary>Wherever in a body something throws, the trace names that place of the user's file, and shows nothing between it and the test but the body.</summary>
public sealed partial class PlaceTests
{
    [Theory]
    [InlineData("statement")]
    [InlineData("after wait")]
    [InlineData("inside statement")]
    [InlineData("declaration")]
    [InlineData("condition")]
    [InlineData("while")]
    [InlineData("do")]
    [InlineData("for first")]
    [InlineData("for condition")]
    [InlineData("for step")]
    [InlineData("foreach collection")]
    [InlineData("foreach next")]
    [InlineData("switch")]
    [InlineData("case")]
    [InlineData("handler")]
    [InlineData("waiting handler")]
    [InlineData("filtered handler")]
    [InlineData("finally")]
    [InlineData("waiting finally")]
    [InlineData("resource")]
    [InlineData("second resource")]
    [InlineData("lambda")]
    [InlineData("moved function")]
    [InlineData("slot")]
    [InlineData("slot in array")]
    [InlineData("event")]
    [InlineData("join")]
    [InlineData("rethrow")]
    public void A_trace_begins_at_the_line_that_threw(string place) => Assert.Equal(LineOf(place), Lines(place)[0]);

    [Theory]
    [InlineData("waiting rethrow")]
    [InlineData("passing finally")]
    public void What_is_thrown_again_keeps_the_line_that_threw_first(string place)
    {
        var lines = Lines(place);
        Assert.Equal(LineOf(place), lines[0]);
        Assert.Contains(LineOf(place + " again"), lines);
    }

    [Theory]
    [InlineData("dispose")]
    [InlineData("dispose of an enumerator")]
    public void A_failure_to_dispose_is_shown_where_the_statement_ends(string place) => Assert.Equal(LineOf(place), Lines(place)[0]);

    [Tamed] private static partial void Fail(string place, Event done);

    private static void FailBody(string place, Event done)
    {
        if (place == "statement") Thrower.Throw(); // statement
        using (twait()) asap(mkevent());
        if (place == "after wait") Thrower.Throw(); // after wait
        if (place == "inside statement")
        {
            GC.KeepAlive(place);
            Thrower.Throw(); // inside statement
        }

        if (place == "declaration") { var value = Thrower.Throw(); GC.KeepAlive(value); } // declaration
        if (Thrower.At(place, "condition")) // condition
            using (twait()) asap(mkevent());
        while (Thrower.At(place, "while")) // while
            using (twait()) asap(mkevent());
        do
            using (twait()) asap(mkevent());
        while (Thrower.At(place, "do")); // do
        for (
            var i = Thrower.Number(place, "for first"); // for first
            i < 1 && !Thrower.At(place, "for condition"); // for condition
            i += 1 + Thrower.Number(place, "for step")) // for step
            using (twait()) asap(mkevent());
        foreach (var item in Thrower.Items(place, "foreach collection")) // foreach collection
            using (twait()) asap(mkevent());
        foreach (var item in Thrower.Broken(place, "foreach next")) // foreach next
            using (twait()) asap(mkevent());
        switch (Thrower.Number(place, "switch")) // switch
        {
            case 0 when Thrower.At(place, "case"): // case
                using (twait()) asap(mkevent());
                break;
        }

        Regions(place, done);
    }

    [Tamed] private static partial void Regions(string place, Event done);

    private static void RegionsBody(string place, Event done)
    {
        try
        {
            using (twait()) asap(mkevent());
            if (place == "rethrow") Thrower.Throw(); // rethrow
            if (place == "waiting rethrow") throw new FormatException(); // waiting rethrow
            if (place == "handler") throw new ArgumentException("");
            if (place is "waiting handler" or "filtered handler") throw new FormatException(place);
            if (place == "passing finally") throw new NotSupportedException(); // passing finally
        }
        catch (InvalidOperationException)
        {
            throw;
        }
        catch (ArgumentException)
        {
            Thrower.Throw(); // handler
        }
        catch (FormatException e) when (e.Message == "filtered handler")
        {
            using (twait()) asap(mkevent());
            Thrower.Throw(); // filtered handler
        }
        catch (FormatException)
        {
            using (twait()) asap(mkevent());
            if (place == "waiting handler") Thrower.Throw(); // waiting handler
            throw; // waiting rethrow again
        }
        finally
        {
            using (twait()) asap(mkevent());
            if (place == "waiting finally") Thrower.Throw(); // waiting finally
        } // passing finally again

        try
        {
            using (twait()) asap(mkevent());
        }
        finally
        {
            if (place == "finally") Thrower.Throw(); // finally
        }

        using (var resource = Thrower.Resource(place, "resource")) // resource
        using (Thrower.Resource(place, "second resource")) // second resource
        {
            using (twait()) asap(mkevent());
        }

        using (Thrower.Disposable(place, "dispose"))
        {
            using (twait()) asap(mkevent());
        } // dispose

        foreach (var item in Thrower.Undisposable(place, "dispose of an enumerator"))
        {
            using (twait()) asap(mkevent());
            break;
        } // dispose of an enumerator

        Functions(place, done);
    }

    [Tamed] private static partial void Functions(string place, Event done);

    private static void FunctionsBody(string place, Event done)
    {
        var number = 0;
        using (twait()) asap(mkevent());
        Func<bool> lambda = () =>
            number == 0 && Thrower.At(place, "lambda"); // lambda
        void Moved()
        {
            number++;
            Thrower.At(place, "moved function"); // moved function
        }

        Action moved = Moved;
        using (twait()) asap(mkevent());
        lambda();
        moved();
        if (place == "slot") // an empty line follows

            using (twait()) Thrower.Give(mkevent(out Nothing!.Value)); // slot
        if (place == "slot in array")
            using (twait()) Thrower.Give(mkevent(out Array.Empty<int>()[number])); // slot in array
        if (place == "event")
        {
            Rendezvous rendezvous = new();
            rendezvous.Dispose();
            GC.KeepAlive(mkevent(rendezvous)); // event
        }

        if (place == "join")
        {
            Rendezvous rendezvous = new();
            mkevent(rendezvous).Fail(new InvalidOperationException());
            twait(rendezvous); // join
        }

        done.Trigger();
    }

    private static Box? Nothing => null;

    private sealed class Box
    {
        public int Value;
    }

    /// <summary>The lines of the body's own file in the trace, innermost first. All other frames are the throwing methods' and the test's own.</summary>
    private static List<int> Lines(string place)
    {
        var thrown = Assert.ThrowsAny<Exception>(() => EventLoop.Run(done => Fail(place, done)));
        var text = thrown.StackTrace!.Split('\n').TakeWhile(line => !line.Contains("EventLoop.Run", StringComparison.Ordinal));
        var own = text.Where(line => !line.Contains("Failures.Thrower", StringComparison.Ordinal) && line.StartsWith("   at ", StringComparison.Ordinal)).ToList();
        if (place == "event") own.RemoveAll(line => line.StartsWith("   at Tame.CompilerServices.", StringComparison.Ordinal) || line.StartsWith("   at Tame.Rendezvous.", StringComparison.Ordinal));
        var strange = own.Where((line, i) => !UsersFrame().IsMatch(line) && (i == 0 || !CallOfFinally().IsMatch(line))).ToList();
        if (strange.Count > 0) Assert.Fail(string.Join("\n", strange));
        return [.. own.Where(line => UsersFrame().IsMatch(line)).Select(line => int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"PlaceTests\..* in .*PlaceTests\.cs:line \d+")]
    private static partial Regex UsersFrame();

    /// <summary>The runtime shows a finally block as called by its own method, from a place that has no line.</summary>
    [GeneratedRegex(@"PlaceTests\.\w+__Resume\(\w+ __c\)\s*$")]
    private static partial Regex CallOfFinally();

    private static int LineOf(string place, [CallerFilePath] string file = "") =>
        1 + Array.FindIndex(File.ReadAllLines(file), line => line.EndsWith(" // " + place, StringComparison.Ordinal));
}
