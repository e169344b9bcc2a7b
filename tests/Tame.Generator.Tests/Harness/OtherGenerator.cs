using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Analysis;

namespace Tame.Generator.Tests.Harness;

/// <summary>
/// A second generator in the build, in addition to Tame's. It writes a class <c>Written</c> and intercepts each call of <c>Console.WriteLine(string)</c>.
/// </summary>
internal sealed class OtherGenerator : IIncrementalGenerator
{
    /// <summary>The namespace that the project lets intercept calls.</summary>
    public const string Namespace = "Interceptors";

    private const string Attribute = """
        namespace System.Runtime.CompilerServices
        {
            [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
            file sealed class InterceptsLocationAttribute(int version, string data) : Attribute
            {
                public (int, string) Place => (version, data);
            }
        }
        """;

    /// <summary>Whether a mistake is visible only with this generator in the build.</summary>
    public static bool IsNeededFor(string rule) => rule is "TAME092" or "TAME093";

    /// <summary>The compilation that the compiler and the analyzers finally see. It includes this generator only if a rule needs it.</summary>
    public static CSharpCompilation Output(string rule, CSharpCompilation compilation)
    {
        if (!IsNeededFor(rule)) return (CSharpCompilation)Compiled.Generate(compilation).Output;
        CSharpGeneratorDriver.Create([new TamedGenerator().AsSourceGenerator(), new OtherGenerator().AsSourceGenerator()], parseOptions: Compiled.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return (CSharpCompilation)output;
    }

    /// <summary>The analyzer's reports, as in a build with this generator if a rule needs it.</summary>
    public static Task<IReadOnlyList<Diagnostic>> Analyze(string rule, CSharpCompilation compilation) =>
        IsNeededFor(rule) ? Compiled.Analyze(Output(rule, compilation), new TamedAnalyzer()) : Compiled.Analyze(compilation);

    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(context.CompilationProvider, (output, compilation) =>
    {
        output.AddSource("Written.g.cs", "public static class Written { public static int Length(string text) => text.Length; public static string Name { get; set; } = \"\"; }");
        output.AddSource("Interceptors.g.cs", Attribute + $$"""

            namespace {{Namespace}}
            {
                public static class Console
                {
                    {{string.Join("\n", Calls(compilation))}}
                    public static void WriteLine(string? text) { }
                }
            }
            """);
    });

    private static IEnumerable<string> Calls(Compilation compilation) =>
        from tree in compilation.SyntaxTrees
        let model = compilation.GetSemanticModel(tree)
        from call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        where model.GetSymbolInfo(call).Symbol?.ToDisplayString() is "System.Console.WriteLine(string)" or "System.Console.WriteLine(string?)"
        select model.GetInterceptableLocation(call)!.GetInterceptsLocationAttributeSyntax();
}
