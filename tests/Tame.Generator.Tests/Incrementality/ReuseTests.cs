using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Incrementality;

/// <summary>A body is bound again if an edit can change its meaning, and only then. A driver that has run before generates the same as a new one.</summary>
public sealed class ReuseTests
{
    public static IReadOnlyList<string> Files { get; } =
    [
        """
        // who wrote it
        using System.Diagnostics;
        using Short = System.Int16;
        // a comment
        namespace Sample
        {
            public partial class Subject : Base
            {
                [Tamed] public partial void Run(Event<int> done);

                private void RunBody(Event<int> done)
                {
                    var value = Elsewhere.Number;
                    var pair = Elsewhere.Pair;
                    using (twait()) asap(mkevent());
                    Elsewhere.Trace($"{value} {pair} {Inherited} {Level.High} {Elsewhere.Constant}");
                    done.Trigger(Overloaded('c'));
                }

                private int Ordinary()
                {
                    var local = 1;
                    return local;
                }

                private static int Overloaded(int n) => n;
            }

            internal enum Level { Low, High }
        }
        """,
        """
        using System.Diagnostics;

        namespace Sample
        {
            public class Base { protected int Inherited => 1; }

            internal static class Elsewhere
            {
                public const int Constant = 7;
                public static int Number => 3;
                public static Pair Pair => new(1);
                public static int Written { get; set; }

                [Conditional("TRACE")]
                public static void Trace(string text)
                {
                    var inner = text;
                    Console.WriteLine(inner);
                }
            }

            internal struct Pair(int left)
            {
                public int Left = left;
                public int Again { get { return Left; } }
                public override string ToString() => "pair";
            }
        }
        """,
    ];

    /// <summary>Edits outside the only body, each of which could change its meaning.</summary>
    [Theory]
    [InlineData("public static int Number", "public static long Number")]
    [InlineData("public const int Constant = 7", "public const int Constant = 8")]
    [InlineData("public const int Constant = 7", "public const string Constant = null")]
    [InlineData("internal enum Level { Low, High }", "internal enum Level { High, Low }")]
    [InlineData("public class Base { protected int Inherited => 1; }", "public class Base { protected string Inherited => \"\"; }")]
    [InlineData("public class Base {", "public class Base { protected class Elsewhere { public static string Number => \"\"; }")]
    [InlineData("private static int Overloaded(int n) => n;", "private static int Overloaded(int n) => n; private static string Overloaded(char c) => \"\";")]
    [InlineData("private static int Overloaded(int n) => n;", "private static int Overloaded(short n) => n;")]
    [InlineData("private static int Overloaded(int n) => n;", "")]
    [InlineData("private static int Overloaded(int n) => n;", "private static int Overloaded(int n) => n; private void Run__Closure() { }")]
    [InlineData("private static int Overloaded(int n) => n;", "private static int Overloaded(int n) => n; private void nameof(string s) { }")]
    [InlineData("public int Left = left;", "public object Left = left;")]
    [InlineData("internal struct Pair(int left)", "internal ref struct Pair(int left)")]
    [InlineData("internal struct Pair(int left)", "internal class Pair(int left)")]
    [InlineData("internal struct Pair(int left)", "internal struct Pair(object left)")]
    [InlineData("=> \"pair\"", "=> \"pair\" + left")]
    [InlineData("get { return Left; }", "get { return field; }")]
    [InlineData("get { return Left; }", "get;")]
    [InlineData("[Conditional(\"TRACE\")]", "")]
    [InlineData("using Short = System.Int16;", "using Short = System.Int32;")]
    [InlineData("using Short = System.Int16;", "using Short = System.Int16; using Elsewhere = System.Math;")]
    [InlineData("using Short = System.Int16;", "using Short = /* said */ System.Int16;")]
    [InlineData("public partial class Subject : Base", "public partial class Subject<T> : Base")]
    [InlineData("public partial class Subject : Base", "public unsafe partial class Subject : Base")]
    [InlineData("internal static class Elsewhere", "internal static class Nowhere")]
    [InlineData("[Tamed] public partial void Run(Event<int> done);", "[Tamed] internal partial void Run(Event<int> done);")]
    [InlineData("[Tamed] public partial void Run(Event<int> done);", "[Tamed] public partial void Run(Event<long> done);")]
    [InlineData("[Tamed] public partial void Run(Event<int> done);", "[Tamed(\"Ordinary\")] public partial void Run(Event<int> done);")]
    [InlineData("[Tamed] public partial void Run(Event<int> done);", "[Tamed] public partial void Run(int i, Event<int> done); [Tamed] public partial void Run(Event<int> done);")]
    [InlineData("// a comment", "#define TRACE")]
    [InlineData("// a comment", "#nullable disable")]
    [InlineData("// a comment", "#line 100 \"other.cs\"")]
    [InlineData("var local = 1;", "#nullable disable\nvar local = 1;")]
    [InlineData("// who wrote it", "// <auto-generated/>")]
    public void An_edit_that_can_change_what_a_body_means_binds_it_anew(string old, string @new)
    {
        var twice = Pipeline.RunTwice([.. Files], old, @new);
        Assert.NotEqual(0, twice.Changed(TrackingNames.Keyed));
        AssertAsCold(twice, old, @new);
    }

