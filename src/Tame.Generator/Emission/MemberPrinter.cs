using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Generator.Emission;

/// <summary>Prints what one tamed method adds to its type: the implementation, the closure, the resuming method and the slots' locators.</summary>
internal sealed class MemberPrinter(SourceWriter writer, StateMachine machine)
{
    private const string Generated = "[global::System.CodeDom.Compiler.GeneratedCode(\"Tame\", \"0.1\")]";
    private const string Services = "global::Tame.CompilerServices.";

    private readonly TamedMethod _method = machine.Method;

    private string ClosureName => _method.MemberPrefix + "Closure";

    private string ClosureType => ClosureName + _method.TypeParameters;

    private string ResumeName => _method.MemberPrefix + "Resume";

    private string C => _method.Prefix + "c";

    private string Static => _method.SelfType is null ? "static " : "";

    private string Unsafe => _method.IsUnsafe ? "unsafe " : "";

    public void Print()
    {
        if (machine.Operations is not { } operations)
        {
            PrintRefusal();
            return;
        }

        PrintEntry();
        writer.Line();
        PrintClosure();
        writer.Line();
        PrintResume(operations);
        for (var i = 0; i < _method.Shapes.Count; i++) PrintShape(_method.Shapes[i], i);
    }

    private void PrintRefusal()
    {
        writer.Open(_method.Signature);
        PrintMention();
        writer.Line("throw new global::System.InvalidOperationException(");
        writer.Line($"    \"The body of '{_method.DisplayName}' had errors when its state machine was to be generated: mend them. \" +");
        writer.Line("    \"If the build shows none, the body uses what another source generator writes, which this one cannot see: move that into a method of its own.\");");
        writer.Close();
    }

    /// <summary>The body is never called: this keeps tools from taking it for unused.</summary>
    private void PrintMention()
    {
        if (_method.NameofBody is { } mention) writer.Line($"const string {_method.Prefix}body = {mention};");
    }

    private void PrintEntry()
    {
        writer.Line(Generated);
        writer.Open(_method.Signature);
        PrintMention();
        writer.Line($"{ClosureType} {C} = {ClosureType}.Rent();");
        if (_method.SelfType is not null) writer.Line($"{C}.{_method.Prefix}self = this;");
        foreach (var argument in machine.Arguments.Where(a => !a.IsOut))
        {
            foreach (var field in argument.Fields) writer.Line($"{C}.{field} = {argument.Parameter};");
        }

        var results = machine.Arguments.Where(a => a.IsOut).ToList();
        writer.Line($"{C}.{(results.Count > 0 ? "StartHeld" : "Start")}();");
        foreach (var result in results) PrintResult(result);
        if (results.Count > 0) writer.Line($"{C}.Release();");
        writer.Close();
    }

    /// <summary>The closure lets go of what it handed over: an event of its own that it kept could never be noticed as lost.</summary>
    private void PrintResult(Argument result)
    {
        var field = $"{C}.{result.Fields[0]}";
        writer.Line($"{result.Parameter} = {field};");
        if (machine.Fields.Any(f => f.Name == result.Fields[0] && f.HoldsReferences)) writer.Line($"{field} = default!;");
    }

    private void PrintAttributes()
    {
        writer.Line(Generated);
        foreach (var attribute in _method.MemberAttributes) writer.Line(attribute);
    }

    private void PrintClosure()
    {
        writer.Line($"/// <summary>What <c>{_method.Name}</c> keeps while it waits.</summary>");
        PrintAttributes();
        writer.Open($"private sealed {Unsafe}class {ClosureType} : {Services}Closure{_method.Constraints}");
        writer.Line($"private static readonly {Services}ClosureType {_method.Prefix}type = new(\"{_method.DisplayName}\", @\"{_method.FilePath.Replace("\"", "\"\"")}\");");
        writer.Line();
        if (_method.SelfType is not null) writer.Line($"public {_method.SelfType} {_method.Prefix}self;");
        PrintFields("parameters", machine.Fields.Where(f => f.Kind != FieldKind.Local));
        PrintFields("kept across waits", machine.Fields.Where(f => f.Kind == FieldKind.Local));
        writer.Line();
        writer.Line($"private {ClosureName}() : base({_method.Prefix}type) {{ }}");
        writer.Line();
        writer.Line($"public static {ClosureType} Rent() => ({ClosureType}){_method.Prefix}type.Rent() ?? new {ClosureType}();");
        writer.Line();
        var receiver = _method.SelfType is null ? "" : _method.Prefix + "self.";
        writer.Line("[global::System.Diagnostics.StackTraceHidden]");
        writer.Line($"protected override void Resume() => {receiver}{ResumeName}{_method.TypeParameters}(this);");
        PrintFailEvents();
        PrintClear();
        writer.Close();
    }

    private void PrintFields(string title, IEnumerable<Field> fields)
    {
        var list = fields.ToList();
        if (list.Count == 0) return;
        writer.Line($"// {title}");
        foreach (var field in list) writer.Line($"public {field.Type} {field.Name};");
    }

    private void PrintFailEvents()
    {
        var events = machine.Fields.Where(f => f.Kind == FieldKind.Event)
            .Select(f => $"{f.Name}{(f.Type.EndsWith("?", StringComparison.Ordinal) ? ".GetValueOrDefault()" : "")}.Fail({_method.Prefix}error)").ToList();
        if (events.Count == 0) return;
        writer.Line();
        writer.Line($"protected override bool FailEvents(global::System.Exception {_method.Prefix}error) => {string.Join(" | ", events)};");
    }

    private void PrintClear()
    {
        writer.Line();
        writer.Open("protected override void Clear()");
        if (_method.SelfType is not null) writer.Line($"{_method.Prefix}self = null!;");
        foreach (var field in machine.Fields.Where(f => f.HoldsReferences)) writer.Line($"{field.Name} = default!;");
        writer.Close();
    }

    private void PrintResume(EquatableArray<Operation> operations)
    {
        PrintAttributes();
        foreach (var attribute in _method.ResumeAttributes) writer.Line(attribute);
        writer.Open($"private {Static}{Unsafe}void {ResumeName}{_method.TypeParameters}({ClosureType} {C}){_method.Constraints}");
        foreach (var local in machine.TopLocals) writer.Line(local);
        new OperationPrinter(writer, _method.Prefix).Print(operations);
        writer.Show();
        writer.Close();
    }

    /// <summary>Takes the pieces of a slot by value, in their order, and finds the location in the first with C#'s own checks.</summary>
    private void PrintShape(SlotShape shape, int index)
    {
        var indices = shape.PieceTypes.Count == 2
            ? [shape.PieceTypes[1] + " index"]
            : shape.PieceTypes.Skip(1).Select((type, i) => $"{type} index{i}");
        var parameters = string.Join(", ", new[] { shape.PieceTypes[0] + " target" }.Concat(indices));
        writer.Line();
        PrintAttributes();
        writer.Open($"private static {Unsafe}{Services}Slot<{shape.ValueType}> {_method.MemberPrefix}Slot{index + 1}{_method.TypeParameters}({parameters}){_method.Constraints}");
        writer.Line($"ref var slot = ref {shape.Location};");
        writer.Line($"return {Services}Slot.At(target, ref slot);");
        writer.Close();
    }
}
