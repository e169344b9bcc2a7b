using Microsoft.CodeAnalysis;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>Unsupported code in a tamed body is diagnosed, and nothing is emitted: no wrong code, and no error in generated code.</summary>
public sealed class RefusalTests
{
    private const string Wait = "using (twait()) asap(mkevent());";

    [Theory]
    [InlineData("TAME043", "int k = 3; int* p = &k; i = *p; WAIT i = k;")]
    [InlineData("TAME042", "using (twait()) { while (mkevent(out int v).Trigger(i) && i++ < 3) later.Add(() => v); }")]
    [InlineData("TAME042", "[System.Runtime.InteropServices.DllImport(\"c\")] static extern int Id(); later.Add(Sum); WAIT int Sum() => Id() + i;")]
    [InlineData("TAME027", "lock (later) { WAIT }")]
    [InlineData("TAME027", "fixed (int* p = new int[1]) { WAIT }")]
    [InlineData("TAME027", "for (twait(r); i < 3; i++) { }")]
    [InlineData("TAME027", "for (; i < 3; twait(r)) { }")]
    [InlineData("TAME027", "dynamic d = r; twait(d);")]
    [InlineData("TAME027", "dynamic id = 1; asap(mkevent(ids, id));")]
    [InlineData("TAME021", "Action a = () => { WAIT }; a();")]
    [InlineData("TAME021", "using (twait()) { var q = from a in later select Pass(mkevent()); }")]
    [InlineData("TAME023", "using var b = twait(); asap(mkevent());")]
    [InlineData("TAME026", "while (true) { using (twait()) { asap(mkevent()); if (i == 0) break; } }")]
    [InlineData("TAME026", "while (true) { using (twait()) { asap(mkevent()); switch (i) { case 1: continue; } } }")]
    [InlineData("TAME026", "using (twait()) { asap(mkevent()); goto end; } end: i++;")]
    [InlineData("TAME026", "using (twait()) { asap(mkevent()); return; }")]
    [InlineData("TAME014", "var a = new { X = 1 }; WAIT System.Linq.Expressions.Expression<Func<int>> tree = () => a.X;")]
    [InlineData("TAME014", "foreach (var a in new[,] { { new { i } } }) { WAIT }")]
    [InlineData("TAME014", "var f = (int x = 1) => x; WAIT System.Linq.Expressions.Expression<Func<object>> tree = () => f;")]
    [InlineData("TAME040", "Span<int> s = new int[3]; foreach (var x in s) { WAIT }")]
    [InlineData("TAME040", "foreach (ref var x in new int[2].AsSpan()) { WAIT }")]
    [InlineData("TAME040", "Span<int> s = new int[3]; WAIT i = s.Length;")]
    [InlineData("TAME040", "var a = new int[1]; ref int s = ref a[0]; WAIT i = s;")]
    [InlineData("TAME040", "using var s = new Stack(); WAIT")]
    [InlineData("TAME040", "using (new Stack()) { WAIT }")]
    public async Task It_is_refused(string rule, string statements) => await Refused(rule, $$"""
        public ref struct Stack { public void Dispose() { } }
        public static unsafe partial class Sample
        {
            private static int Pass(Event e) => 1;
            [Tamed] public static partial void Run(object o, List<Func<int>> later, Rendezvous r, Rendezvous<int> ids, int i, Event done);
            private static void RunBody(object o, List<Func<int>> later, Rendezvous r, Rendezvous<int> ids, int i, Event done)
            {
                {{statements.Replace("WAIT", Wait, StringComparison.Ordinal)}}
                done.Trigger();
            }
        }
        """);

    private static async Task Refused(string rule, string source)
    {
        var compilation = Compiled.Compilation(source);
        var reported = await Compiled.Analyze(compilation);
        Assert.Contains(reported, d => d.Id == rule);
        var (files, output) = Compiled.Generate(compilation);
        Assert.Empty(files);
        Assert.All(Compiled.Problems(output), d => Assert.Equal("CS0619", d.Id));
    }

    [Fact]
    public void The_compiler_stops_at_the_name_of_the_declaration_in_a_body_so_that_analyzers_are_asked_first()
    {
        var output = Compiled.Generate(Compiled.Compilation("""
            public static partial class Sample
            {
                [Tamed] public static partial int Wrong<T>(in T x, System.Span<int> y = default) where T : class;
            }
            """)).Output;
        Assert.Empty(output.GetDeclarationDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error));
        var stop = Assert.Single(Compiled.Problems(output));
        Assert.Equal("Sample.cs: (2,38)-(2,43)", stop.Location.GetMappedLineSpan().ToString());
        Assert.Equal("'NotGenerated()' is obsolete: 'Tame generated no code for 'Wrong'; fix the TAME error reported for it.'", stop.GetMessage(null));
    }

    [Theory]
    [InlineData("public static partial void F(int NotGenerated, Event done);", "F")]
    [InlineData("public static partial void F<NotGenerated, NotGenerated_>(NotGenerated x, Event done);", "F")]
    [InlineData("public static partial void @event(Event done);", "event")]
    [InlineData("public static partial void NotGenerated(Event done);", "NotGenerated")]
    public void The_compiler_names_the_method_whatever_its_parameters_are_called(string declaration, string name)
    {
        var output = Compiled.Generate(Compiled.Compilation($$"""public static partial class Sample { [Tamed] {{declaration}} }""")).Output;
        Assert.Contains($"'Tame generated no code for '{name}'; fix the TAME error", Assert.Single(Compiled.Problems(output)).GetMessage(null), StringComparison.Ordinal);
    }
}
