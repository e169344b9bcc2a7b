using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>
/// The switch statements without <c>default</c> for which C# knows that some label always matches. Roslyn's graph still has a path past their last label.
/// </summary>
internal sealed class ExhaustiveSwitches
{
    private static readonly SyntaxList<StatementSyntax> s_throw = SyntaxFactory.SingletonList(SyntaxFactory.ParseStatement("throw null!;"));
    private static readonly ExpressionSyntax s_unknown = SyntaxFactory.ParseExpression("default(bool[])![0]");

    private readonly HashSet<SyntaxNode> _lastLabels = [];

    private ExhaustiveSwitches()
    {
    }

    public static ExhaustiveSwitches In(IMethodBodyOperation body, NestedFunctions nested, CancellationToken cancellationToken)
    {
        var found = new ExhaustiveSwitches();
        foreach (var choice in body.Syntax.DescendantNodes(node => !nested.Is(node)).OfType<SwitchStatementSyntax>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (choice.Sections.LastOrDefault()?.Labels.Last() is { } last && !HasDefault(choice) && IsExhaustive(choice, body.SemanticModel!)) found._lastLabels.Add(last);
        }

        return found;
    }

    /// <summary>Whether a condition is the last label of such a switch: when it is evaluated, it is true.</summary>
    public bool Holds(BasicBlock block) =>
        _lastLabels.Count > 0 && block is { BranchValue.Syntax: { } syntax, ConditionKind: not ControlFlowConditionKind.None } && syntax.FirstAncestorOrSelf<SwitchLabelSyntax>() is { } label && _lastLabels.Contains(label);

    private static bool HasDefault(SwitchStatementSyntax choice) => choice.Sections.Any(section => section.Labels.Any(label => label is DefaultSwitchLabelSyntax));

    /// <summary>
    /// Asks the compiler whether it sees a path past a switch with these labels whose sections all throw. A lambda whose end is reachable cannot convert to a
    /// function that returns a value.
    /// </summary>
    private static bool IsExhaustive(SwitchStatementSyntax choice, SemanticModel model)
    {
        var sections = choice.Sections.Select(section => SyntaxFactory.SwitchSection(SyntaxFactory.List(section.Labels.Select(label => WithoutUses(label, model))), s_throw));
        var body = SyntaxFactory.Block(SyntaxFactory.SwitchStatement(SyntaxFactory.ParenthesizedExpression(ValueOf(choice, model)), SyntaxFactory.List(sections)));
        return model.Compilation.GetTypeByMetadataName("System.Func`1")?.Construct(model.Compilation.GetSpecialType(SpecialType.System_Int32)) is { } function
            && model.ClassifyConversion(choice.SpanStart, SyntaxFactory.ParenthesizedLambdaExpression(body), function).Exists;
    }

    /// <summary>A lambda cannot name everything that a switch may examine, so it examines a value of the same type, if that can be written.</summary>
    private static ExpressionSyntax ValueOf(SwitchStatementSyntax choice, SemanticModel model)
    {
        if (model.GetConstantValue(choice.Expression).HasValue || model.GetTypeInfo(choice.Expression).Type is not { } type) return choice.Expression;
        var name = type.ToMinimalDisplayString(model, choice.SpanStart);
        var written = SyntaxFactory.ParseExpression(type.IsRefLikeType ? $"default({name})" : $"default({name}[])![0]"); // the default of a number would be a constant
        var meant = model.GetSpeculativeTypeInfo(choice.SpanStart, written, SpeculativeBindingOption.BindAsExpression).Type;
        return SymbolEqualityComparer.Default.Equals(meant, type) ? written : choice.Expression;
    }

    /// <summary>A label with an unknown condition instead of its own, unless its own is a constant.</summary>
    private static SwitchLabelSyntax WithoutUses(SwitchLabelSyntax label, SemanticModel model) =>
        label is CasePatternSwitchLabelSyntax { WhenClause: { } when } pattern && !model.GetConstantValue(when.Condition).HasValue ? pattern.WithWhenClause(when.WithCondition(s_unknown)) : label;
}
