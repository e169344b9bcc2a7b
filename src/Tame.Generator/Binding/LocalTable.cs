using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>The locals that do not stay as the user wrote them, each with its index in the model; locals inside flesh are not in it.</summary>
internal sealed class LocalTable
{
    private readonly Dictionary<ISymbol, int> _indices = new(SymbolEqualityComparer.Default);
    private readonly List<Local> _locals = [];

    public IReadOnlyList<Local> All => _locals;

    public int? Find(ISymbol? symbol) => symbol is not null && _indices.TryGetValue(symbol, out var index) ? index : null;

    /// <summary>Whether references to this local are text edits and its declaration goes to the closure or the top of the method.</summary>
    public bool IsHoisted(ISymbol? symbol) => Find(symbol) is { } index && _locals[index].Kind != LocalKind.InPlace;

    public void Add(ISymbol symbol, Local local)
    {
        _indices.Add(symbol, _locals.Count);
        _locals.Add(local);
    }

    /// <summary>A value that the lowering of a statement keeps, such as the enumerator of a <c>foreach</c>.</summary>
    public int AddHidden(string name, string type, bool holdsReferences)
    {
        _locals.Add(new Local(name, type, LocalKind.Kept) { HoldsReferences = holdsReferences, IsHidden = true });
        return _locals.Count - 1;
    }

    public void MarkReassigned(int index) => _locals[index] = _locals[index] with { IsReassigned = true };
}

/// <summary>Decides for each parameter and local of a body how it lives on, and reports the ones that cannot.</summary>
internal sealed class LocalBinder(BodyContext context)
{
    public void Bind()
    {
        foreach (var parameter in context.Body.Parameters) AddParameter(parameter);
        foreach (var node in context.Syntax.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax or CatchDeclarationSyntax or LocalFunctionStatementSyntax
                && context.Model.GetDeclaredSymbol(node, context.Cancellation) is { } symbol)
                AddLocal(symbol, node);
        }
    }

    private void AddParameter(IParameterSymbol parameter)
    {
        context.Locals.Add(parameter, new Local(SymbolText.Name(parameter), SymbolText.Of(parameter.Type), parameter.RefKind == RefKind.Out ? LocalKind.OutParameter : LocalKind.Parameter)
        {
            HoldsReferences = SymbolText.HoldsReferences(parameter.Type),
            IsEvent = parameter.RefKind == RefKind.None && context.Primitives.IsEvent(parameter.Type),
        });
    }

    private void AddLocal(ISymbol symbol, SyntaxNode declarator)
    {
        var scope = Scopes.Of(declarator);
        var isSpine = context.Waits.IsSpine(scope);
        if (symbol is IMethodSymbol)
        {
            if (isSpine) context.Locals.Add(symbol, new Local(SymbolText.Name(symbol), "", LocalKind.InPlace));
        }
        else if (symbol is ILocalSymbol local && (isSpine || IsSlotOrBesideOne(local, declarator)))
        {
            AddHoisted(local, declarator, scope);
        }
    }

    /// <summary>A declaration of several variables is hoisted whole where one of them is a slot.</summary>
    private bool IsSlotOrBesideOne(ILocalSymbol local, SyntaxNode declarator) => context.Flow.IsSlot(local)
        || (declarator.Parent is VariableDeclarationSyntax { Variables.Count: > 1 } declaration
            && declaration.Variables.Any(v => context.Model.GetDeclaredSymbol(v) is ILocalSymbol other && context.Flow.IsSlot(other)));

    private void AddHoisted(ILocalSymbol local, SyntaxNode declarator, SyntaxNode scope)
    {
        var isKept = context.Flow.IsKept(local);
        var kind = isKept && !local.IsConst && !local.IsRef ? LocalKind.Kept : StaysInPlace(local, declarator) ? LocalKind.InPlace : LocalKind.Plain;
        if (kind != LocalKind.InPlace) CheckType(local, declarator);
        if (isKept && context.Flow.IsCaptured(local) && !local.IsConst) CheckCapture(local, declarator, scope);
        context.Locals.Add(local, new Local(SymbolText.Name(local), SymbolText.Of(local.Type), kind)
        {
            IsRefLike = local.Type.IsRefLikeType,
            HoldsReferences = SymbolText.HoldsReferences(local.Type),
        });
    }

    /// <summary>
    /// A declaration that says <c>var</c> for a type without a name has to stay. No way leads round it to where its value is used, or the value
    /// would be kept; but the compiler sees one where a region behind it is entered again after a wait.
    /// </summary>
    private bool StaysInPlace(ILocalSymbol local, SyntaxNode declarator) => local.IsConst || local.IsRef
        || (!SymbolText.CanBeWritten(local.Type) && declarator.Parent?.Parent is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Parent: BlockSyntax block }
            && !block.DescendantNodes().Any(IsEnteredAgain));

    private bool IsEnteredAgain(SyntaxNode node) => node switch
    {
        LocalDeclarationStatementSyntax declaration => !declaration.UsingKeyword.IsKind(SyntaxKind.None),
        TryStatementSyntax or CommonForEachStatementSyntax or UsingStatementSyntax => context.Waits.IsSpine(node) && !context.Waits.IsBlock(node),
        _ => false,
    };

    private void CheckType(ILocalSymbol local, SyntaxNode declarator)
    {
        if (!SymbolText.CanBeWritten(local.Type)) context.Report(Rules.TypeCannotBeWritten, local.Locations[0], local.Name);
        if (declarator is VariableDeclaratorSyntax { Initializer.Value: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax }
            && local.Type is IPointerTypeSymbol)
            context.Report(Rules.NotYet, local.Locations[0], $"'{local.Name}', a pointer to the stack beside a wait, is", "declare it as a Span, or in a block without waits");
    }

    /// <summary>A variable that C# makes anew for each iteration cannot yet be captured: the closure has one field for it.</summary>
    private void CheckCapture(ILocalSymbol local, SyntaxNode declarator, SyntaxNode scope)
    {
        var isOnce = scope == context.Syntax.Body || scope == context.Syntax.ExpressionBody;
        for (var node = scope; !isOnce && node is not null && node != context.Syntax; node = node.Parent)
        {
            if (node == context.Syntax.Body && !context.Syntax.DescendantNodes().OfType<LabeledStatementSyntax>().Any()) isOnce = true;
            if (Jumps.IsLoop(node) && !(node == scope && node is ForStatementSyntax)) break;
        }

        if (!isOnce)
            context.Report(Rules.NotYet, local.Locations[0], $"'{local.Name}', made anew in each iteration beside a wait and captured by a lambda or local function, is", "write what captures it into a method of its own");
    }
}
