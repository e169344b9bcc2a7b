using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Tame.Generator.Analysis;
using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed partial class TAME080Tests
{
    [Fact]
    public async Task It_names_what_is_kept_and_why_and_how_large_it_is() => Assert.Equal(
        "A call of 'Run' keeps 160 bytes while it waits: 'name' 8 (a parameter); 'done' 16 (a parameter); 'total' 8 (needed after the wait in line 10); "
        + "'item' 2 (needed after the wait in line 10); 'found' 4 (a slot); an enumerator 8; 112 that every call takes",
        await Message("""
            [Tamed] public static partial void Run(string name, Event<long> done);
            private static void RunBody(string name, Event<long> done)
            {
                var total = 0L;
                foreach (var item in name.AsEnumerable())
                {
                    var here = item + 1;
                    using (twait()) One(mkevent(out int found));
                    total += item;
                }

                done.Trigger(total);
            }

            private static void One(Event<int> e) => e.Trigger(1);
            """));

    [Theory]
    [InlineData("")]
    [InlineData("int a = 1")]
    [InlineData("byte a = 1; byte b = 2; short c = 3; long d = 4")]
    [InlineData("bool a = true; int b = 2; string c = \"\"; double d = 4")]
    [InlineData("int? a = 1; long? b = 2; bool? c = null")]
    [InlineData("var a = (1, 2); var b = (1, \"\"); (byte, long) c = default")]
    [InlineData("(byte A, string B, byte C) a = default; byte b = 0")]
    [InlineData("DateTime a = default; TimeSpan b = default; DateTimeOffset c = default; Guid d = default; decimal e = 1")]
    [InlineData("System.Threading.CancellationToken a = default; ReadOnlyMemory<byte> b = default; ArraySegment<int> c = default")]
    [InlineData("KeyValuePair<byte, byte> a = default; KeyValuePair<string, int> b = default; byte c = 1")]
    [InlineData("Event<int> a = default; Event b = default; DayOfWeek c = default")]
    [InlineData("Mixed a = default; Small b = default; byte c = 1; Small d = default")]
    [InlineData("var a = new { B = 1 }.ToString(); var c = new { a }")]
    [InlineData("System.Int128 a = 1; Half b = default; Index c = 1; Range d = default")]
    [InlineData("System.Threading.Tasks.ValueTask<int> a = default; System.Threading.Tasks.ValueTask b = default")]
    public async Task The_bytes_are_those_that_the_object_takes(string locals)
    {
        var uses = string.Join(", ", Regex.Matches(locals, @"\b([a-e]) =").Select(match => match.Groups[1].Value));
        var code = $$"""
            private struct Mixed { public byte A; public string B; public int C; public byte D; }
            private struct Small { public byte A; public short B; }
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                {{locals}};
                using (twait()) asap(mkevent());
                Use({{uses}});
                done.Trigger();
            }

            private static void Use(params object?[] all) { }
            """;
        Assert.Equal(await Bytes(code), Measure(code));
    }

    [Theory]
    [InlineData("T a = default!")]
    [InlineData("List<int>.Enumerator a = default")]
    public async Task What_only_the_run_time_knows_is_called_about_so_much(string local) => Assert.Contains("keeps about ", await Message($$"""
        [Tamed] public static partial void Run<T>(Event done);
        private static void RunBody<T>(Event done)
        {
            {{local}};
            using (twait()) asap(mkevent());
            Console.WriteLine(a);
            done.Trigger();
        }
        """), StringComparison.Ordinal);

    [Fact]
    public async Task It_is_said_only_where_it_is_asked_for()
    {
        var code = Snippet.Compilation("[Tamed] public static partial void Run(Event done);\nprivate static void RunBody(Event done) { using (twait()) asap(mkevent()); done.Trigger(); }");
        Assert.Empty(await Compiled.Analyze(code, new KeptAnalyzer()));
        Assert.Empty(await Compiled.Analyze(code.WithOptions(code.Options.WithGeneralDiagnosticOption(Microsoft.CodeAnalysis.ReportDiagnostic.Error)), new KeptAnalyzer()));
        var reported = Assert.Single(await Compiled.AnalyzeKept(code));
        Assert.Equal("Run", reported.Location.SourceTree!.ToString().Substring(reported.Location.SourceSpan.Start, reported.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task What_the_entry_hands_over_has_its_place_too()
    {
        const string Code = """
            [Tamed] public static partial void Run(string name, Event<long> done);
            private static void RunBody(string name, Event<long> done)
            {
                var (trimmed, length) = (name.Trim(), 0);
                if (trimmed.Length == 0)
                {
                    done.Trigger(0);
                    return;
                }

                using (twait()) One(trimmed, mkevent(out length));
                done.Trigger(length);
            }

            private static void One(string name, Event<int> e) => e.Trigger(name.Length);
            """;
        Assert.Contains("'trimmed' 8 (handed over when a call first waits); 'length' 4 (a slot)", await Message(Code), StringComparison.Ordinal);
        Assert.Equal(await Bytes(Code), Measure(Code));
    }

    [Fact]
    public async Task Nothing_is_said_of_a_method_whose_calls_need_no_closure() => Assert.Empty(await Compiled.AnalyzeKept(Snippet.Compilation(
        "[Tamed] public static partial void Run(Event done);\nprivate static void RunBody(Event done) => done.Trigger();")));

    [Fact]
    public async Task Nothing_is_said_of_a_method_that_is_refused() =>
        Assert.Empty(await Compiled.AnalyzeKept(Snippet.Compilation("[Tamed] public static partial void Run(Event done);")));

    private static async Task<string> Message(string code) => Assert.Single(await Compiled.AnalyzeKept(Snippet.Compilation(code))).GetMessage(CultureInfo.InvariantCulture);

    private static async Task<int> Bytes(string code) => int.Parse(Keeps().Match(await Message(code)).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>The heap memory for creating the closure: the least of several measurements, because a collection at the same time is counted in.</summary>
    private static long Measure(string code)
    {
        using var image = new MemoryStream();
        Assert.True(Compiled.Generate(Snippet.Compilation(code)).Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var closure = Assembly.Load(image.ToArray()).GetType("Example")!.GetNestedTypes(BindingFlags.NonPublic).Single(type => type.Name == "Run__Closure");
        return Enumerable.Range(0, 10).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            GC.KeepAlive(RuntimeHelpers.GetUninitializedObject(closure));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    [GeneratedRegex(@"keeps (\d+) bytes")]
    private static partial Regex Keeps();
}
