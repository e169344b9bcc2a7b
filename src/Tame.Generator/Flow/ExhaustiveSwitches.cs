using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>
/// The switch statements without <c>default</c> of which C# knows that some label always matches. Roslyn's graph has a way past their last label all the same.
/// </summary>
internal sealed class ExhaustiveSwitches
{
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

    /// <summary>Whether a condition is the last label of such a switch: where it is asked, it holds.</summary>
    public bool Holds(BasicBlock block) =>
        _lastLabels.Count > 0 && block is { BranchValue.Syntax: { } syntax, ConditionKind: not ControlFlowConditionKind.None } && syntax.FirstAncestorOrSelf<SwitchLabelSyntax>() is { } label && _lastLabels.Contains(label);

    private static bool HasDefault(SwitchStatementSyntax choice) => choice.Sections.Any(section => section.Labels.Any(label => label is DefaultSwitchLabelSyntax));

    /// <summary>The compiler tells this of switch expressions only. There null does not count, so it is looked for apart.</summary>
    private static bool IsExhaustive(SwitchStatementSyntax choice, SemanticModel model)
    {
        var arms = choice.Sections.SelectMany(section => section.Labels).Select(ArmOf);
        var expression = SyntaxFactory.SwitchExpression(SyntaxFactory.ParenthesizedExpression(ValueOf(choice, model)), SyntaxFactory.SeparatedList(arms));
        var discard = SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName("_"), expression);
        return model.TryGetSpeculativeSemanticModel(choice.SpanStart, SyntaxFactory.ExpressionStatement(discard), out var asked)
            && asked.GetOperation(((AssignmentExpressionSyntax)((ExpressionStatementSyntax)asked.SyntaxTree.GetRoot()).Expression).Right) is ISwitchExpressionOperation { IsExhaustive: true } operation
            && IsNullMatched(operation);
    }

    /// <summary>
    /// What the switch is over. Where the compiler is asked, the variables that it declares are in scope already, so they get a blank at the end of their names, which no name of
    /// the user's has: to declare one twice is an error, and of a value with an error no pattern is known to match.
    /// </summary>
    private static ExpressionSyntax ValueOf(SwitchStatementSyntax choice, SemanticModel model)
    {
        var declared = choice.Expression.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(variable => variable.Identifier).ToList();
        if (declared.Count == 0) return choice.Expression;
        var names = new HashSet<string>(declared.Select(name => name.ValueText), StringComparer.Ordinal);
        var used = choice.Expression.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier)
            .Where(name => names.Contains(name.ValueText) && model.GetSymbolInfo(name.Parent!).Symbol is ILocalSymbol);
        return choice.Expression.ReplaceTokens(declared.Concat(used), (name, _) => SyntaxFactory.Identifier(name.ValueText + " "));
    }

    private static SwitchExpressionArmSyntax ArmOf(SwitchLabelSyntax label) => label switch
    {
        CasePatternSwitchLabelSyntax pattern => SyntaxFactory.SwitchExpressionArm(pattern.Pattern, pattern.WhenClause, Zero),
        _ => SyntaxFactory.SwitchExpressionArm(SyntaxFactory.ConstantPattern(SyntaxFactory.ParenthesizedExpression(((CaseSwitchLabelSyntax)label).Value)), Zero),
    };

    private static LiteralExpressionSyntax Zero => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0));

    /// <summary>Whether null, where it can be, is matched. Of null in a part of the value nothing is said.</summary>
    private static bool IsNullMatched(ISwitchExpressionOperation choice) =>
        (!CanBeNull(choice.Value.Type) || choice.Arms.Any(arm => arm.Guard is null && MatchesNull(arm.Pattern)))
        && !choice.Arms.SelectMany(arm => Parts(arm.Pattern)).Any(part => CanBeNull(part.InputType));

    private static bool MatchesNull(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => constant.Value.ConstantValue is { HasValue: true, Value: null },
        INegatedPatternOperation negated => !MatchesNull(negated.Pattern),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => MatchesNull(either.LeftPattern) || MatchesNull(either.RightPattern),
        IBinaryPatternOperation both => MatchesNull(both.LeftPattern) && MatchesNull(both.RightPattern),
        IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true } => true,
        _ => false,
    };

    /// <summary>The patterns for parts of the value.</summary>
    private static IEnumerable<IPatternOperation> Parts(IPatternOperation pattern) => pattern switch
    {
        IRecursivePatternOperation recursive => recursive.DeconstructionSubpatterns.Concat(recursive.PropertySubpatterns.Select(property => property.Pattern)).SelectMany(part => Parts(part).Append(part)),
        IListPatternOperation list => list.Patterns.SelectMany(part => Parts(part).Append(part)),
        INegatedPatternOperation negated => Parts(negated.Pattern),
        IBinaryPatternOperation two => Parts(two.LeftPattern).Concat(Parts(two.RightPattern)),
        _ => [],
    };

    private static bool CanBeNull(ITypeSymbol? type) => type is not { IsValueType: true } || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
