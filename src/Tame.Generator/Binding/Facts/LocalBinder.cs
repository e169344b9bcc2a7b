using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>Decides for each parameter and local of a body how it lives on, and reports the ones that cannot.</summary>
internal sealed class LocalBinder(BodyContext context)
{
    public void Bind()
    {
        foreach (var parameter in context.Body.Parameters) AddParameter(parameter);
        var functions = new List<(IMethodSymbol, LocalFunctionStatementSyntax)>();
        foreach (var node in context.Syntax.DescendantNodes(node => !context.Nested.Is(node)))
        {
            if (node is not (VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax or CatchDeclarationSyntax or LocalFunctionStatementSyntax)) continue;
            var symbol = context.Model.GetDeclaredSymbol(node, context.Cancellation);
            if (symbol is IMethodSymbol function && context.Captures.IsMoved(function)) functions.Add((function, (LocalFunctionStatementSyntax)node));
            else if (symbol is not null) AddLocal(symbol, node);
        }

        new FunctionPlacer(context).Place(functions);
    }

    private void AddParameter(IParameterSymbol parameter)
    {
        var isEvent = parameter.RefKind == RefKind.None && context.Primitives.IsEvent(parameter.Type);
        var isCaptured = context.Captures.NeedsObject(parameter);
        var kind = isCaptured ? LocalKind.Captured : parameter.RefKind == RefKind.Out ? LocalKind.OutParameter : LocalKind.Parameter;
        context.Locals.Add(parameter, new Local(SymbolText.Name(parameter), SymbolText.Of(parameter.Type), kind)
        {
            HoldsReferences = SymbolText.HoldsReferences(parameter.Type),
            IsEvent = isEvent,
            IsNullableEvent = isEvent && parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T,
            IsReassigned = isEvent && isCaptured,
            Scope = isCaptured ? context.Scopes.Add(context.Syntax, isInText: false) : -1,
        });
    }

    private void AddLocal(ISymbol symbol, SyntaxNode declarator)
    {
        var isSpine = context.IsFlattened(symbol);
        if (symbol is IMethodSymbol)
        {
            if (isSpine) context.Locals.Add(symbol, new Local(SymbolText.Name(symbol), "", LocalKind.InPlace));
        }
        else if (symbol is ILocalSymbol local && (isSpine || IsSlotOrBesideOne(local, declarator)))
        {
            AddHoisted(local, declarator, isSpine);
        }
    }

    /// <summary>A declaration of several variables is hoisted whole where one of them is a slot.</summary>
    private bool IsSlotOrBesideOne(ILocalSymbol local, SyntaxNode declarator) => context.Flow.IsSlot(local)
        || (declarator.Parent is VariableDeclarationSyntax { Variables.Count: > 1 } declaration
            && declaration.Variables.Any(v => context.Model.GetDeclaredSymbol(v) is ILocalSymbol other && context.Flow.IsSlot(other)));

    private void AddHoisted(ILocalSymbol local, SyntaxNode declarator, bool isSpine)
    {
        var isCaptured = context.Captures.NeedsObject(local) && !local.IsConst && !local.IsRef;
        var kind = isCaptured ? LocalKind.Captured
            : context.Flow.IsKept(local) && !local.IsConst && !local.IsRef ? LocalKind.Kept
            : StaysInPlace(local, declarator) ? LocalKind.InPlace : LocalKind.Plain;
        var type = TypeOf(local, declarator);
        if (kind != LocalKind.InPlace) CheckType(local);
        if (local.IsRef && HoldsLambda(declarator)) context.Report(Rules.CannotBeCaptured, local.Locations[0], local.Name, "a ref local whose value needs a lambda");
        var bound = new Local(SymbolText.Name(local), "", kind)
        {
            IsRefLike = SymbolText.IsRefStruct(local.Type),
            Scope = isCaptured ? AddScope(local, isSpine) : -1,
        };
        context.Locals.Add(local, kind == LocalKind.InPlace ? bound : context.Locals.WithType(bound, type));
    }

    /// <summary>A slot whose scope contains no wait has its object in the text itself, where only statements can be enclosed.</summary>
    private int AddScope(ILocalSymbol local, bool isSpine)
    {
        var entry = context.ScopeMap.Of(local)!.Entry;
        if (!isSpine && (entry is not StatementSyntax || Jumps.IsLoop(entry)) && entry is not ForStatementSyntax)
            context.Report(Rules.CannotBeCaptured, local.Locations[0], local.Name, "a slot in the header of a loop");
        return context.Scopes.Add(entry, isInText: !isSpine);
    }

    private bool HoldsLambda(SyntaxNode declarator) => declarator.DescendantNodes()
        .Any(node => context.Nested.Is(node) && node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(NamesCaptured));

    private bool NamesCaptured(SimpleNameSyntax name) => context.Model.GetSymbolInfo(name, context.Cancellation).Symbol is { } symbol
        && (context.Captures.NeedsObject(symbol) || (symbol is IMethodSymbol function && context.Captures.IsMoved(function)));

    /// <summary>
    /// A declaration that says <c>var</c> for a type without a name has to stay. No way leads round it to where its value is used, or the value
    /// would be kept; but the compiler sees one where a region behind it is entered again after a wait.
    /// </summary>
    private bool StaysInPlace(ILocalSymbol local, SyntaxNode declarator) => local.IsConst || local.IsRef
        || (!SymbolText.CanBeWritten(local.Type) && !HoldsLambda(declarator)
            && declarator.Parent?.Parent is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration && BlockItems.Around(declaration) is BlockSyntax block
            && !block.DescendantNodes().Any(node => IsEnteredAgain(node) || IsHandlerThatNames(node, local.Name)));

    /// <summary>A handler of an empty try never runs, so that nothing is kept for it; but the compiler has every way lead there.</summary>
    private static bool IsHandlerThatNames(SyntaxNode node, string local) => node is CatchClauseSyntax or FinallyClauseSyntax
        && node.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == local);

    private bool IsEnteredAgain(SyntaxNode node) => node switch
    {
        LocalDeclarationStatementSyntax declaration => !declaration.UsingKeyword.IsKind(SyntaxKind.None),
        TryStatementSyntax or CommonForEachStatementSyntax or UsingStatementSyntax => context.Waits.IsSpine(node) && !context.Waits.IsBlock(node),
        _ => false,
    };

    /// <summary>The elements of a dynamic collection are dynamic, though the nullable analysis calls the variable that holds them an object.</summary>
    private ITypeSymbol TypeOf(ILocalSymbol local, SyntaxNode declarator) =>
        declarator is ForEachStatementSyntax { Type.IsVar: true } loop && context.Model.GetTypeInfo(loop.Expression, context.Cancellation).Type is { TypeKind: TypeKind.Dynamic } element
            ? element : local.Type;

    private void CheckType(ILocalSymbol local)
    {
        if (!SymbolText.CanBeWritten(local.Type) && context.AnonymousTypes.Find(local.Type) is null) context.Report(Rules.TypeCannotBeWritten, local.Locations[0], local.Name);
    }
}
