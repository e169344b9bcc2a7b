using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding;

namespace Tame.Generator.Analysis;

/// <summary>Runs an analysis of a tamed method, unless the generator has failed on the method.</summary>
internal static class BoundPair
{
    /// <summary>
    /// Reports nothing if this throws and the generator wrote no state machine either: it met the same fault and reported it (TAME099). The compiler shows an
    /// exception of the analyzer alone (AD0001).
    /// </summary>
    public static void Ask(IMethodSymbol declaration, Action ask)
    {
        try
        {
            ask();
        }
        catch (Exception error) when (error is not OperationCanceledException && !IsGenerated(declaration))
        {
        }
    }

    /// <summary>A refusal ends by a throw; the implementation of a body does not.</summary>
    public static bool IsGenerated(IMethodSymbol declaration) =>
        declaration.PartialImplementationPart?.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax { Body.Statements: { Count: > 0 } statements }
        && statements.Last() is not ThrowStatementSyntax;
}