    /// <summary>Edits that no body elsewhere can notice.</summary>
    [Theory]
    [InlineData("var local = 1;", "var local = Elsewhere.Number + Unknown; // said")]
    [InlineData("var local = 1;", "int Local() => 1; var local = (Func<int>)(() => Local());")]
    [InlineData("var local = 1;", "var local = 1 +;")]
    [InlineData("// a comment", "// another comment")]
    [InlineData("// a comment", "#pragma warning disable")]
    [InlineData("// a comment", "#region All")]
    [InlineData("Number => 3", "Number => 4 + Constant")]
    [InlineData("var inner = text;", "string inner = text + text;")]
    [InlineData("var inner = text;", "#pragma warning disable\nvar inner = text;")]
    [InlineData("public static int Number => 3;", "public static int   Number => 3; // of them")]
    [InlineData("Pair Pair => new(1)", "Pair Pair => new(2)")]
    public void An_edit_that_no_other_body_can_notice_binds_nothing(string old, string @new)
    {
        var twice = Pipeline.RunTwice([.. Files], old, @new);
        Assert.Equal((0, 1), (twice.Changed(TrackingNames.Keyed), twice.Kept(TrackingNames.Keyed)));
        AssertAsCold(twice, old, @new);
    }

    [Fact]
    public void Without_its_attribute_a_declaration_generates_nothing() =>
        Assert.Empty(Pipeline.RunTwice([.. Files], "[Tamed] public partial void Run", "public partial void Run").Sources());

    [Fact]
    public void A_file_more_binds_it_anew() => AssertBoundAnew(compilation => compilation.AddSyntaxTrees(Compiled.Tree("class More;", "More.cs")));

    [Fact]
    public void A_file_of_another_name_binds_it_anew() => AssertBoundAnew(compilation =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Compiled.Tree(compilation.SyntaxTrees[1].ToString(), "Other.cs")));

    [Fact]
    public void A_reference_less_binds_it_anew() => AssertBoundAnew(compilation => compilation.RemoveReferences(compilation.References.First()));

    [Fact]
    public void Other_options_bind_it_anew() => AssertBoundAnew(compilation => compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)));

    [Fact]
    public void Other_options_of_a_file_bind_it_anew() => AssertBoundAnew(compilation => compilation.ReplaceSyntaxTree(
        compilation.SyntaxTrees[2], compilation.SyntaxTrees[2].WithRootAndOptions(compilation.SyntaxTrees[2].GetRoot(TestContext.Current.CancellationToken), Compiled.ParseOptions.WithPreprocessorSymbols("TRACE"))));

    [Fact]
    public void Another_assembly_name_binds_it_anew() => AssertBoundAnew(compilation => compilation.WithAssemblyName("Other"));

    /// <summary>In an editor a project references another as source, which is a new object after each typed letter there.</summary>
    [Theory]
    [InlineData("public static class Far { public static int Number => 1; }", "public static class Far { public static int Number => 2; }", 0)]
    [InlineData("public static class Far { public static int Number => 1; }", "public static class Far { public static long Number => 1; }", 1)]
    public void Typing_in_another_project_counts_as_typing_in_this_one(string old, string @new, int bound)
    {
        var far = Compiled.Compilation(old).WithAssemblyName("Far");
        var near = Compiled.Compilation([.. Files]);
        var twice = Pipeline.RunTwice(near.AddReferences(far.ToMetadataReference()), near.AddReferences(Compiled.Compilation(@new).WithAssemblyName("Far").WithOptions(far.Options).ToMetadataReference()));
        Assert.Equal(bound, twice.Changed(TrackingNames.Keyed));
    }

    /// <summary>A body may be called by an expression: then it is bound after each edit, since which method it is may change with it.</summary>
    /// <summary>Without them the error about the brace of the class stands at the end of the body.</summary>
    [Fact]
    public void Tokens_that_the_parser_skips_bind_it_anew()
    {
        const string text = """
            namespace Demo;

            public static partial class Broken
            {
                [Tamed] public static partial void Run(Event done);

                private static void RunBody(Event done)
                {
                    using (twait()) asap(mkevent());
                    done.Trigger();
                }

            """;
        var compilation = Compiled.Compilation(text);
        var driver = Compiled.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var broken = compilation.SyntaxTrees.Single(tree => tree.ToString() == text);
        compilation = compilation.ReplaceSyntaxTree(broken, Compiled.Tree(text + ")", broken.FilePath));
        Assert.Equal(Pipeline.Run(compilation).Sources(), new Pipeline(driver.RunGenerators(compilation, TestContext.Current.CancellationToken)).Sources());
    }

    [Fact]
    public void A_body_that_a_constant_names_is_bound_after_each_edit()
    {
        string[] files = [Files[0].Replace("[Tamed]", "[Tamed(Named)]", StringComparison.Ordinal).Replace("RunBody", "Ran", StringComparison.Ordinal).Replace("var local", "const string Named = \"Ran\"; var local", StringComparison.Ordinal), Files[1]];
        files[0] = files[0].Replace("private int Ordinary()", "private const string Named = \"Ran\"; private int Ordinary()", StringComparison.Ordinal);
        var twice = Pipeline.RunTwice(files, "using (twait()) asap(mkevent());", "using (twait()) { asap(mkevent()); asap(mkevent()); }");
        Assert.Equal(1, twice.Changed(TrackingNames.Keyed));
        Assert.Contains("asap", Assert.Single(twice.Sources()), StringComparison.Ordinal);
        Assert.Equal(1, Pipeline.RunTwice(files, "var inner = text;", "string inner = text;").Changed(TrackingNames.Keyed));
    }

    private static void AssertBoundAnew(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var before = Compiled.Compilation([.. Files]);
        Assert.Equal((1, 0), (Pipeline.RunTwice(before, edit(before)) is var twice ? twice.Changed(TrackingNames.Keyed) : 0, twice.Kept(TrackingNames.Keyed)));
    }

    private static void AssertAsCold(Pipeline twice, string old, string @new) =>
        Assert.Equal(Pipeline.Run([.. Files.Select(file => file.Replace(old, @new, StringComparison.Ordinal))]).Sources(), twice.Sources());
}
