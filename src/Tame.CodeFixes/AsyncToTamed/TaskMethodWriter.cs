using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>Writes the method that keeps the signature of the async method for its callers, and calls the tamed one.</summary>
internal sealed class TaskMethodWriter(AsyncMethod method)
{
    private const int LongestLine = 140;

    /// <summary>Whether an interface, a base type or the missing task requires the old signature, even without a call.</summary>
    public static bool IsBound(IMethodSymbol method) => method.ReturnsVoid || method.IsOverride || !method.ExplicitInterfaceImplementations.IsEmpty
        || method.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    public MethodDeclarationSyntax Write()
    {
        var header = method.Syntax.WithModifiers(SyntaxFactory.TokenList(method.Syntax.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword))))
            .WithAttributeLists(WithoutBuilder(method)).WithBody(null).WithExpressionBody(null).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken));
        header = header.WithParameterList(header.ParameterList.WithoutTrailingTrivia())
            .WithConstraintClauses(SyntaxFactory.List(header.ConstraintClauses.Select(clause => clause.WithLeadingTrivia(SyntaxFactory.Space).WithoutTrailingTrivia())));
        var call = Call();
        var isLong = header.WithoutLeadingTrivia().ToString().Split('\n').Last().Length + call.Length > LongestLine;
        var arrow = SyntaxFactory.Token([SyntaxFactory.Space], SyntaxKind.EqualsGreaterThanToken, isLong ? [NewLine.Of(method.Syntax)] : [SyntaxFactory.Space]);
        return header.WithExpressionBody(SyntaxFactory.ArrowExpressionClause(arrow, SyntaxFactory.ParseExpression(call))).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>The attributes of the method, without the one that chooses how its task is built.</summary>
    public static SyntaxList<AttributeListSyntax> WithoutBuilder(AsyncMethod method)
    {
        var lists = method.Syntax.AttributeLists;
        var builders = lists.SelectMany(list => list.Attributes).Where(attribute => method.Model.GetTypeInfo(attribute).Type?.Name == "AsyncMethodBuilderAttribute").ToList();
        return SyntaxFactory.List(lists.Select(list => list.WithAttributes(SyntaxFactory.SeparatedList(list.Attributes.Except(builders)))).Where(list => list.Attributes.Count > 0));
    }

    private string Call()
    {
        if (method.Type is not { } type)
            return $"{Tamed(method.NameOf("Tame.Event") + ".Detached")}";
        var task = $"{method.NameOf("Tame.EventLoop")}.Current!.InvokeAsync{(method.ResultText is { } result ? $"<{result}>" : "")}({method.Event} => {Tamed(method.Event)})";
        return type.IsValueTask ? $"new({task})" : task;
    }

    private string Tamed(string done)
    {
        var arguments = method.Syntax.ParameterList.Parameters.Select(parameter => parameter.Identifier.Text).ToList();
        arguments.Insert(method.EventIndex, done);
        var typeParameters = method.Syntax.TypeParameterList is { } list ? $"<{string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text))}>" : "";
        return $"{method.Pair.Declaration}{typeParameters}({string.Join(", ", arguments)})";
    }
}
