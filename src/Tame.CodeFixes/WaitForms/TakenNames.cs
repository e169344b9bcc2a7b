using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.WaitForms;

/// <summary>The names of variables and local functions that a block at a position must not redeclare, including later ones in the enclosing blocks.</summary>
internal sealed class TakenNames(StatementSyntax statement, SemanticModel model)
{
    private readonly List<int> _positions = [statement.SpanStart, .. statement.Ancestors().OfType<BlockSyntax>().Select(block => block.CloseBraceToken.SpanStart)];

    public bool Has(string name) => _positions.Any(position => model.LookupSymbols(position, name: name)
        .Any(symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction }));
}
