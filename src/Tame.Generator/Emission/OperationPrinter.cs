using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Generator.Emission;

/// <summary>Prints the operations of the resuming method.</summary>
internal sealed class OperationPrinter(SourceWriter writer, GeneratedNames names)
{
    private bool _hasRegions;

    public void Print(EquatableArray<Operation> operations)
    {
        _hasRegions = operations.Any(HasDispatch);
        if (_hasRegions)
        {
            writer.Hide();
            writer.Line($"int {names.State} = {names.Closure}.State;");
        }

        PrintAll(operations, isOutermost: true);
    }

    private static bool HasDispatch(Operation operation) =>
        operation is TryOperation region && region.Body.Any(inner => inner is DispatchOperation || HasDispatch(inner));

    private void PrintAll(EquatableArray<Operation> operations, bool isOutermost)
    {
        var last = operations.Count - 1;
        while (last >= 0 && operations[last] is CommentOperation) last--;
        for (var i = 0; i < operations.Count; i++) Print(operations[i], isLast: i >= last, isOutermost);
    }

    private void Print(Operation operation, bool isLast, bool isOutermost)
    {
        switch (operation)
        {
            case CodeOperation { Span: { } span } code:
                PrintUser(code, span);
                break;
            case CodeOperation code:
                writer.Hidden(code.Text, code.Marks);
                break;
            case JumpOperation jump:
                writer.Hide();
                writer.Line($"goto {jump.Label};");
                break;
            case BraceOperation brace:
                writer.Hide();
                writer.Indent(Math.Min(brace.Steps, 0));
                writer.Line(brace.Text);
                writer.Indent(Math.Max(brace.Steps, 0));
                break;
            case CommentOperation comment:
                writer.Hide();
                writer.Line(comment.Text);
                break;
            case LabelOperation label:
                if (label.Span is { } place) writer.Map(place);
                else writer.Hide();
                writer.Label(label.Name, label.Comment, isLast);
                break;
            case DispatchOperation dispatch:
                PrintDispatch(dispatch, isOutermost);
                break;
            case TryOperation region:
                PrintRegion(region);
                break;
        }
    }

    private void PrintUser(CodeOperation code, SourceSpan span)
    {
        writer.User(span, code.Text, code.IsPoint ? code.Marks.Prepend(new Mark(0, code.Text.Length, span, IsMade: true)).ToEquatable() : code.Marks);
        if (code.Jump.Length == 0) return;
        writer.Hide();
        writer.Indent(1);
        writer.Line(code.Jump);
        writer.Indent(-1);
    }

    private void PrintDispatch(DispatchOperation dispatch, bool isOutermost)
    {
        writer.Hide();
        var state = _hasRegions ? names.State : names.Closure + ".State";
        if (dispatch.Resumptions.Count == 1)
        {
            var only = dispatch.Resumptions[0];
            writer.Line($"if ({state} is {States(only)}) {(Reset(only) is { Length: > 0 } reset ? $"{{ {reset}goto {only.Label}; }}" : $"goto {only.Label};")}");
            return;
        }

        writer.Block($"switch ({state})", [.. dispatch.Resumptions.Select(to => $"case {States(to)}: {Reset(to)}goto {to.Label};")]);

        // The state is reset when its wait is reached, because the region may later be entered again from above.
        string Reset(Resumption to) => to.IsFinal && !isOutermost ? $"{names.State} = 0; " : "";
    }

    private static string States(Resumption to) => (to.Last - to.First) switch
    {
        0 => $"{to.First}",
        1 => $"{to.First} or {to.Last}",
        _ => $">= {to.First} and <= {to.Last}",
    };

    private void PrintRegion(TryOperation region)
    {
        writer.Hide();
        writer.Open("try");
        PrintAll(region.Body, isOutermost: false);
        writer.Hide();
        writer.Close();
        foreach (var clause in region.Catches) Print(clause, isLast: false, isOutermost: false);
        if (region.Finally is not { } ending) return;
        writer.Hide();
        writer.Open("finally");
        PrintAll(ending, isOutermost: false);
        writer.Hide();
        writer.Close();
    }
}
