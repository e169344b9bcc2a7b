using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Generator.Emission;

/// <summary>The closure: its description, its fields, what the runtime calls, and what the body calls.</summary>
internal sealed partial class MemberPrinter
{
    private void PrintClosure()
    {
        writer.Line($"[{NoFrame}]");
        PrintAttributes();
        writer.Open($"{Private}sealed {Unsafe}class {ClosureType} : {Services}Closure{_method.Constraints}");
        PrintType();
        writer.Line();
        if (_method.SelfType is not null) writer.Line($"public {_method.SelfType} {_names.Self};");
        PrintFields("", machine.Fields.Where(f => f.Kind is FieldKind.Parameter or FieldKind.Event));
        PrintFields("kept across waits", machine.Fields.Where(f => f.Kind == FieldKind.Local));
        PrintFields("handed over by the entry", machine.Fields.Where(f => f.Kind == FieldKind.Transient));
        PrintFields("what lambdas capture", Held.Select(s => new Field(s.Field!, s.Name + _method.TypeParameterList, FieldKind.Local, HoldsReferences: true)));
        writer.Line();
        writer.Line($"public override {Services}ClosureType Type => {_names.Type};");
        PrintResumption();
        PrintFailEvents();
        PrintClear();
        for (var i = 0; i < _method.Shapes.Count; i++) PrintShape(_method.Shapes[i], i);
        for (var i = 0; i < _method.TypeTemplates.Count; i++) PrintTypeTemplate(_method.TypeTemplates[i], i);
        writer.Close();
    }

    /// <summary>The waits are one literal, which is read only when a profile is shown.</summary>
    private void PrintType()
    {
        var start = $"public static readonly {Services}ClosureType {_names.Type} = new(\"{_method.DisplayName}\", {Verbatim(_method.FilePath)}, {_method.Line + _method.Moved},";
        if (machine.Waits.Count <= 1)
        {
            writer.Line(start);
            writer.Indent(1);
            writer.Line(Verbatim(string.Concat(machine.Waits.Select(Described))) + ");");
            writer.Indent(-1);
            return;
        }

        var quotes = "\"\"\"";
        while (machine.Waits.Any(wait => wait.Text.Contains(quotes))) quotes += "\"";
        writer.Line($"{start} {quotes}");
        writer.Indent(1);
        foreach (var wait in machine.Waits) writer.Line(Described(wait));
        writer.Line(quotes + ");");
        writer.Indent(-1);
    }

    private static string Described(Wait wait) => $"{wait.State} at {wait.Line}: {wait.Text}";

    private static string Verbatim(string text) => $"@\"{text.Replace("\"", "\"\"")}\"";

    /// <summary>A call that a checkpoint deferred begins in the entry, where the first part of the body is.</summary>
    private void PrintResumption()
    {
        var receiver = _method.SelfType is null ? "" : _names.Self + ".";
        var resume = $"{receiver}{_names.Resume}{_method.TypeParameterList}(this);";
        if (!BeginsInEntry)
        {
            writer.Line($"protected override void Resume() => {resume}");
            return;
        }

        writer.Open("protected override void Resume()");
        writer.Line($"if (BeginsNow()) {receiver}{_names.Begin}{_method.TypeParameterList}(this);");
        if (machine.HasClosure) writer.Line($"else {resume}");
        writer.Close();
    }

    private void PrintFields(string title, IEnumerable<Field> fields)
    {
        var list = fields.ToList();
        if (list.Count == 0) return;
        if (title.Length > 0) writer.Line($"// {title}");
        foreach (var (type, names) in Together(list)) writer.Line($"public {type} {string.Join(", ", names)};");
    }

    /// <summary>Neighbors of one type are declared together.</summary>
    private static List<(string Type, List<string> Names)> Together(IEnumerable<Field> fields)
    {
        var groups = new List<(string Type, List<string> Names)>();
        foreach (var field in fields)
        {
            if (groups.Count == 0 || groups[groups.Count - 1].Type != field.Type) groups.Add((field.Type, []));
            groups[groups.Count - 1].Names.Add(field.Name);
        }

        return groups;
    }

    private void PrintFailEvents()
    {
        var events = FailedEvents(field => field.Name).ToList();
        if (events.Count == 0) return;
        writer.Line($"protected override bool FailEvents(global::System.Exception {_names.Error}) => {string.Join(" | ", events)};");
    }

    private IEnumerable<string> FailedEvents(Func<Field, string> name) => machine.Fields.Where(f => f.Kind == FieldKind.Event)
        .Select(f => $"{name(f)}{(f.IsNullableEvent ? ".GetValueOrDefault()" : "")}.Fail({_names.Error})");

    private void PrintClear()
    {
        var self = _method.SelfType is null ? [] : new[] { _names.Self };
        var held = machine.Fields.Where(f => f.HoldsReferences).Select(f => f.Name).Concat(Held.Select(s => s.Field!));
        writer.Block("protected override void Clear()", [.. self.Concat(held).Select(name => $"{name} = default;")]);
    }

    /// <summary>The location of a value whose type cannot be written: a reference itself, a struct in its box.</summary>
    private void PrintTypeTemplate(TypeTemplate template, int index)
    {
        var names = Enumerable.Range(0, template.Arity).Select(_names.TypeParameter).ToList();
        var examples = string.Concat(names.Select((name, i) => $"{name}? example{i + 1}, "));
        var constraints = string.Concat(names.Select(name => $" where {name} : class"));
        writer.Line();
        if (template.IsDefault)
        {
            writer.Line($"public static {template.Type} {_names.Default(index)}<{string.Join(", ", names)}>({string.Join(", ", names.Select((name, i) => $"{name}? example{i + 1}"))}){constraints} => default!;");
            return;
        }

        writer.Line($"public static ref {template.Type} {_names.Like(index)}<{string.Join(", ", names)}>({examples}ref object? place){constraints} =>");
        writer.Line(template.IsValueType
            ? $"{SourceWriter.Step}ref global::System.Runtime.CompilerServices.Unsafe.Unbox<{template.Type}>(place ??= default({template.Type}));"
            : $"{SourceWriter.Step}ref global::System.Runtime.CompilerServices.Unsafe.As<object?, {template.Type}>(ref place);");
    }

    /// <summary>Takes the pieces of a slot by value, in order, and finds the location in the first with C#'s own checks.</summary>
    private void PrintShape(SlotShape shape, int index)
    {
        var indices = shape.PieceTypes.Count == 2
            ? [shape.PieceTypes[1] + " index"]
            : shape.PieceTypes.Skip(1).Select((type, i) => $"{type} index{i}");
        var parameters = string.Join(", ", new[] { shape.PieceTypes[0] + " target" }.Concat(indices));
        writer.Line($"public {Services}Slot<{shape.ValueType}> {_names.SlotLocator(index)}({parameters}) => {Services}Slot.At(target, ref {shape.Location});");
    }
}
