using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>Tells which operands have the same value before and after the awaits of an expression, and which can be copied to a variable.</summary>
internal sealed class Stability
{
    private readonly SemanticModel _model;
    private readonly Replacements _replacements;
    private readonly HashSet<ISymbol> _changing;

    /// <summary>Variables that the expression writes, or that other functions share, may change between two of its awaits.</summary>
    public Stability(ExpressionSyntax root, AsyncMethod method, Replacements replacements)
    {
        (_model, _replacements) = (method.Model, replacements);
        var target = root is AssignmentExpressionSyntax { Left: IdentifierNameSyntax } assignment ? assignment.Right : root;
        _changing = new HashSet<ISymbol>(_model.AnalyzeDataFlow(target)!.WrittenInside.Concat(method.Captured), SymbolEqualityComparer.Default);
    }

    public bool IsStable(ExpressionSyntax expression) => _replacements.Has(expression) || _model.GetConstantValue(expression).HasValue || expression switch
    {
        LiteralExpressionSyntax or DefaultExpressionSyntax or TypeOfExpressionSyntax or ThisExpressionSyntax or BaseExpressionSyntax or PredefinedTypeSyntax or AnonymousFunctionExpressionSyntax => true,
        ParenthesizedExpressionSyntax parenthesized => IsStable(parenthesized.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsStable(suppressed.Operand),
        SimpleNameSyntax => IsStable(_model.GetSymbolInfo(expression).Symbol),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => IsStable(_model.GetSymbolInfo(access).Symbol),
        _ => false,
    };

    /// <summary>
    /// Whether <c>var copy = expression;</c> can replace it: its type has a value that a variable can hold, and the conversion of the copy has the same
    /// meaning.
    /// </summary>
    public bool CanBeCopied(ExpressionSyntax expression)
    {
        var (type, conversion) = (_model.GetTypeInfo(expression).Type, _model.GetConversion(expression));
        return type is { SpecialType: not SpecialType.System_Void, IsRefLikeType: false, TypeKind: not (TypeKind.Error or TypeKind.Dynamic or TypeKind.Pointer or TypeKind.FunctionPointer) }
            && conversion is { IsUserDefined: false, IsInterpolatedString: false, IsInterpolatedStringHandler: false, IsMethodGroup: false }
            && expression is not (RefExpressionSyntax or InitializerExpressionSyntax)
            && !expression.DescendantNodes().Any(node => node is SingleVariableDesignationSyntax);
    }

    private bool IsStable(ISymbol? symbol) => symbol switch
    {
        ILocalSymbol or IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } } => !_changing.Contains(symbol),
        IFieldSymbol field => field.IsReadOnly || field.IsConst,
        INamespaceOrTypeSymbol or IMethodSymbol => true,
        _ => false,
    };
}
