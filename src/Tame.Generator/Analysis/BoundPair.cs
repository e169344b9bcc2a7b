using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding;

namespace Tame.Generator.Analysis;

/// <summary>Asks for what an analyzer wants to know of a tamed method, where the generator has not failed on it.</summary>
internal static class BoundPair
{
    /// <summary>
    /// Nothing where this throws and the generator wrote no state machine either: it met the same fault and reported it (TAME099). What the analyzer
    /// alone throws is the compiler's to show (AD0001).
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
