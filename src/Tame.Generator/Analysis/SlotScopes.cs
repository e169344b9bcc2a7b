using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Analysis;

/// <summary>Finds slots whose variable is out of scope before the event that fills it can be joined, so that no code could read its value.</summary>
internal static class SlotScopes
{
    public static void Check(IMethodBodyOperation body, BodyFacts facts, PrimitiveSymbols primitives, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var make in body.Descendants().OfType<IInvocationOperation>().Where(call => primitives.IsMkevent(call.TargetMethod)))
        {
            foreach (var argument in make.Arguments.Where(argument => argument.Parameter?.RefKind == RefKind.Out))
            {
                if (Storage.PlaceOf(argument) is ILocalReferenceOperation { Local: var local } && !facts.Captures.IsCaptured(local) && facts.Scopes.Of(local)?.Node is { } scope
                    && !IsNamedElsewhere(local, argument.Syntax, scope, body.SemanticModel!) && LastChance(make, facts, primitives, scope, body.SemanticModel!) is { } chance)
                    report(Diagnostic.Create(Rules.SlotOutOfScope, argument.Syntax.GetLocation(), local.Name, chance));
            }
        }
    }

    /// <summary>If the body uses the variable otherwise, it may know that the event is complete. Reads that are too early are reported at the read.</summary>
    private static bool IsNamedElsewhere(ILocalSymbol local, SyntaxNode argument, SyntaxNode scope, SemanticModel model) => scope.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Any(name => name.Identifier.ValueText == local.Name && !argument.Span.Contains(name.Span) && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, local));

    /// <summary>Where the event can be joined, if that is outside the scope. Null if it can be joined inside, or that is unknown.</summary>
    private static string? LastChance(IInvocationOperation make, BodyFacts facts, PrimitiveSymbols primitives, SyntaxNode scope, SemanticModel model)
    {
        if (primitives.IsMkeventOfBlock(make.TargetMethod))
        {
            return facts.BlockAround(make.Syntax) is { } block && facts.Waits[block].Syntax is var syntax && syntax.Span.Contains(scope.Span)
                ? $"the twait block that begins in line {Spans.LineOf(syntax)}" : null;
        }

        if (make.Arguments[0].Value is not ILocalReferenceOperation { Local: var rendezvous } || IsWithin(rendezvous, scope))
            return null;
        var uses = scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == rendezvous.Name
            && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, rendezvous));
        return uses.All(IsOfMake) ? $"a join of '{rendezvous.Name}'" : null;

        bool IsOfMake(IdentifierNameSyntax name) => name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "mkevent" };
    }

    private static bool IsWithin(ILocalSymbol local, SyntaxNode scope) => local.DeclaringSyntaxReferences.Any(reference => scope.Span.Contains(reference.Span));
}
