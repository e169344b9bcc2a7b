using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Hazards;

/// <summary>The closure keeps what is live across a wait, a slot or captured, and nothing else; when its method ends it lets go of all of it.</summary>
public sealed partial class KeptTests
{
    [Fact]
    public void A_local_that_lives_across_no_wait_is_no_field()
    {
        Trace.Of((trace, done) => Few(trace, [1, 2], done));
        Assert.Equal("__enumerator1 captured done item kept numbers parameter read slot trace", string.Join(" ", FieldsOf("Few")
            .Append(OnlyField("Few__Scope1")).Append("parameter").Where(name => name != "__scope1").Distinct().Order(StringComparer.Ordinal)));
    }

    [Tamed] private static partial void Few(Trace trace, int[] numbers, Event done);

    private static void FewBody(Trace trace, int[] numbers, Event done)
    {
        int before = numbers.Length, kept = before;
        var captured = kept;
        Func<int> read = () => captured;
        foreach (var item in new List<int>(numbers))
        {
            var dead = item + 1;
            trace.Add(dead);
            int slot;
            using (twait()) asap(mkevent(out slot).Bind(1));
            if (numbers is [var first, ..] && first + item is var second) trace.Add(second + kept);
            var after = read();
            switch (after)
            {
                case var arm when arm > 0:
                    trace.Add(arm);
                    break;
            }
        }

        done.Trigger();
    }

    [Fact]
    public void A_temporary_value_of_each_kind_of_statement_is_no_field()
    {
        Trace.Of(Temporaries);
        Assert.Equal("done n trace", string.Join(" ", FieldsOf("Temporaries").Order(StringComparer.Ordinal)));
    }

    [Tamed] private static partial void Temporaries(Trace trace, Event done);

    private static void TemporariesBody(Trace trace, Event done)
    {
        for (var n = 0; n < 3; n++)
        {
            using (twait()) asap(mkevent());
            foreach (var letter in "ab") trace.Add(letter);
            using (var reader = new StringReader("c")) trace.Add(reader.ReadToEnd());
            try
            {
                if (n == 1 && int.TryParse("1", out var parsed)) throw new InvalidOperationException("d" + parsed);
            }
            catch (InvalidOperationException e)
            {
                var message = e.Message;
                trace.Add(message);
            }

            var (a, b) = (n, "e");
            object o = n;
            trace.Add(o is int i ? $"{a}{b}{i}" : o);
            using (twait()) asap(mkevent());
        }

        done.Trigger();
    }

    private static IEnumerable<string> FieldsOf(string method) => Nested(method + "__Closure")
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(field => field.Name);

    private static string OnlyField(string type) => Assert.Single(Nested(type).GetFields(BindingFlags.Instance | BindingFlags.Public)).Name;

    private static Type Nested(string name) => typeof(KeptTests).GetNestedType(name, BindingFlags.NonPublic)!;

    private static readonly List<(string Name, WeakReference Reference)> s_held = [];

    [Fact]
    public void What_a_method_kept_is_let_go_when_it_ends() => Assert.Equal(
        "parameter local captured element enumerator resource exception slot dynamic anonymous |", Trace.Of(Hold));

    [Tamed] private static partial void Hold(Trace trace, Event done);

    private static void HoldBody(Trace trace, Event done)
    {
        s_held.Clear();
        using (twait())
        {
            Keep(Note("parameter", new object()), mkevent());
            for (var i = 0; i < 12; i++)
                using (twait()) asap(mkevent());
            Collect(trace, "thrown");
        }

        trace.Add("|");
        using (twait()) asap(mkevent());
        Collect(trace);
        done.Trigger();
    }

    [Tamed] private static partial void Keep(object parameter, Event done);

    private static void KeepBody(object parameter, Event done)
    {
        var local = Note("local", new object());
        var captured = Note("captured", new object());
        Action touch = () => GC.KeepAlive(captured);
        foreach (var element in new Items())
        {
            using var resource = Note("resource", new MemoryStream());
            try
            {
                throw Note("exception", new InvalidOperationException());
            }
            catch (InvalidOperationException e)
            {
                using (twait()) asap(mkevent());
                try
                {
                    try
                    {
                        throw Note("rethrown", new ArgumentException("rethrown"));
                    }
                    catch
                    {
                        using (twait()) asap(mkevent());
                        throw;
                    }
                }
                catch (ArgumentException)
                {
                    GC.KeepAlive(e);
                }
            }

            try
            {
                try
                {
                    throw Note("thrown", new NotSupportedException());
                }
                finally
                {
                    using (twait()) asap(mkevent());
                }
            }
            catch (NotSupportedException)
            {
            }

            object slot;
            using (twait()) asap(mkevent(out slot).Bind(Note("slot", new object())));
            dynamic any = Note("dynamic", new object());
            var pair = new { Value = Note("anonymous", new object()) };
            for (var i = 0; i < 30; i++)
                using (twait()) asap(mkevent());
            GC.KeepAlive((object)any);
            GC.KeepAlive(pair.Value);
            GC.KeepAlive(slot);
            GC.KeepAlive(element);
        }

        GC.KeepAlive(local);
        GC.KeepAlive(parameter);
        touch();
        done.Trigger();
    }

    private sealed class Items
    {
        public IEnumerator<object> GetEnumerator() => Note("enumerator", (IEnumerator<object>)new List<object> { Note("element", new object()) }.GetEnumerator());
    }

    private static T Note<T>(string name, T target) where T : class
    {
        s_held.Add((name, new WeakReference(target)));
        return target;
    }

    /// <summary>Names what is still there; nobody says when a handled exception is let go before the end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect(Trace trace, string exceptFor = "?")
    {
        GC.Collect();
        foreach (var (name, reference) in s_held.Where(held => held.Reference.IsAlive && !held.Name.EndsWith(exceptFor, StringComparison.Ordinal))) trace.Add(name);
    }
}
