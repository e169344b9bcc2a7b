using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>
/// Creates fragments of the user's text. References to hoisted locals, their declarations, events, slots, and jumps into flattened code become edits.
/// Everything else, including comments and layout, stays unchanged.
/// </summary>
internal sealed partial class FleshEditor : CSharpSyntaxWalker
{
    private readonly BodyContext _context;
    private readonly SlotBinder _slots;
    private Edits _edits = new();
    private SyntaxNode? _root;
    private int _points;

    public FleshEditor(BodyContext context)
    {
        _context = context;
        _slots = new SlotBinder(context, this);
    }

    private SemanticModel Model => _context.Model;

    /// <summary>The positions of identifiers that refer to locals of the table or to labels that move: no other name can be hidden there.</summary>
    public HashSet<int> LocalPlaces { get; } = [];

    public Fragment Edit(SyntaxNode node) => new(Pieces(node).ToEquatable(), Spans.Of(node));

    /// <summary>
    /// The pieces of one node. Edits collected for the text around it do not change. <paramref name="insert"/> adds what an enclosing statement needs.
    /// </summary>
    public List<Piece> Pieces(SyntaxNode node, Action<Edits>? insert = null)
    {
        var (outer, outerRoot) = (_edits, _root);
        (_edits, _root) = (new Edits(), node);
        insert?.Invoke(_edits);
        DropDirectives(node);
        Visit(node);
        var pieces = _edits.Apply(node.SyntaxTree.GetText(_context.Cancellation), node.Span);
        (_edits, _root) = (outer, outerRoot);
        return pieces;
    }

    /// <summary>A fragment of given parts: strings, pieces, and sequences of pieces.</summary>
    public static Fragment Make(SourceSpan span, params object[] parts)
    {
        var pieces = new List<Piece>();
        foreach (var part in parts)
        {
            if (part is string text) Edits.AddPiece(pieces, new TextPiece(text));
            else if (part is Piece piece) pieces.Add(piece);
            else foreach (var each in (IEnumerable<Piece>)part) Edits.AddPiece(pieces, each);
        }

        return new Fragment(pieces.ToEquatable(), span);
    }

    /// <summary>The expression that locates the target of an <c>out</c> argument as a slot.</summary>
    public Fragment Locate(ArgumentSyntax target) => new(_slots.Locate(SlotBinder.Strip(target.Expression), target).ToEquatable(), Spans.Of(target));

    /// <summary>The expression that creates a slot for an <c>out</c> argument.</summary>
    public List<Piece> Slot(ArgumentSyntax argument) => _slots.Bind(argument);

    public bool IsPlainVariable(ExpressionSyntax expression) => _slots.IsPlainVariable(expression);

    /// <summary>Records where a debugger stops, and creates the objects of scopes without waits in which lambdas capture a slot.</summary>
    public override void Visit(SyntaxNode? node)
    {
        if (node is null) return;
        var scope = node is StatementSyntax statement ? OpenScope(statement) : null;
        NotePoints(node);
        base.Visit(node);
        if (scope is { } end) _edits.Replace(new TextSpan(end, 0), Plumbing(" }"));
    }

    /// <summary>Creates the object of a scope at the start of a statement. Returns the position of the brace that closes an opened block, if any.</summary>
    private int? OpenScope(StatementSyntax statement)
    {
        if (_context.Scopes.At(statement) is not { } scope || !_context.Scopes.All[scope].IsInText) return null;
        var (start, end) = statement is BlockSyntax block ? (block.OpenBraceToken.Span.End, (int?)null) : (statement.SpanStart, statement.Span.End);
        _edits.Replace(new TextSpan(start, 0), Plumbing(end is null ? " " : "{ ", new ScopeTypePiece(scope), " ", new ScopePiece(scope), " = ", new NewScopePiece(scope), "; "));
        return end;
    }

    /// <summary>The piece that names a local at a position in the text.</summary>
    public LocalPiece Refer(int local, SyntaxToken place)
    {
        LocalPlaces.Add(place.SpanStart);
        return new LocalPiece(local);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node) => EditName(node);

    public override void VisitGenericName(GenericNameSyntax node)
    {
        EditName(node);
        base.VisitGenericName(node);
    }

    private void EditName(SimpleNameSyntax name)
    {
        if (MemberName.Is(name) || !CanBeEdited(name.Identifier.ValueText)) return;
        var symbol = Named(name);
        if (symbol is ILabelSymbol label && _context.IsFlattened(label))
        {
            LocalPlaces.Add(name.SpanStart);
            _edits.Replace(name.Span, new LabelPiece(_context.UserLabel(label)));
        }
        else if (symbol is ILocalSymbol { IsConst: true, HasConstantValue: true } constant && IsFromOutside(constant, name))
        {
            LocalPlaces.Add(name.SpanStart);
            _edits.Replace(name.Span, ConstantText.Of(constant.Type, constant.ConstantValue, _context.Aliases));
        }
        else if (_context.Locals.Find(symbol is IMethodSymbol method ? method.OriginalDefinition : symbol) is { } local)
        {
            NoteUse(local, name);
            _edits.Replace(Replaced(name, symbol!, local), Refer(local, name.Identifier) with { InferredBy = InferredBy(name), IsLater = IsLater(local, name), KeepsName = KeepsName(local, name) });
            if (KeepsName(local, name)) _context.Locals.MarkNamed(local);
        }
    }

