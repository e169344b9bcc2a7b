using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>A slot whose text has no type: <c>out var x</c>, <c>out var _</c> and <c>out _</c>.</summary>
internal static class UntypedSlot
{
    /// <summary>The name of the slot. Null if its type is written or known. A variable or field may have the name <c>_</c>.</summary>
    public static string? NameOf(ExpressionSyntax slot, SemanticModel model, CancellationToken cancellationToken = default) => slot switch
    {
        DeclarationExpressionSyntax { Type.IsVar: true, Designation: SingleVariableDesignationSyntax variable } => variable.Identifier.ValueText,
        DeclarationExpressionSyntax { Type.IsVar: true, Designation: DiscardDesignationSyntax } => "_",
        IdentifierNameSyntax { Identifier.ValueText: "_" } when model.GetSymbolInfo(slot, cancellationToken).Symbol is null or IDiscardSymbol => "_",
        _ => null,
    };
}
