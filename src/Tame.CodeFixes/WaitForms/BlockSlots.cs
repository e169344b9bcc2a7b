using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.WaitForms;

/// <summary>The slots of an event that a statement waits for, and the variables that the statement declares for them.</summary>
/// <param name="Declarations">The texts of the declarations.</param>
/// <param name="Text">The text of the arguments of <c>mkevent</c>.</param>
/// <param name="AreVariables">All are locals, parameters, or discards, whose locations cannot change.</param>
internal sealed record BlockSlots(IReadOnlyList<string> Declarations, string Text, bool AreVariables)
{
    public bool IsEmpty => Text.Length == 0;

    /// <summary>Null: one of the slots cannot be written for a block.</summary>
    public static BlockSlots? Of(InvocationExpressionSyntax call, IMethodSymbol twait, SemanticModel model)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count == 0 || arguments.Any(argument => argument.NameColon is not null) || arguments.Skip(1).Any(argument => !argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword))
            || twait.TypeArguments.Length < arguments.Count - 1)
            return null;
        var (declarations, slots, areVariables) = (new List<string>(), new List<string>(), true);
        foreach (var (argument, type) in arguments.Skip(1).Zip(twait.TypeArguments, (argument, type) => (argument.Expression, type)))
        {
            if (argument is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } declared)
            {
                if (TypeOf(declared, variable, model) is not { } text)
                    return null;
                declarations.Add($"{text} {variable.Identifier.Text};");
                slots.Add($"out {variable.Identifier.Text}");
            }
            else if (argument is DeclarationExpressionSyntax { Type.IsVar: false })
            {
                slots.Add($"out {argument.WithoutTrivia()}");
            }
            else if (argument is DeclarationExpressionSyntax or IdentifierNameSyntax && IsDiscard(argument, model))
            {
                if (SymbolEqualityComparer.Default.Equals(twait, twait.OriginalDefinition))
                    return null;
                slots.Add(Discard(type, model, call));
            }
            else
            {
                areVariables &= model.GetSymbolInfo(Evaluation.Place(argument)).Symbol is ILocalSymbol or IParameterSymbol;
                slots.Add($"out {argument.WithoutTrivia()}");
            }
        }

        return new BlockSlots(declarations, string.Join(", ", slots), areVariables);
    }

    public static string Discard(ITypeSymbol type, SemanticModel model, SyntaxNode place) => $"out {TypeText.Of(type, model, place.SpanStart) ?? "var"} _";

    private static bool IsDiscard(ExpressionSyntax slot, SemanticModel model) => slot is DeclarationExpressionSyntax || model.GetSymbolInfo(slot).Symbol is IDiscardSymbol;

    private static string? TypeOf(DeclarationExpressionSyntax declared, SingleVariableDesignationSyntax variable, SemanticModel model) =>
        !declared.Type.IsVar ? declared.Type.WithoutTrivia().ToString()
        : model.GetDeclaredSymbol(variable) is ILocalSymbol { Type: { TypeKind: not TypeKind.Error } type } ? TypeText.Of(type, model, declared.SpanStart) : null;
}
