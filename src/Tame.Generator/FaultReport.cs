using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Binding.Reuse;
using Tame.Generator.Emission;
using Tame.Generator.Model;

namespace Tame.Generator;

/// <summary>Reports a fault of the generator at the method that it affects, and finds the replacement implementation of the method.</summary>
internal static class FaultReport
{
    /// <summary>
    /// A fault has no location, because the location would change with each line typed above. Faults are rare, so the declaration is looked up in the
    /// compilation when one is reported.
    /// </summary>
    public static (Diagnostic Report, EmittedFile? File) Of(Fault fault, Compilation compilation, CancellationToken cancellationToken)
    {
        var declaration = Find(fault.HintName, compilation, cancellationToken);
        var report = Diagnostic.Create(
            Rules.GeneratorFault, declaration?.Syntax.Identifier.GetLocation(), declaration?.Method.Name ?? fault.HintName, fault.Stage, fault.Error, fault.Stack);
        return (report, declaration is var (method, syntax) ? Refused(method, syntax, compilation) : null);
    }

    private static (IMethodSymbol Method, MethodDeclarationSyntax Syntax)? Find(string hintName, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var syntax in tree.GetRoot(cancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>().Where(TamedSyntax.MayBeTamed))
            {
                if (KeyedBinder.Tamed(syntax, compilation, cancellationToken) is var (method, _) && Signatures.HintName(method) == hintName) return (method, syntax);
            }
        }

        return null;
    }

    /// <summary>
    /// Null if the fault also affects what a refusal needs. Then the compiler reports the missing implementation, in addition to this report.
    /// </summary>
    private static EmittedFile? Refused(IMethodSymbol method, MethodDeclarationSyntax syntax, Compilation compilation)
    {
        try
        {
            return Refusals.Of(method, syntax, compilation) is { } refusal ? Emitter.Emit(refusal) : null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return null;
        }
    }
}
