using Microsoft.CodeAnalysis;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Shapes;

/// <summary>The meaning of a body in its surroundings: the generated file compiles without an error or a warning wherever the body's own file does.</summary>
public sealed class FileContextTests
{
    [Fact]
    public async Task Usings_of_file_local_types_stay_where_they_are() => await Clean("""
        using static Hidden;
        using Alias = System.Collections.Generic.List<Words>;
        using Twice = System.Collections.Generic.Dictionary<string, Words[]>;
        using Used = System.Collections.Generic.List<int>;
        file static class Hidden { public const int One = 1; }
        file sealed class Words;
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                var used = new Used { Other() };
                using (twait()) asap(mkevent());
                if (!(used.Count == 1)) throw new System.InvalidOperationException(); done.Trigger();
            }

            private static int Other() => One + new Alias().Count + new Twice().Count;
        }
        """);

    [Fact]
    public async Task A_body_that_relies_on_such_a_using_is_refused()
    {
        var compilation = Compiled.Compilation("""
            using Alias = System.Collections.Generic.List<Words>;
            file sealed class Words;
            public static partial class Sample
            {
                [Tamed] public static partial void Run(Event done);
                private static void RunBody(Event done) { if (!(new Alias().Count == 0)) throw new System.InvalidOperationException(); done.Trigger(); }
            }
            """);
        Assert.Equal("TAME009", Assert.Single(await Compiled.Analyze(compilation)).Id);
        Assert.Empty(Compiled.Generate(compilation).Files);
    }

    [Fact]
    public async Task Usings_of_every_level_and_kind_are_the_bodys() => await Clean("""
        using System.Text;
        using static System.Math;
        namespace Outer
        {
            using Text = StringBuilder;
            using Pair = (int A, string? B);
            namespace Inner.@class
            {
                using Nested = Outer.Inner.@class.Sample.Row<Pair>;
                public static partial class Sample
                {
                    public sealed class Row<T> { public T? Value; }
                    [Tamed] public static partial void Run(Event done);
                    private static void RunBody(Event done)
                    {
                        var text = new Text("a");
                        var row = new Nested { Value = (Max(1, 2), null) };
                        Pair pair = row.Value;
                        using (twait()) asap(mkevent());
                        if (!(text.Length + pair.A + row.Value.A == 5)) throw new System.InvalidOperationException(); done.Trigger();
                    }
                }
            }
        }
        """);

    [Fact]
    public async Task Unsafe_types_have_pointers_in_signatures_and_kept_locals() => await Clean("""
        public unsafe partial class Sample
        {
            [Tamed] public static partial void Run(int*[] all, delegate*<int, void>[] functions, Event done);
            private int* _field;
        }
        """, """
        public partial class Sample
        {
            private static unsafe void RunBody(int*[] all, delegate*<int, void>[] functions, Event done)
            {
                var kept = all;
                using (twait()) asap(mkevent());
                fixed (int* p = new int[1]) kept[0] = p;
                functions[0](1);
                done.Trigger();
            }
        }
        """);

    [Fact]
    public async Task A_file_without_nullable_annotations_has_tamed_methods_without_them() => await Clean("""
        #nullable disable
        public abstract partial class Sample<T> where T : class
        {
            [Tamed] public static partial void Run(string text, List<string> all, T value, Event done);
            private static void RunBody(string text, List<string> all, T value, Event done)
            {
                string kept = null;
                T other = null;
                using (twait()) asap(mkevent());
                all.Add(kept);
                if (!(other == value && text == null)) throw new System.InvalidOperationException(); done.Trigger();
            }
        }

        public sealed class Other : Sample<string>
        {
        #nullable enable
            public static void Call(Event done) => Run(null, [], "", done);
        }
        """);

    [Theory]
    [InlineData("[Obsolete]")]
    [InlineData("[Obsolete(\"old\")]")]
    [InlineData("[Obsolete(\"old\", error: true)]")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")]")]
    public async Task Code_that_may_name_what_is_obsolete_or_experimental_may_do_so_still(string attribute) => await Clean($$"""
        {{attribute}} public sealed class Old { public int Value; public static void Call() { } }
        public partial class Sample
        {
            {{attribute}} [Tamed] public partial void Run(Old old, Event done);
            {{attribute}} private void RunBody(Old old, Event done)
            {
                var kept = new Old[1];
                using (twait()) asap(mkevent());
                using (twait()) mkevent(out kept[0].Value).Trigger(1);
                Old.Call();
                done.Trigger();
            }
        }
        """);

    [Fact]
    public async Task Lines_may_end_in_any_way() => await Clean("""
        #define SOME
        using System.Text;
        namespace Any;
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
        #if SOME
                var text = new StringBuilder(
        #else
                nothing
        #endif
                    "a"); // here
                using (twait()) asap(mkevent());
                /* over
                   lines */ if (text.Length == 1)
                    done.Trigger();
                else asap(done);
            }
        }
        """.ReplaceLineEndings("\r\n"));

    [Fact]
    public async Task Lines_may_be_longer_than_a_directive_can_say() => await Clean($$"""
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                /* {{new string('-', 70_000)}} */ using (twait()) asap(mkevent()); done.Trigger();
            }
        }
        """);

    [Theory]
    [InlineData("#line 70 \"Page.razor\"", "#line default")]
    [InlineData("#line (10, 1) - (12, 9) 5 \"Page.razor\"", "#line 3")]
    [InlineData("#line hidden", "#line 2 \"Other.razor\"")]
    [InlineData("#line 1", "#line hidden")]
    public async Task Line_directives_of_the_users_may_stand_between_any_lines(string one, string two)
    {
        var source = """
            public static partial class Sample
            {
            ONE
                [Tamed] public static partial void Run(int n, Event done);
            TWO
                private static void RunBody(int n, Event done)
                {
                    n = n
            ONE
                        + 1;
            TWO
                    using (twait())
                    {
            ONE
                        asap(mkevent());
                    }
                    foreach (var i in
            ONE
                        new[] { 1,
            TWO
                            2 })
                        using (twait()) asap(
            ONE
                            mkevent());
                    done.Trigger();
                }
            TWO
            }
            """;
        await Clean(source.Replace("ONE", one, StringComparison.Ordinal).Replace("TWO", two, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Errors_and_traces_lead_to_the_line_that_a_directive_names()
    {
        var compilation = Compiled.Compilation("""
            public static partial class Sample
            {
                [Tamed] public static partial void Run(int n, Event done);
                private static void RunBody(int n, Event done)
                {
                    using (twait()) asap(mkevent());
            #line 70 "Page.razor"
                    done.Trigger();
            #line default
                    GC.Collect(10);
                }
            }
            """);
        await Clean(compilation);
        var text = Assert.Single(Compiled.Generate(compilation).Files).SourceText.ToString();
        Assert.Contains("#line (6,9)-(6,23) 3 \"Sample.cs\"", text);
        Assert.Contains("#line (70,9)-(70,23) 3 \"Page.razor\"", text);
        Assert.Contains("#line (10,9)-(10,23) 2 \"Sample.cs\"", text);
    }

    private static async Task Clean(params string[] sources) => await Clean(Compiled.Compilation(sources));

    private static async Task Clean(Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation)
    {
        Assert.Empty(await Compiled.Analyze(compilation));
        var (files, output) = Compiled.Generate(compilation);
        Assert.NotEmpty(files);
        Assert.DoesNotContain(Compiled.Problems(output, DiagnosticSeverity.Warning), d => d.Severity == DiagnosticSeverity.Error || IsGenerated(d));
    }

    private static bool IsGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;
}
