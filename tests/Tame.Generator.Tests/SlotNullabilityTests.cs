using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Analysis;
using Tame.Generator.Lowering;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>Slots that may hold null meet events with other annotations: the compiler is silenced where the slot admits what may come, and nowhere else.</summary>
public sealed class SlotNullabilityTests
{
    [Theory]
    [InlineData("using (twait()) MayBeNull(mkevent(out elements[0]));")]
    [InlineData("using (twait()) MayBeNull(mkevent(out loose));")]
    [InlineData("using (twait()) MayBeNull(mkevent(out string? declared));")]
    [InlineData("using (twait()) MayBeNull((mkevent(out Field)));")]
    [InlineData("using (twait()) { Event<string?> e = mkevent(out loose); MayBeNull(e); }")]
    [InlineData("var r = new Rendezvous<int>(); MayBeNull(mkevent(r, 1, out loose)); twait(r);")]
    [InlineData("using (twait()) Pair(mkevent(out loose, out int n));")]
    public async Task A_slot_that_admits_null_meets_any_annotation(string code)
    {
        Assert.NotEmpty(CompilerWarnings(code));
        Assert.Empty(await LeftOver(code));
    }

    [Theory]
    [InlineData("using (twait()) MayBeNull(mkevent(out strict));", "CS8620")]
    [InlineData("using (twait()) MayBeNull(mkevent(out strictElements[0]));", "CS8620")]
    [InlineData("using (twait()) Lists(mkevent(out list));", "CS8620")]
    [InlineData("using (twait()) { var e = mkevent(out loose); MayBeNull(e); }", "CS8620")]
    public async Task Where_the_slot_does_not_the_warning_stays(string code, string id) => Assert.Contains(await LeftOver(code), d => d.Id == id);

    private static IEnumerable<Diagnostic> CompilerWarnings(string code) =>
        Compiled.Generate(Compilation(code)).Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(IsOfNullability);

    private static async Task<IEnumerable<Diagnostic>> LeftOver(string code)
    {
        var analyzed = Compiled.Generate(Compilation(code)).Output.WithAnalyzers([new SlotNullabilitySuppressor()]);
        return (await analyzed.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken)).Where(d => IsOfNullability(d) && !d.IsSuppressed);
    }

    private static bool IsOfNullability(Diagnostic diagnostic) => diagnostic.Id is "CS8620" or "CS8619";

    private static Microsoft.CodeAnalysis.CSharp.CSharpCompilation Compilation(string code) => Compiled.Compilation($$"""
        public static partial class C
        {
            private static string? Field;
            static void MayBeNull(Event<string?> e) => e.Trigger(null);
            static void Pair(Event<string?, int> e) => e.Trigger(null, 1);
            static void Lists(Event<List<string>> e) => e.Trigger([]);

            [Tamed] public static partial void Run(string?[] elements, string[] strictElements, List<string?> list, Event done);

            private static void RunBody(string?[] elements, string[] strictElements, List<string?> list, Event done)
            {
                string? loose = "";
                string strict = "";
                {{code}}
                Console.WriteLine(loose + strict);
                done.Trigger();
            }
        }
        """);
}
