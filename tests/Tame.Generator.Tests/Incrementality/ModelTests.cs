using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Incrementality;

/// <summary>Models compare by content: equal for equal code, different for different code, whichever compilation they come from.</summary>
public sealed class ModelTests
{
    private const string Code = """
        public partial class Sample<T>
        {
            [Tamed] public partial void Run(int n, T item, Event<int> done);

            private void RunBody(int n, T item, Event<int> done)
            {
                int kept = n;
                foreach (var i in new[] { 1, 2, 3 })
                {
                    using (twait()) asap(mkevent());
                    if (i == n) break;
                    kept += i;
                }

                done.Trigger(kept);
            }
        }
        """;

    [Theory]
    [MemberData(nameof(GoldenTests.Inputs), MemberType = typeof(GoldenTests))]
    public void Equal_code_gives_equal_models(string input)
    {
        var (first, second) = (Bind(Repository.Read(input)), Bind(Repository.Read(input)));
        Assert.NotEmpty(first);
        Assert.Equal(first, second);
        Assert.Equal(first.Select(model => model.GetHashCode()), second.Select(model => model.GetHashCode()));
        Assert.All(first.Zip(second), pair => Assert.NotSame(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("int kept = n;", "int kept = 0;")]
    [InlineData("int kept = n;", "int kept = n; // said")]
    [InlineData("int kept = n;", "long kept = n;")]
    [InlineData("int kept = n;", "\nint kept = n;")]
    [InlineData("break", "continue")]
    [InlineData("asap(mkevent());", "{ asap(mkevent()); }")]
    [InlineData("1, 2, 3", "1, 2,  3")]
    [InlineData("public partial void", "internal partial void")]
    [InlineData("new[] { 1, 2, 3 }", "new List<int> { 1, 2, 3 }")]
    [InlineData("done.Trigger(kept)", "done.Trigger(kept")]
    public void Different_code_gives_different_models(string old, string @new)
    {
        Assert.Contains(old, Code);
        Assert.NotEqual(Assert.Single(Bind(Code)), Assert.Single(Bind(Code.Replace(old, @new, StringComparison.Ordinal))));
    }

    private static IReadOnlyList<TamedMethod> Bind(string source)
    {
        var compilation = Compiled.Compilation(source);
        var attribute = compilation.GetTypeByMetadataName(Binder.TamedAttribute)!;
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == Compiled.PathOf(0));
        var semantics = compilation.GetSemanticModel(tree);
        return
        [
            .. from syntax in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>()
               let method = semantics.GetDeclaredSymbol(syntax, TestContext.Current.CancellationToken)
               let tamed = Pairing.AttributeOf(method, attribute)
               where tamed is not null
               let bound = Binder.Bind(method, syntax, tamed, compilation, TestContext.Current.CancellationToken).Method
               where bound is not null
               select bound,
        ];
    }
}
