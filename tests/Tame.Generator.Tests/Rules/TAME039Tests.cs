using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME039Tests
{
    private const string Calendar = "namespace Calendar { public class Event { public int Day; } public class Event<T> { } public class Rendezvous { } }";

    private static readonly RuleUnderTest s_rule = new("TAME039");
    private static readonly RuleUnderTest s_elsewhere = new("TAME039") { LiesOutside = true };

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'Event' may be 'Calendar.Event' or 'Tame.Event' here; write 'Tame.Event', or once for the project 'global using Event = Tame.Event;'"],
        await s_rule.Reports([InBody("[|Event|] e = default;"), Calendar], "CS0104"));

    [Theory]
    [InlineData("[|Event<int>|] e = default;")]
    [InlineData("var r = new [|Rendezvous|]();")]
    [InlineData("List<[|Event|]> all = []; [|Event|] one = default;")]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports([InBody(code), Calendar], "CS0104");

    [Fact]
    public async Task Is_reported_in_a_signature_and_outside_tamed_code() => await s_elsewhere.Reports(
        ["""
        using Calendar;
        public static partial class Sample
        {
            [Tamed] public static partial void Run([|Event|] done);
            private static void RunBody([|Event|] done) { }
            private static void Lookup(string name, [|Event<int>|] found) { }
        }
        """, Calendar], "CS0104 CS8795");

    [Theory]
    [InlineData("[|e|].Trigger();", "CS1501")]
    [InlineData("[|e|].AtTrigger(default);", "CS1061")]
    [InlineData("_ = [|Event|].Detached;", "CS0117")]
    public async Task A_type_of_the_same_namespace_that_is_found_before_Tames_is_named(string statement, string compiler) => Assert.Equal(
        ["'Event' is 'Calendar.Event' here, not 'Tame.Event'; write 'Tame.Event' if you mean that type"],
        await s_rule.Reports(InCalendar(statement), compiler));

    [Theory]
    [InlineData("e.Day(3);")]
    [InlineData("e.Month();")]
    public async Task Another_wrong_use_of_such_a_type_is_the_compilers_alone_to_report(string statement)
    {
        var compilation = Compiled.Compilation(InCalendar(statement));
        Assert.NotEmpty(Compiled.Problems(Compiled.Generate(compilation).Output));
        Assert.Empty(await Compiled.Analyze(compilation));
    }

    private static string InCalendar(string statement) => $$"""
        namespace Calendar;
        public class Event { public int Day() => 1; }
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event e);
            private static void RunBody(Event e)
            {
                {{statement}}
            }
        }
        """;

    [Fact]
    public async Task Is_not_reported()
    {
        await s_rule.LetsBe(InBody("Tame.Event e = default; Calendar.Event day = new(); _ = e.IsPending ? day.Day : 0;"), Calendar);
        await s_rule.LetsBe(InBody("Event e = default; _ = e.IsPending;"), Calendar, "global using Event = Tame.Event;\nnamespace Aliased { }");
        await s_rule.LetsBe("/// <see cref=\"Event\"/>\n" + InBody("using (twait()) asap(mkevent());"), Calendar);
    }

    private static string InBody(string statements) => $$"""
        using Calendar;
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Tame.Event done);
            private static void RunBody(Tame.Event done)
            {
                {{statements}}
                done.Trigger();
            }
        }
        """;
}
