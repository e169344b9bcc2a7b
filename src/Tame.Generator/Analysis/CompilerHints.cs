using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis;

/// <summary>
/// Explains compiler errors in a tamed body that Tame's forms lead to. The compiler's error remains, and an additional warning says what to do.
/// </summary>
internal sealed class CompilerHints(MethodDeclarationSyntax body, SemanticModel model, PrimitiveSymbols primitives, Action<Diagnostic> report, CancellationToken cancellationToken)
{
    public static void Check(MethodDeclarationSyntax body, Compilation compilation, PrimitiveSymbols primitives, Action<Diagnostic> report, CancellationToken cancellationToken) =>
        new CompilerHints(body, compilation.GetSemanticModel(body.SyntaxTree), primitives, report, cancellationToken).Check();

    private void Check()
    {
        var root = body.SyntaxTree.GetRoot(cancellationToken);
        var slots = new SlotTypes(model, primitives, report, cancellationToken);
        var names = new HiddenNames(model, primitives, report, cancellationToken);
        foreach (var error in model.GetMethodBodyDiagnostics(body.Span, cancellationToken).Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error))
        {
            if (root.FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax place) continue;
            switch (error.Id)
            {
                case "CS0103" when place is IdentifierNameSyntax name:
                    CheckUnknownName(name);
                    break;
                case "CS0165" when place is IdentifierNameSyntax name && IsSetInStartLambda(name):
                    report(Diagnostic.Create(Rules.StartLambdaIsAFunction, place.GetLocation(), $"does not count '{place}' as assigned"));
                    break;
                case "CS1628" or "CS8175" when place.Ancestors().FirstOrDefault(NestedFunctions.IsLambdaOrLocalFunction) is { } function && IsStartLambda(function):
                    report(Diagnostic.Create(Rules.StartLambdaIsAFunction, place.GetLocation(), $"does not allow '{place}'"));
                    break;
                case "CS0206":
                    CheckProperty(place);
                    break;
                case "CS0029" or "CS1503" or "CS1929":
                    slots.Check(place);
                    break;
            }

            names.CheckCall(place);
            names.CheckMember(place);
        }

        WaitValues.Check(body, model, primitives, report, cancellationToken);
    }

    /// <summary>A name that an earlier twait block declares.</summary>
    private void CheckUnknownName(IdentifierNameSyntax name)
    {
        var found = body.DescendantNodes().OfType<UsingStatementSyntax>().Where(block => block.Span.End <= name.SpanStart && IsTwaitBlock(block))
            .Select(block => (Block: block, Variable: DeclarationIn(block, name.Identifier.ValueText))).LastOrDefault(found => found.Variable is not null);
        if (found.Variable is not { } declaration || model.GetDeclaredSymbol(declaration, cancellationToken) is not ILocalSymbol variable) return;
        var type = variable.Type.ToMinimalDisplayString(model, name.SpanStart);
        var everyday = IsOnlyEventOf(found.Block, declaration) ? $", or write the block as 'twait(e => …, out {type} {variable.Name})'" : "";
        report(Diagnostic.Create(Rules.UsedBehindBlock, name.GetLocation(), variable.Name, Spans.LineOf(found.Block), $"{type} {variable.Name};", everyday));
    }

    private bool IsStartLambda(SyntaxNode node) => NestedFunctions.IsStartLambda(node, model, primitives, cancellationToken);

    /// <summary>Whether the lambda of an earlier <c>twait</c> assigns the variable of a name, which the compiler does not follow.</summary>
    private bool IsSetInStartLambda(IdentifierNameSyntax name) => model.GetSymbolInfo(name, cancellationToken).Symbol is ILocalSymbol variable
        && body.DescendantNodes().Where(node => node.Span.End <= name.SpanStart && IsStartLambda(node)).SelectMany(lambda => lambda.DescendantNodes()).OfType<AssignmentExpressionSyntax>()
            .Any(assignment => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(assignment.Left, cancellationToken).Symbol, variable));

    private bool IsTwaitBlock(UsingStatementSyntax statement) =>
        statement.Expression is InvocationExpressionSyntax call && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method && primitives.IsTwaitBlock(method);

    private static SyntaxNode? DeclarationIn(UsingStatementSyntax block, string name) => block.Statement.DescendantNodesAndSelf(node => !NestedFunctions.IsLambdaOrLocalFunction(node))
        .FirstOrDefault(node => node is SingleVariableDesignationSyntax designation && designation.Identifier.ValueText == name
            || node is VariableDeclaratorSyntax declarator && declarator.Identifier.ValueText == name);

    /// <summary>Whether the block creates one event, and the variable is a slot of it.</summary>
    private static bool IsOnlyEventOf(UsingStatementSyntax block, SyntaxNode slot) =>
        block.Statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => Waits.CalledName(call) == "mkevent").Take(2).ToList() is [var only]
        && only.ArgumentList.Span.Contains(slot.Span);

    /// <summary>A property, or an element that an indexer returns, where a primitive takes a location.</summary>
    private void CheckProperty(ExpressionSyntax place)
    {
        var info = model.GetSymbolInfo(place, cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IPropertySymbol property || place.FirstAncestorOrSelf<ArgumentSyntax>() is not { Parent.Parent: InvocationExpressionSyntax call } argument
            || !IsPrimitive(call))
            return;
        var what = property.IsIndexer ? $"an element of '{property.ContainingType.ToMinimalDisplayString(model, place.SpanStart)}'" : "a property";
        report(Diagnostic.Create(Rules.PropertyAsSlot, argument.Expression.GetLocation(), argument.Expression.ToString(), what));
    }

    private bool IsPrimitive(InvocationExpressionSyntax call)
    {
        var called = model.GetSymbolInfo(call, cancellationToken);
        return (called.Symbol ?? called.CandidateSymbols.FirstOrDefault()) is IMethodSymbol method && (primitives.IsMkevent(method) || primitives.IsTwait(method));
    }
}
