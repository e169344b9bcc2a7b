using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis;

/// <summary>Finds names of Tame that mean something else, or are ambiguous, where they are used.</summary>
internal sealed class HiddenNames(SemanticModel model, PrimitiveSymbols primitives, Action<Diagnostic> report, CancellationToken cancellationToken)
{
    private readonly HashSet<SyntaxNode> _reported = [];

    /// <summary>The call around an error, if a user's variable or function has the name of a primitive.</summary>
    public void CheckCall(ExpressionSyntax place)
    {
        if (place.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(IsCallOfPrimitive) is not { Expression: IdentifierNameSyntax name } call || !IsAbout(call, place)) return;
        var info = model.GetSymbolInfo(name, cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not { } hiding || SymbolEqualityComparer.Default.Equals(hiding.ContainingType, primitives.Primitives)
            || (hiding is IMethodSymbol && !TakesEvent(call)) || !_reported.Add(call))
            return;
        var line = hiding.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } declaration ? $" of line {Spans.LineOf(declaration)}" : "";
        report(Diagnostic.Create(Rules.HiddenPrimitive, name.GetLocation(), name.Identifier.ValueText, KindOf(hiding) + line));
    }

    /// <summary>
    /// A member that the type lacks and Tame's type with the same name has. The error is at the member's name, or at the expression before it.
    /// </summary>
    public void CheckMember(ExpressionSyntax place)
    {
        if (place.Parent is not MemberAccessExpressionSyntax access || !_reported.Add(access)) return;
        if ((model.GetTypeInfo(access.Expression, cancellationToken).Type ?? model.GetSymbolInfo(access.Expression, cancellationToken).Symbol) is not INamedTypeSymbol type) return;
        var ours = primitives.Primitives.ContainingNamespace.GetTypeMembers(type.Name, type.Arity).FirstOrDefault();
        var member = access.Name.Identifier.ValueText;
        if (ours is null || SymbolEqualityComparer.Default.Equals(ours, type.OriginalDefinition) || ours.GetMembers(member).IsEmpty || !type.GetMembers(member).IsEmpty) return;
        report(Diagnostic.Create(Rules.NameOfAnotherType, access.Expression.GetLocation(), type.Name, $"is '{type.ToDisplayString()}' here, not '{Name(ours)}'", $"write '{Name(ours)}' if you mean that type"));
    }

    /// <summary>A name that refers to a type of Tame and to another one, between which the compiler cannot choose.</summary>
    public static void CheckAmbiguity(SimpleNameSyntax name, SemanticModel model, PrimitiveSymbols primitives, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var space = primitives.Primitives.ContainingNamespace;
        if (space.GetTypeMembers(name.Identifier.ValueText, name.Arity).IsEmpty || name.IsPartOfStructuredTrivia()) return;
        var info = model.GetSymbolInfo(name, cancellationToken);
        if (info.CandidateReason != CandidateReason.Ambiguous || info.CandidateSymbols.FirstOrDefault(symbol => SymbolEqualityComparer.Default.Equals(symbol.ContainingNamespace, space)) is not { } ours
            || info.CandidateSymbols.FirstOrDefault(symbol => !SymbolEqualityComparer.Default.Equals(symbol, ours)) is not { } other)
            return;
        var advice = $"write '{Name(ours)}'" + (name.Arity == 0 ? $", or once for the project 'global using {ours.Name} = {Name(ours)};'" : "");
        report(Diagnostic.Create(Rules.NameOfAnotherType, name.GetLocation(), ours.Name, $"may be '{other.ToDisplayString()}' or '{ours.ToDisplayString()}' here", advice));
    }

    private bool IsCallOfPrimitive(InvocationExpressionSyntax call) =>
        call.Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && primitives.Primitives.GetMembers(name).Any(member => member is IMethodSymbol);

    /// <summary>Whether an error belongs to the call, at its name or at one of its arguments, and not to a call inside it.</summary>
    private static bool IsAbout(InvocationExpressionSyntax call, ExpressionSyntax place) =>
        place == call || place == call.Expression || place.Parent is ArgumentSyntax { Parent.Parent: var around } && around == call;

    private bool TakesEvent(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Any(argument => model.GetTypeInfo(argument.Expression, cancellationToken).Type is { } type && primitives.IsEvent(type));

    private static string KindOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol => "the local",
        IParameterSymbol => "the parameter",
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => "the local function",
        IMethodSymbol => "the method",
        IPropertySymbol => "the property",
        _ => "the field",
    };

    private static string Name(ISymbol type) => $"{type.ContainingNamespace.Name}.{type.Name}";
}
