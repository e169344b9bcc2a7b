using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Analysis.Paths;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis;

/// <summary>Warns of events that may be lost, completed twice, or abandoned, and of unsafe slots. No generated code depends on it.</summary>
internal sealed class EventRules(IMethodBodyOperation body, PrimitiveSymbols primitives, Action<Diagnostic> report, CancellationToken cancellationToken)
{
    /// <summary>Messages name longer conditions only by their line.</summary>
    private const int LongestCondition = 60;

    public static void Check(BodyContext context, Action<Diagnostic> report) =>
        new EventRules(context.Operation, context.Primitives, report, context.Cancellation).Check(context.Flow);

    /// <summary>
    /// Whether the analyzer would report nothing about a bound method. An exception in these rules must not stop the generator: the analyzer throws it again,
    /// and the compiler shows it as a warning.
    /// </summary>
    public static bool FindNothing(BindResult bound)
    {
        if (bound is not { Method: not null, Diagnostics.Count: 0, Context: { } body }) return false;
        var isClean = true;
        try
        {
            Check(body, _ => isClean = false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return false;
        }

        return isClean;
    }

    private void Check(BodyFlow flow)
    {
        foreach (var finding in EventPaths.Find(body, flow, primitives, cancellationToken))
            Report(finding);
        SlotScopes.Check(body, flow.Facts, primitives, report, cancellationToken);
        BlockingCalls.Check(body, flow.Facts.Nested, report, cancellationToken);
        GrainTurns.Check(body, report, cancellationToken);
    }

    private void Report(PathFinding finding)
    {
        switch (finding.Kind)
        {
            case FindingKind.NeverCompleted:
                Report(Rules.MayNeverTrigger, PlaceOf(finding.Variable!), finding.Name, Describe(finding.Path));
                break;
            case FindingKind.CompletedTwice:
                Report(Rules.CompletedTwice, finding.Place!.GetLocation(), finding.Name, Spans.LineOf(finding.Earlier!));
                break;
            case FindingKind.MayBeCompletedTwice:
                Report(Rules.MayBeCompletedTwice, finding.Place!.GetLocation(), finding.Name, Spans.LineOf(finding.Earlier!));
                break;
            case FindingKind.GivenToNobody:
                Report(Rules.GivenToNobody, finding.Place!.GetLocation(), finding.Name.Length == 0 ? "made here is not passed to other code" : $"in '{finding.Name}' is not passed to other code on some path");
                break;
            case FindingKind.Abandoned:
                Report(Rules.RendezvousAbandoned, PlaceOf(finding.Variable!), finding.Name, finding.Count == 1 ? "an event" : $"{finding.Count} events", finding.OnSomePath ? "On some path the body ends" : "The body ends");
                break;
            case FindingKind.SlotTakenTwice:
                Report(Rules.SlotTakenTwice, finding.Place!.GetLocation(), finding.Name, Spans.LineOf(finding.Earlier!));
                break;
            case FindingKind.ReadTooEarly:
                Report(Rules.SlotReadTooEarly, finding.Place!.GetLocation(), finding.Name, Spans.LineOf(finding.Earlier!), finding.Wait is null ? "join it first" : "read it after the block");
                break;
        }
    }

    private void Report(DiagnosticDescriptor rule, Location place, params object[] arguments) => report(Diagnostic.Create(rule, place, arguments));

    private static Location PlaceOf(ISymbol variable) => variable.Locations[0];

    private static string Describe(PathBranch? turn) => (turn is null ? "the body" : Describe(turn.Condition, turn.Holds)) + " neither triggers it nor passes it on";

    private static string Describe(SyntaxNode condition, bool? holds)
    {
        var line = Spans.LineOf(condition);
        if (holds is null)
            return $"the path where an exception is caught (line {line})";
        var label = LabelOf(condition);
        var text = label is not null ? label.ToString().TrimEnd(':') : IsSpokenOf(condition) ? condition.ToString() : "";
        return text.Length is 0 or > LongestCondition || text.Contains('\n')
            ? $"one of the paths from line {line}"
            : $"the path where '{text}' {(label is null ? holds == true ? "is true" : "is false" : holds == true ? "fits" : "does not fit")} (line {line})";
    }

    /// <summary>The label from which a condition of a switch was created.</summary>
    private static SwitchLabelSyntax? LabelOf(SyntaxNode condition) =>
        condition.FirstAncestorOrSelf<SwitchLabelSyntax>() is { } label && condition.FirstAncestorOrSelf<WhenClauseSyntax>() is null ? label : null;

    /// <summary>Whether the user wrote a condition as such. A label of a switch is not a condition.</summary>
    private static bool IsSpokenOf(SyntaxNode condition) => condition is ExpressionSyntax && condition.Parent is
        IfStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or ConditionalExpressionSyntax or ParenthesizedExpressionSyntax
        or PrefixUnaryExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression };
}
