using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Reuse;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Incrementality;

/// <summary>In a build the analyzer omits methods that the generator has found clean. If that could be wrong, it analyzes them itself.</summary>
public sealed class CleanMethodsTests
{
    private const string First = """
        public static partial class Sample
        {
            [Tamed] public static partial void Clean(bool fails, Event done);

            private static void CleanBody(bool fails, Event done)
            {
                using (twait()) asap(mkevent());
                if (fails) Elsewhere.Refuse();
                else done.Trigger();
            }

            [Tamed] public static partial void Forgetful(bool forgets, Event done);

            private static void ForgetfulBody(bool forgets, Event done)
            {
                using (twait()) asap(mkevent());
                if (!forgets) done.Trigger();
            }
        }
        """;

    private const string Second = """
        internal static class Elsewhere
        {
            internal static void Refuse() => throw new InvalidOperationException();
        }
        """;

    [Fact]
    public void After_the_generator_the_clean_method_is_known_and_the_other_is_not() => Assert.Equal(["Clean"], Known(Generated(Bound())));

    [Fact]
    public void A_clone_has_the_same_files() => Assert.Equal(["Clean"], Known(Generated(Bound()).Clone()));

    [Fact]
    public void A_file_of_another_generator_may_mean_anything() =>
        Assert.Empty(Known(Generated(Bound()).AddSyntaxTrees(Compiled.Tree("internal static class Another;", "Other/Other.Generator/Another.g.cs"))));

    [Fact]
    public void Another_option_may_mean_anything() => Assert.Empty(Known(Checked(Generated(Bound()))));

    [Fact]
    public void Another_reference_may_mean_anything() =>
        Assert.Empty(Known(Generated(Bound()).AddReferences(MetadataReference.CreateFromFile(typeof(FactAttribute).Assembly.Location))));

    [Fact]
    public async Task What_another_body_does_counts_too()
    {
        var before = Bound();
        var tree = before.SyntaxTrees.Single(tree => tree.FilePath == Compiled.PathOf(1));
        var after = before.ReplaceSyntaxTree(tree, Compiled.Tree(Second.Replace("throw new InvalidOperationException()", "Console.WriteLine()", StringComparison.Ordinal), tree.FilePath));
        Assert.Equal(["TAME060"], (await Compiled.Analyze(before)).Select(d => d.Id));
        Assert.Equal(["TAME060", "TAME060"], (await Compiled.Analyze(after)).Select(d => d.Id));
    }

    [Fact]
    public void The_folder_of_generated_files_is_called_as_the_compiler_calls_it() => Assert.Equal(Snapshot.GeneratorName, typeof(TamedGenerator).FullName);

    private static CSharpCompilation Bound()
    {
        var compilation = Compiled.Compilation(First, Second);
        Assert.True(BoundAhead.Notes(compilation));
        return compilation;
    }

    private static Compilation Generated(CSharpCompilation compilation) => Compiled.Generate(compilation).Output;

    private static Compilation Checked(Compilation compilation) => compilation.WithOptions(((CSharpCompilationOptions)compilation.Options).WithOverflowChecks(true));

    private static IEnumerable<string> Known(Compilation compilation) => compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes())
        .OfType<MethodDeclarationSyntax>().Where(method => CleanMethods.Contain(method, compilation)).Select(method => method.Identifier.ValueText);
}
