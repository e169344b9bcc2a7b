using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>
/// Arguments that the compiler takes from the caller: the name of the method, and the text of another argument. Both have changed, so they are written out. If
/// C# permits no argument, the text stays unchanged, and the name in it is that of a reference to the local.
/// </summary>
internal sealed partial class FleshEditor
{
    private const string ArgumentExpression = "CallerArgumentExpressionAttribute";
    private const string CallerMember = "CallerMemberNameAttribute";
    private const string CallerLine = "CallerLineNumberAttribute";

    /// <summary>Whether C# itself reads the visited text.</summary>
    private bool _isRead;

    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        base.VisitObjectCreationExpression(node);
        if (node.ArgumentList is { } list) PassCallerInfo(node, list, list.CloseParenToken);
        else if (CallerArguments(node) is { Count: > 0 } written) _edits.Insert(node.Type.Span.End, [new TextPiece("("), .. written, new TextPiece(")")]);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        base.VisitImplicitObjectCreationExpression(node);
        PassCallerInfo(node, node.ArgumentList, node.ArgumentList.CloseParenToken);
    }

    public override void VisitElementAccessExpression(ElementAccessExpressionSyntax node)
    {
        base.VisitElementAccessExpression(node);
        PassCallerInfo(node, node.ArgumentList, node.ArgumentList.CloseBracketToken);
    }

    /// <summary>The arguments have no names where possible: <c>a?[k, text: "k"]</c> can be read as a conditional expression.</summary>
    public override void VisitElementBindingExpression(ElementBindingExpressionSyntax node)
    {
        base.VisitElementBindingExpression(node);
        if (Model.GetOperation(node, _context.Cancellation) is not IPropertyReferenceOperation { Arguments: var arguments } || HasNamesOrGaps(node.ArgumentList, arguments))
            PassCallerInfo(node, node.ArgumentList, node.ArgumentList.CloseBracketToken);
        else if (AddedArguments(arguments) is { Count: > 0 } written)
            _edits.Insert(node.ArgumentList.CloseBracketToken.SpanStart, [.. Behind(written)]);
    }

    public override void VisitImplicitElementAccess(ImplicitElementAccessSyntax node)
    {
        base.VisitImplicitElementAccess(node);
        PassCallerInfo(node, node.ArgumentList, node.ArgumentList.CloseBracketToken);
    }

    /// <summary>An element <c>k</c> becomes <c>{ k, "k" }</c>, which calls <c>Add</c> with both.</summary>
    public override void VisitInitializerExpression(InitializerExpressionSyntax node)
    {
        base.VisitInitializerExpression(node);
        if (!node.IsKind(SyntaxKind.CollectionInitializerExpression) || Model.GetOperation(node, _context.Cancellation) is not IObjectOrCollectionInitializerOperation { Initializers: var adds }) return;
        foreach (var (element, add) in node.Expressions.Zip(adds, (element, add) => (element, add as IInvocationOperation)))
        {
            if (add is null || AddedArguments(add.Arguments) is not { Count: > 0 } written) continue;
            if (element is InitializerExpressionSyntax several) _edits.Insert(several.CloseBraceToken.SpanStart, [.. Behind(written)]);
            else _edits.Wrap(element.Span, "{ ", [.. Behind(written), new TextPiece(" }")]);
        }
    }

    public override void VisitInterpolation(InterpolationSyntax node)
    {
        var whole = (InterpolatedStringExpressionSyntax)node.Parent!;
        var part = Model.GetOperation(whole, _context.Cancellation) is IInterpolatedStringOperation { Parts: var parts } ? parts.ElementAtOrDefault(whole.Contents.IndexOf(node)) : null;
        VisitRead(node, base.VisitInterpolation, part is IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { TargetMethod: var append } } && Reads(append));
    }

    /// <summary>A list that moves with its function is moved as a whole.</summary>
    public override void VisitAttributeList(AttributeListSyntax node)
    {
        if (node != _root && node.Attributes.Any(IsToldItsPlace)) NotePoint(node.SyntaxTree, node.Span);
        base.VisitAttributeList(node);
    }

    /// <summary>A function may have another name in generated code.</summary>
    public override void VisitAttribute(AttributeSyntax node)
    {
        base.VisitAttribute(node);
        if (ToldName(node) is not { } written) return;
        var own = node.ArgumentList?.Arguments.LastOrDefault(argument => argument.NameEquals is null);
        if (node.ArgumentList is not { } list) _edits.Insert(node.Span.End, $"({written})");
        else if (own is not null) _edits.Insert(own.Span.End, ", " + written);
        else _edits.Insert(list.OpenParenToken.Span.End, written + (list.Arguments.Count > 0 ? ", " : ""));
    }

    private bool IsToldItsPlace(AttributeSyntax attribute) => LeftOut(attribute)
        .Any(argument => CallerAttribute(argument.Parameter!) is CallerLine or "CallerFilePathAttribute");

    /// <summary>The argument that C# took from the name of the attribute's target, or null.</summary>
    private string? ToldName(AttributeSyntax attribute) =>
        LeftOut(attribute).FirstOrDefault(argument => CallerAttribute(argument.Parameter!) == CallerMember) is { Value.ConstantValue.Value: string name } told
            ? $"{SymbolText.Name(told.Parameter!)}: {SymbolDisplay.FormatLiteral(name == _context.Body.Name ? _context.Declaration.Name : name, quote: true)}"
            : null;

    private IEnumerable<IArgumentOperation> LeftOut(AttributeSyntax attribute) =>
        Model.GetOperation(attribute, _context.Cancellation) is IAttributeOperation { Operation: IObjectCreationOperation { Arguments: var arguments } }
            ? arguments.Where(argument => argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: not null })
            : [];

    private void VisitRead<T>(T node, Action<T> visit, bool isRead)
    {
        var outer = _isRead;
        _isRead |= isRead;
        visit(node);
        _isRead = outer;
    }

    /// <summary>Whether C# passes a method the text of an argument.</summary>
    private static bool Reads(IMethodSymbol method) => method.Parameters.Any(parameter => parameter.GetAttributes().Any(attribute => TextOf(attribute) is not null));

    /// <summary>
    /// Whether a reference can have the user's own name. Such a reference is declared in braces around the text, which must be possible there, and no nested
    /// function can use it.
    /// </summary>
    private bool KeepsName(int local, SimpleNameSyntax name) => _isRead && !_context.Nested.Around(name).Any()
        && _context.Locals.All[local] is { Kind: not LocalKind.InPlace, IsOnStack: false, Type.Length: > 0 }
        && _root is not (CatchClauseSyntax or BlockSyntax { Parent: FinallyClauseSyntax }) && _root?.FirstAncestorOrSelf<CatchFilterClauseSyntax>() is null
        && !(_root is LocalDeclarationStatementSyntax declaration && !IsHoisted(declaration.Declaration));

    /// <summary>Whether arguments after the user's own need names.</summary>
    private static bool HasNamesOrGaps(BaseArgumentListSyntax list, IReadOnlyCollection<IArgumentOperation> arguments) =>
        list.Arguments.Any(argument => argument.NameColon is not null) || arguments.Any(argument => argument.ArgumentKind is ArgumentKind.ParamArray or ArgumentKind.ParamCollection);

    private void PassCallerInfo(SyntaxNode call, BaseArgumentListSyntax list, SyntaxToken close)
    {
        if (CallerArguments(call) is { Count: > 0 } written) _edits.Insert(close.SpanStart, [new TextPiece(list.Arguments.Count > 0 ? ", " : ""), .. written]);
    }

    private List<Piece> CallerArguments(SyntaxNode call) => Model.GetOperation(call, _context.Cancellation) switch
    {
        IInvocationOperation invocation => Named(invocation.Arguments, invocation.Instance),
        IObjectCreationOperation creation => Named(creation.Arguments, null),
        IPropertyReferenceOperation indexer => Named(indexer.Arguments, indexer.Instance),
        _ => [],
    };

    private List<Piece> Named(IReadOnlyCollection<IArgumentOperation> arguments, IOperation? receiver)
    {
        var written = new List<Piece>();
        foreach (var argument in arguments)
        {
            if (Changed(argument, arguments, receiver) is { } told) written.AddRange([new TextPiece($"{(written.Count > 0 ? ", " : "")}{SymbolText.Name(argument.Parameter!)}: "), told]);
        }

        return written;
    }

    private static IEnumerable<Piece> Behind(IEnumerable<Piece> arguments) => arguments.SelectMany(argument => new[] { new TextPiece(", "), argument });

    /// <summary>The arguments after the user's own, up to the last that must be written. They have no names there.</summary>
    private List<Piece> AddedArguments(IReadOnlyCollection<IArgumentOperation> arguments)
    {
        var left = arguments.Where(argument => argument.ArgumentKind == ArgumentKind.DefaultValue).OrderBy(argument => argument.Parameter!.Ordinal)
            .Select(argument => (Argument: argument, Told: Changed(argument, arguments, null))).ToList();
        return [.. left.Take(left.FindLastIndex(argument => argument.Told is not null) + 1)
            .Select(argument => argument.Told ?? (Piece?)Line(argument.Argument) ?? new TextPiece(ConstantText.Of(argument.Argument.Parameter!.Type, argument.Argument.Value.ConstantValue.Value, _context.Aliases)))];
    }

    /// <summary>An argument that C# took from the caller and would take from generated code again. Null if the result is the same.</summary>
    private TextPiece? Changed(IArgumentOperation argument, IEnumerable<IArgumentOperation> all, IOperation? receiver)
    {
        if (argument is not { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter }) return null;
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == CallerMember) return Literal(_context.Declaration.Name);
            if (TextOf(attribute) is not { } of) continue;
            var source = all.FirstOrDefault(other => other.Parameter?.Name == of)?.Syntax ?? receiver?.Syntax;
            if (source is not null && _edits.Change(source.Span) && argument.Value.ConstantValue is { HasValue: true, Value: string text }) return Literal(text);
        }

        return null;
    }

    private static TextPiece Literal(string text) => new(SymbolDisplay.FormatLiteral(text, quote: true));

    /// <summary>The line that C# passes if a method asks for it.</summary>
    private static LinePiece? Line(IArgumentOperation argument) =>
        CallerAttribute(argument.Parameter!) == CallerLine && argument.Value is { ConstantValue: { HasValue: true, Value: int line } } ? new LinePiece(line) : null;
}
