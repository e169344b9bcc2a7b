using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary>The statements of a flattened block, with the labels before them.</summary>
internal sealed partial class SpineBinder
{
    private BlockStatement BindBlock(BlockSyntax block) => new(BindRest(block.Statements, 0).ToEquatable());

    /// <summary>The statements of a block from an index on. A using declaration takes the statements after it as its body.</summary>
    private List<Statement> BindRest(SyntaxList<StatementSyntax> statements, int from)
    {
        var bound = new List<Statement>();
        for (var i = from; i < statements.Count; i++)
        {
            if (BlockItems.UsingDeclaration(statements[i]) is { } declaration && editor.IsHoisted(declaration.Declaration))
            {
                var rest = new BlockStatement(BindRest(statements, i + 1).ToEquatable());
                var block = BlockItems.Around(declaration);
                Statement resources = BindResources(declaration.Declaration, rest, block, Spans.Of(block.GetLastToken())) with { Comments = Comments(declaration) };
                bound.Add(BlockItems.Labels(statements[i]).Reverse().Aggregate(resources, (inner, labeled) => Labeled(labeled, inner) with { Comments = Comments(labeled) }));
                return bound;
            }

            bound.Add(Bind(statements[i]));
        }

        return bound;
    }

    private LabeledStatement BindLabeled(LabeledStatementSyntax labeled) => Labeled(labeled, Bind(labeled.Statement));

    private LabeledStatement Labeled(LabeledStatementSyntax labeled, Statement inner) =>
        new(editor.Label(labeled, context.Model.GetDeclaredSymbol(labeled)!).Label, Spans.Of(labeled.SyntaxTree, StepPoints.Label(labeled)), inner);
}
