using System.Globalization;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Flow;
using Tame.Generator.Lowering;

namespace Tame.Generator.Tests.Flow;

/// <summary>
/// A body in source text, analyzed. The names of its variables state the expected result: `live…` lives across a wait, `…Slot…` is a slot, `…Captured…` is
/// captured; every other is none of these. `Wait();` in the text means a small twait block.
/// </summary>
internal sealed class TamedBody
{
    public static readonly CSharpCompilation World = CSharpCompilation.Create(
        "Bodies",
        [CSharpSyntaxTree.ParseText(PrimitivesStub.Source)],
        Net100.References.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    private TamedBody(BodyFlow flow, SemanticModel model, MethodDeclarationSyntax method)
    {
        Flow = flow;
        Model = model;
        Method = method;
    }

    public BodyFlow Flow { get; }
    public SemanticModel Model { get; }
    public MethodDeclarationSyntax Method { get; }

    public static TamedBody Of(string statements, string parameters = "") => Parse($$"""
        unsafe class Bodies : World
        {
            void Body({{parameters}})
            {
                {{statements}}
            }
        }
        """);

    public static TamedBody Parse(string source, CSharpCompilation? world = null, bool allowErrors = false)
    {
        var tree = CSharpSyntaxTree.ParseText(source.Replace("Wait();", "using (twait()) Go(mkevent());", StringComparison.Ordinal));
        var compilation = (world ?? World).AddSyntaxTrees(tree);
        var model = compilation.GetSemanticModel(tree);
        if (!allowErrors)
            Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(method => method.Identifier.Text == "Body");
        var body = (IMethodBodyOperation)model.GetOperation(method)!;
        var (primitives, cancellationToken) = (PrimitiveSymbols.Resolve(compilation)!, TestContext.Current.CancellationToken);
        var nested = NestedFunctions.In(method, model, primitives, cancellationToken);
        return new TamedBody(BodyFlow.Analyze(body, nested, primitives, cancellationToken), model, method);
    }

    /// <summary>Asserts that the analysis finds what the names of the variables state.</summary>
    public static void Check(string statements, string parameters = "") => Of(statements, parameters).Check();

    public void Check()
    {
        foreach (var variable in Variables())
        {
            var found = (Flow.IsLiveAcrossWait(variable) ? "live " : "") + (Flow.IsSlot(variable) ? "slot " : "") + (Flow.IsCaptured(variable) ? "captured" : "");
            var expected = Mark(variable, "live ") + Mark(variable, "slot ") + Mark(variable, "captured");
            Assert.True(expected == found, $"{variable.Name}: found '{found}'");
            Assert.Equal(expected.Length > 0, Flow.IsKept(variable));
        }
    }

    /// <summary>The line of a wait in the passed statements, from 1.</summary>
    public int LineOf(SyntaxNode node) =>
        node.GetLocation().GetLineSpan().StartLinePosition.Line - Method.Body!.Statements[0].GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static string Mark(ISymbol variable, string mark) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(variable.Name, mark.Trim(), CompareOptions.IgnoreCase) >= 0 ? mark : "";

    // Variables of lambdas and local functions are not the body's.
    private IEnumerable<ISymbol> Variables()
    {
        var method = Model.GetDeclaredSymbol(Method)!;
        return Method.DescendantNodes()
            .Select(node => Model.GetDeclaredSymbol(node))
            .OfType<ISymbol>()
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol && SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, method));
    }
}