    /// <summary>The part of a name that a reference replaces: all but an unnecessary <c>@</c> if C# reads the text.</summary>
    private TextSpan Replaced(SimpleNameSyntax name, ISymbol symbol, int local)
    {
        var span = name.Identifier.Span;
        var isNeedless = name.Identifier.Text[0] == '@' && SymbolText.Name(symbol)[0] != '@';
        return isNeedless && KeepsName(local, name) ? TextSpan.FromBounds(span.Start + 1, span.End) : span;
    }

    /// <summary>Roslyn looks a name up through all enclosing scopes, which is worthwhile only for a name that the body declares.</summary>
    private bool CanBeEdited(string name) => _context.Locals.Has(name) || _context.ScopeMap.Declares(name);

    /// <summary>The meaning of a name. A local function converted to an unnamed delegate type is only a candidate.</summary>
    private ISymbol? Named(SimpleNameSyntax name)
    {
        var info = Model.GetSymbolInfo(name, _context.Cancellation);
        return info.Symbol ?? (info.CandidateSymbols is [IMethodSymbol { MethodKind: MethodKind.LocalFunction } only] ? only : null);
    }

    /// <summary>Whether this reference to a captured local must hold the object of this entry of its scope.</summary>
    private bool IsLater(int local, SimpleNameSyntax name) => _context.Locals.All[local].Kind == LocalKind.Captured && _context.Captures.RunsLater(name);

    /// <summary>Whether a constant is named in a function that moves out of its scope.</summary>
    private bool IsFromOutside(ILocalSymbol constant, SimpleNameSyntax name) => name.Ancestors().OfType<LocalFunctionStatementSyntax>()
        .Any(function => Model.GetDeclaredSymbol(function, _context.Cancellation) is IMethodSymbol symbol && _context.Captures.IsMoved(symbol)
            && !constant.DeclaringSyntaxReferences.All(reference => function.Span.Contains(reference.Span)));

    private void NoteUse(int index, SimpleNameSyntax name)
    {
        var local = _context.Locals.All[index];
        if (local.Kind is LocalKind.InPlace or LocalKind.Plain) return;
        if (local.IsEvent && IsWrite(name)) _context.Locals.MarkReassigned(index);
        if (IsAddressed(name))
            _context.Report(Rules.AddressOfKept, name, local.Name);
        if (local.Example is not null && name.Ancestors().TakeWhile(node => node != _context.Syntax).OfType<LambdaExpressionSyntax>().Any(IsTree))
            _context.Report(Rules.TypeCannotBeWritten, name, local.Name);
    }

    /// <summary>An expression tree cannot contain a reference to the location of a value whose type cannot be written.</summary>
    private bool IsTree(LambdaExpressionSyntax lambda) =>
        Model.GetTypeInfo(lambda, _context.Cancellation).ConvertedType is INamedTypeSymbol { Arity: 1, Name: "Expression", ContainingNamespace.Name: "Expressions" };

    /// <summary>Whether a pointer is taken to a variable or to a part of it.</summary>
    private static bool IsAddressed(ExpressionSyntax place) => place.Parent switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } address => address.Parent is not EqualsValueClauseSyntax { Parent.Parent.Parent: FixedStatementSyntax },
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access => access.Expression == place && IsAddressed(access),
        ParenthesizedExpressionSyntax parenthesized => IsAddressed(parenthesized),
        _ => false,
    };

    private static bool IsWrite(ExpressionSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsWrite(tuple),
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        RefExpressionSyntax => true,
        ParenthesizedExpressionSyntax parenthesized => IsWrite(parenthesized),
        _ => false,
    };

    /// <summary>The sign after the name that C# would have inferred from this reference, or null if it infers none.</summary>
    private string? InferredBy(SimpleNameSyntax name) => name.Parent switch
    {
        ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax tuple } argument => IsNameOfElement(name, tuple, tuple.Arguments.IndexOf(argument)) ? ": " : null,
        AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } => " = ",
        _ => null,
    };

    /// <summary>C# infers no name that another element also has, or that is a member of every tuple. An element of a tuple without a type needs none.</summary>
    private bool IsNameOfElement(SimpleNameSyntax name, TupleExpressionSyntax tuple, int index) => !IsDeconstructed(tuple)
        && Model.GetTypeInfo(tuple, _context.Cancellation).Type is INamedTypeSymbol { IsTupleType: true } type && type.TupleElements[index].Name == name.Identifier.ValueText;

    /// <summary>Whether a tuple is the target of a deconstruction, where names are not permitted.</summary>
    private static bool IsDeconstructed(TupleExpressionSyntax tuple) => tuple.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == tuple,
        ArgumentSyntax { Parent: TupleExpressionSyntax outer } => IsDeconstructed(outer),
        ForEachVariableStatementSyntax loop => loop.Variable == tuple,
        _ => false,
    };

    private void DropDirectives(SyntaxNode node)
    {
        foreach (var trivia in node.DescendantTrivia())
        {
            if (!node.Span.Contains(trivia.Span)) continue;
            if (trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia))
                _edits.Replace(trivia.FullSpan, new string('\n', trivia.ToFullString().Count(c => c == '\n')));
        }
    }
}
