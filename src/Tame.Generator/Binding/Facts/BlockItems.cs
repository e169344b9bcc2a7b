using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>An item of a block or of a switch section is a statement with any number of labels before it. Everything that looks for a kind of statement there asks here.</summary>
internal static class BlockItems
{
    /// <summary>The statement behind the labels.</summary>
    public static StatementSyntax Statement(StatementSyntax item) => item is LabeledStatementSyntax labeled ? Statement(labeled.Statement) : item;

    /// <summary>The labels of an item, the first one first.</summary>
    public static IEnumerable<LabeledStatementSyntax> Labels(StatementSyntax item)
    {
        for (; item is LabeledStatementSyntax labeled; item = labeled.Statement) yield return labeled;
    }

    /// <summary>What contains the item that a statement is the statement of.</summary>
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
