using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Tame.CodeFixes.AsyncToTamed;

/// <content>Using declarations that must end before the event completes at the end of their block. They become using statements.</content>
internal sealed partial class BodyRewriter
{
    /// <param name="block">The block around the statements.</param>
    /// <param name="statements">All its statements, or those after a using declaration that became a statement.</param>
    /// <param name="isNested">The statements follow a using declaration that became a statement. Other using declarations among them become statements too.</param>
    private List<StatementSyntax> Sequence(BlockSyntax block, IReadOnlyList<StatementSyntax> statements, bool isNested = false)
    {
        var made = new List<StatementSyntax>();
        for (var i = 0; i < statements.Count; i++)
        {
            if (Exits.IsUsingDeclaration(statements[i]) && (isNested || _returns.EndsUsing(block, statements.Take(i))))
            {
                made.AddRange(Nested(block, statements, i));
                return made;
            }
            made.AddRange(Rewritten(statements[i]));
        }
        return made;
    }

    /// <summary>
    /// Writes a using declaration as a statement around the statements after it. Local functions that use nothing from inside stay outside, where earlier
    /// statements can call them.
    /// </summary>
    private List<StatementSyntax> Nested(BlockSyntax block, IReadOnlyList<StatementSyntax> statements, int index)
    {
        var rest = statements.Skip(index + 1).ToList();
        var outside = Independent(rest, statements[index]);
        var inside = rest.Except(outside).ToList();
        _isPossible &= !inside.OfType<LocalFunctionStatementSyntax>().Any(function => statements.Take(index).Any(statement => Mentions(statement, function)));
        var (statement, labels) = Unlabeled(statements[index]);
        var declaration = (LocalDeclarationStatementSyntax)statement;
        _isPossible &= declaration.AwaitKeyword.IsKind(SyntaxKind.None);
        var made = new List<StatementSyntax>();
        AddNested(declaration, variable: 0, made, () => Sequence(block, inside, isNested: true));
        if (labels is not null)
            made[0] = labels(made[0]);
        return [.. StatementText.InPlaceOf(statements[index], made), .. outside.SelectMany(Rewritten)];
    }

    private void AddNested(LocalDeclarationStatementSyntax declaration, int variable, List<StatementSyntax> made, Func<List<StatementSyntax>> rest)
    {
        var declared = declaration.Declaration.Variables[variable];
        Hoist(declared.Initializer!.Value, made);
        var single = declaration.Declaration.WithVariables(SyntaxFactory.SingletonSeparatedList((VariableDeclaratorSyntax)Visit(declared)!)).WithoutTrivia();
        var inner = new List<StatementSyntax>();
        if (variable + 1 < declaration.Declaration.Variables.Count)
            AddNested(declaration, variable + 1, inner, rest);
        else
            inner = rest();
        StatementSyntax body = inner is [UsingStatementSyntax { Declaration: not null } only] && only.GetLeadingTrivia().All(trivia => trivia.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia)
            ? only.WithLeadingTrivia(SyntaxFactory.ElasticLineFeed) : SyntaxFactory.Block(inner);
        made.Add(SyntaxFactory.UsingStatement(single, expression: null, body).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static (StatementSyntax Statement, Func<StatementSyntax, StatementSyntax>? Labels) Unlabeled(StatementSyntax statement)
    {
        if (statement is not LabeledStatementSyntax labeled)
            return (statement, null);
        var (inner, labels) = Unlabeled(labeled.Statement);
        return (inner, first => labeled.WithStatement(labels is null ? first : labels(first)));
    }

    /// <summary>The local functions that mention no variable of the declaration and the statements after it, nor a local function that does.</summary>
    private List<StatementSyntax> Independent(List<StatementSyntax> statements, StatementSyntax declaration)
    {
        var independent = statements.Where(statement => statement is LocalFunctionStatementSyntax).ToList();
        while (independent.RemoveAll(function => statements.Except(independent).Prepend(declaration).Any(other => Mentions(function, other))) > 0)
        {
        }
        return independent;
    }

    /// <summary>Whether a statement mentions what another one declares for its sibling statements.</summary>
    private bool Mentions(StatementSyntax statement, StatementSyntax declaring)
    {
        var symbols = declaring is LocalFunctionStatementSyntax function ? [_method.Model.GetDeclaredSymbol(function)!]
            : _method.Model.AnalyzeDataFlow(declaring)!.VariablesDeclared;
        return statement.DescendantNodes().OfType<SimpleNameSyntax>()
            .Any(name => _method.Model.GetSymbolInfo(name).Symbol is { } symbol && symbols.Contains(symbol, SymbolEqualityComparer.Default));
    }
}
