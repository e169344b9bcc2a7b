using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Reads the items of a block or of a switch section: a statement with any number of labels before it. All code that looks for a kind of statement there uses
/// this class.
/// </summary>
internal static class BlockItems
{
    /// <summary>The statement after the labels.</summary>
    public static StatementSyntax Statement(StatementSyntax item) => item is LabeledStatementSyntax labeled ? Statement(labeled.Statement) : item;

    /// <summary>The labels of an item, in order.</summary>
    public static IEnumerable<LabeledStatementSyntax> Labels(StatementSyntax item)
    {
        for (; item is LabeledStatementSyntax labeled; item = labeled.Statement) yield return labeled;
    }

    /// <summary>The node that contains the item to which a statement belongs.</summary>
    public static SyntaxNode Around(StatementSyntax statement)
    {
        var around = statement.Parent!;
        while (around is LabeledStatementSyntax) around = around.Parent!;
        return around;
    }

    /// <summary>The using declaration that an item is, or null.</summary>
    public static LocalDeclarationStatementSyntax? UsingDeclaration(StatementSyntax item) =>
        Statement(item) is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration ? declaration : null;
}
