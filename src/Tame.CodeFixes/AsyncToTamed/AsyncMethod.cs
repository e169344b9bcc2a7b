using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>An async method, and the facts that its tamed pair needs.</summary>
internal sealed class AsyncMethod
{
    private readonly INamedTypeSymbol _primitives;

    private AsyncMethod(MethodDeclarationSyntax syntax, IMethodSymbol symbol, PairNames pair, SemanticModel model, INamedTypeSymbol primitives)
    {
        (Syntax, Symbol, Pair, Model, _primitives) = (syntax, symbol, pair, model, primitives);
        Names = new FreshNames(syntax);
        Event = Names.Make("done");
        var flow = syntax.Body is { } body ? model.AnalyzeDataFlow(body) : model.AnalyzeDataFlow(syntax.ExpressionBody!.Expression);
        Captured = [.. flow!.Captured];
    }

    public MethodDeclarationSyntax Syntax { get; }

    public IMethodSymbol Symbol { get; }

    /// <summary>Its return type. Null: it is <c>async void</c>.</summary>
    public TaskType? Type { get; private init; }

    public SemanticModel Model { get; }

    public FreshNames Names { get; }

    public PairNames Pair { get; }

    /// <summary>The name of the event that completes like the task.</summary>
    public string Event { get; }

    /// <summary>The place of the event among the parameters: before those that a caller may leave out.</summary>
    public int EventIndex { get; private init; }

    /// <summary>The variables that nested functions use.</summary>
    public IReadOnlyCollection<ISymbol> Captured { get; }

    /// <summary>The text of the result type, taken from the return type of the method if it contains it. Null: no result.</summary>
    public string? ResultText => Type?.Result is not { } result ? null
        : Syntax.ReturnType.DescendantNodesAndSelf(node => node is QualifiedNameSyntax or AliasQualifiedNameSyntax).OfType<GenericNameSyntax>().LastOrDefault() is { TypeArgumentList.Arguments: [var written] }
            ? written.WithoutTrivia().ToString() : result.ToMinimalDisplayString(Model, Syntax.SpanStart);

    /// <summary>The method, if its signature and its type allow a pair. Its statements are checked by <see cref="BodyRewriter"/>.</summary>
    public static AsyncMethod? From(MethodDeclarationSyntax syntax, SemanticModel model)
    {
        if (!syntax.Modifiers.Any(SyntaxKind.AsyncKeyword) || (syntax.Body is null && syntax.ExpressionBody is null) || model.GetDeclaredSymbol(syntax) is not { } symbol
            || model.Compilation.GetTypeByMetadataName("Tame.Primitives") is not { } primitives || !TameableMethods.Has(syntax, symbol, model))
            return null;
        var type = TaskType.Of(symbol.ReturnType);
        if (type is null && !symbol.ReturnsVoid)
            return null;
        var eventIndex = syntax.ParameterList.Parameters.TakeWhile(parameter => parameter.Default is null && !parameter.Modifiers.Any(SyntaxKind.ParamsKeyword)).Count();
        return PairNames.For(symbol, eventIndex) is { } pair ? new AsyncMethod(syntax, symbol, pair, model, primitives) { Type = type, EventIndex = eventIndex } : null;
    }

    /// <summary>Whether a simple name can only mean the primitive of that name in the whole method.</summary>
    public bool ResolvesPrimitive(string primitive) => !Names.IsUsed(primitive)
        && Model.LookupSymbols(Syntax.SpanStart, name: primitive).All(symbol => SymbolEqualityComparer.Default.Equals(symbol.ContainingType, _primitives));

    /// <summary>Whether the file sees the primitives without another using directive.</summary>
    public bool SeesPrimitives => !Model.LookupSymbols(Syntax.SpanStart, name: "twait").IsEmpty;

    /// <summary>The shortest name of a type at the method.</summary>
    public string NameOf(string type) => Model.Compilation.GetTypeByMetadataName(type)!.ToMinimalDisplayString(Model, Syntax.SpanStart);

    /// <summary>The time of a <c>Task.Delay</c> that <c>timer</c> can wait for. Variables that it declares remain in scope after a wait for the task.</summary>
    public ExpressionSyntax? TimerOf(ExpressionSyntax task) =>
        task is InvocationExpressionSyntax { ArgumentList.Arguments: [var time] } call && Model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Delay" } method
        && TaskType.Of(method.ContainingType) is not null && ResolvesPrimitive("timer") && !LambdaRules.DeclaresVariables(time.Expression) ? time.Expression : null;

    /// <summary>Whether a variable can be the slot of an event, written when the event triggers.</summary>
    public bool IsSlot(ExpressionSyntax target, ITypeSymbol result) => SymbolEqualityComparer.Default.Equals(Model.GetTypeInfo(target).Type, result)
        && target is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        && Model.GetSymbolInfo(target).Symbol switch
        {
            ILocalSymbol { IsRef: false } local => local.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() is not CatchDeclarationSyntax),
            IParameterSymbol parameter => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Symbol),
            IFieldSymbol { IsVolatile: false, RefKind: RefKind.None } => true,
            _ => false,
        };
}
