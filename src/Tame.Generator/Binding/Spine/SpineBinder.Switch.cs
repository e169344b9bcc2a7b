using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary><c>switch</c> with waits in its sections. All sections are flattened: a variable of one is in scope in all.</summary>
internal sealed partial class SpineBinder
{
    private SwitchStatement BindSwitch(SwitchStatementSyntax choice)
    {
        foreach (var section in choice.Sections) context.SectionLabel(section); // numbered in the order of the text
        var value = FleshEditor.Make(Spans.Of(choice.SyntaxTree, StepPoints.Header(choice)!.Value), editor.Pieces(choice.Expression));
        var sections = choice.Sections.Select(BindSection).ToEquatable();
        return new SwitchStatement(value, sections, context.LabelsOf(choice).Break, _overflow)
        {
            HasDefault = choice.Sections.Any(section => section.Labels.Any(label => label is DefaultSwitchLabelSyntax)),
        };
    }

    private SwitchSection BindSection(SwitchSectionSyntax section) => new(
        section.Labels.Select(label => editor.Edit(label)).ToEquatable(),
        context.SectionLabel(section),
        new BlockStatement(BindRest(section.Statements, 0).ToEquatable()) { Comments = Comments(section) });
}
