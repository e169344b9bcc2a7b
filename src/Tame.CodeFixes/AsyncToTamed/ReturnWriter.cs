using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>
/// Writes triggers in place of returns. An async method completes its task after all of it has run, including <c>finally</c> blocks and disposals. So if one of
/// the returns leaves such a region, all returns store their value for one trigger at the end.
/// </summary>
internal sealed class ReturnWriter
{
    private readonly AsyncMethod _method;
    private readonly bool _hasOneExit;
    private readonly string? _result;
    private string? _label;
    private bool _fallsThrough;

    public ReturnWriter(AsyncMethod method)
    {
        _method = method;
        _hasOneExit = method.Syntax.Body is { } body && Returns(body).Any(statement => Exits.RunsCode(statement, method.Model));
        _result = _hasOneExit && method.Type?.Result is not null ? method.Names.Make("result") : null;
    }

    /// <summary>The variable that an awaited result of that type goes to directly. Null: no variable does.</summary>
    public string? SlotFor(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, _method.Type?.Result) ? _result : null;

    /// <summary>The statements in place of a return, or of the expression that is the whole method.</summary>
    /// <param name="statement">The return. Null: the expression of an expression-bodied method.</param>
    /// <param name="value">The text of its value. Null: it has none, or the value is in its variable.</param>
    /// <param name="isDynamic">Whether the value must be converted to the type of the result at run time.</param>
    public IEnumerable<StatementSyntax> InPlaceOf(ReturnStatementSyntax? statement, string? value, bool isDynamic = false)
    {
        if (!_hasOneExit)
            return Trigger(value, isDynamic, isLast: statement is null || statement == _method.Syntax.Body!.Statements.Last());
        var assignment = value is null ? [] : new[] { StatementText.Parse($"{_result} = {value};") };
        return assignment.Concat(ToEnd(statement!, hasComment: statement!.Expression is null && statement.DescendantTrivia().Any(IsComment)));
    }

    /// <summary>Whether a using declaration in a block must become a statement, which ends before the event completes.</summary>
    /// <param name="block">The block.</param>
    /// <param name="earlier">The statements before the declaration. C# does not allow a <c>goto</c> in them to pass the declaration.</param>
    public bool EndsUsing(BlockSyntax block, IEnumerable<StatementSyntax> earlier) =>
        block == _method.Syntax.Body ? _hasOneExit || EndIsReachable : _hasOneExit && earlier.SelectMany(Returns).Any();

    /// <summary>The whole body, from the statements that were written for it.</summary>
    public BlockSyntax Finish(BlockSyntax body)
    {
        if (!EndIsReachable && !_fallsThrough && _label is null)
            return body;
        var last = StatementText.Parse($"{(_label is null ? "" : _label + ": ")}{TriggerText(_result)}");
        var count = body.Statements.Count;
        while (count > 0 && body.Statements[count - 1] is LocalFunctionStatementSyntax)
            count--;
        body = body.WithStatements(body.Statements.Insert(count, last));
        return _result is null ? body : body.WithStatements(body.Statements.Insert(0, StatementText.Parse($"{_method.ResultText} {_result};")));
    }

    private bool EndIsReachable => _method.Syntax.Body is { } body ? _method.Model.AnalyzeControlFlow(body)!.EndPointIsReachable : _method.Type?.Result is null;

    private static IEnumerable<ReturnStatementSyntax> Returns(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>();

    private IEnumerable<StatementSyntax> Trigger(string? value, bool isDynamic, bool isLast)
    {
        if (isDynamic)
        {
            var converted = _method.Names.Make("result");
            yield return StatementText.Parse($"{_method.ResultText} {converted} = {value};");
            value = converted;
        }
        yield return StatementText.Parse(TriggerText(value));
        if (!isLast)
            yield return StatementText.Parse("return;");
    }

    private IEnumerable<StatementSyntax> ToEnd(ReturnStatementSyntax statement, bool hasComment)
    {
        var jump = Exits.JumpFrom(statement);
        if (jump == ExitJump.Goto || (jump == ExitJump.None && hasComment))
            return [StatementText.Parse($"goto {_label ??= _method.Names.Make("finished")};")];
        _fallsThrough = true;
        return jump == ExitJump.Break ? [StatementText.Parse("break;")] : [];
    }

    private string TriggerText(string? value) => $"{_method.Event}.Trigger({value});";

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
}
