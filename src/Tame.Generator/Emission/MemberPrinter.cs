using System.Globalization;
using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Generator.Emission;

/// <summary>Prints what one tamed method adds to its type: the implementation, the closure, the resuming method and the slots' locators.</summary>
internal sealed partial class MemberPrinter(SourceWriter writer, StateMachine machine)
{
    private const string NoFrame = "global::System.Diagnostics.StackTraceHidden";
    private const string Services = GeneratedNames.Services;

    private readonly TamedMethod _method = machine.Method;
    private readonly GeneratedNames _names = machine.Method.Generated;

    private string ClosureType => _names.ClosureClass + _method.TypeParameterList;

    private string C => _names.Closure;

    private string Static => _method.SelfType is null ? "static " : "";

    /// <summary>Members of an interface are public by default.</summary>
    private string Private => _method.IsInInterface ? "private " : "";

    private string Unsafe => _method.IsUnsafe ? "unsafe " : "";

    private bool BeginsInEntry => machine is { Prologue: not null, HasCheckpoint: true };

    /// <summary>The scopes whose objects the closure holds.</summary>
    private IEnumerable<ScopeClass> Held => machine.Scopes.Where(s => s.Field is not null);

    public void Print()
    {
        if (machine.Operations is not { } operations)
        {
            PrintRefusal();
            return;
        }

        PrintEntry();
        if (!machine.HasClosure && !machine.HasCheckpoint) return;
        writer.Line();
        PrintClosure();
        if (BeginsInEntry) PrintBegin();
        if (!machine.HasClosure) return;
        for (var i = 0; i < machine.Scopes.Count; i++) PrintScope(machine.Scopes[i], i);
        writer.Line();
        PrintResume(operations);
        foreach (var function in machine.Functions) PrintFunction(function);
    }

    private void PrintRefusal()
    {
        writer.Open(_method.Signature);
        PrintMention();
        writer.Line($"throw new global::System.InvalidOperationException(\"The body of '{_method.DisplayName}' had errors when its state machine was to be generated; fix them\");");
        writer.Close();
    }

    /// <summary>The body is never called. This mention keeps tools from considering it unused.</summary>
    private void PrintMention()
    {
        if (_method.NameofBody is { } mention) writer.Line($"const string {_names.Body} = {mention};");
    }

    private void PrintEntry()
    {
        writer.Open(_method.Signature);
        PrintMention();
        if (machine.Prologue is { } prologue) PrintPrologue(prologue);
        else PrintStart();
        writer.Close();
    }

    private void PrintStart()
    {
        PrintRent();
        var results = machine.Arguments.Where(a => a.IsOut).ToList();
        var start = (results.Count > 0, machine.HasCheckpoint) switch
        {
            (false, false) => "Start",
            (false, true) => "StartOrDefer",
            (true, false) => "StartHeld",
            (true, true) => "StartHeldIfRoom",
        };
        writer.Line($"{C}.{start}();");
        foreach (var result in results) PrintResult(result);
        if (results.Count > 0) writer.Line($"{C}.Release();");
    }

    private void PrintRent()
    {
        writer.Line($"{ClosureType} {C} = ({ClosureType}){ClosureType}.{_names.Type}.Rent() ?? new();");
        var self = _method.SelfType is null ? [] : new[] { $"{C}.{_names.Self} = this;" };
        var scopes = machine.Scopes.Where(s => s.Entry is not null).Select(scope => $"{C}.{scope.Field} = {scope.Entry};");
        var arguments = machine.Arguments.Where(a => !a.IsOut).SelectMany(argument => argument.Fields.Select(field => $"{C}.{field} = {argument.Parameter};"));
        writer.Fill([.. self, .. scopes, .. arguments]);
    }

    /// <summary>
    /// Runs the first part of the body without a closure, in the way that the closure would: in the caller's context, with failures for the event parameters.
    /// </summary>
    private void PrintPrologue(Prologue prologue)
    {
        if (machine.HasCheckpoint) PrintCheckpoint();
        var events = FailedEvents(field => machine.Arguments.First(a => a.Fields.Contains(field.Name)).Parameter).ToList();
        var rethrows = machine.HasCheckpoint && events.Count > 0;
        foreach (var local in prologue.Locals) writer.Line(local);
        if (rethrows) writer.Line($"global::System.Exception? {_names.Thrown} = null;");
        if (prologue.States.Count > 1) writer.Line($"int {_names.State} = 0;");
        writer.Line($"{Services}CallContext {_names.Caller} = {Services}CallContext.Enter();");
        writer.Open("try");
        new OperationPrinter(writer, _names).Print(prologue.Operations);
        if (prologue.States.Count > 0) PrintDepartures(prologue);
        writer.Hide();
        writer.Close();
        if (events.Count > 0)
        {
            writer.Open($"catch (global::System.Exception {_names.Error})");
            writer.Line($"{_names.Error} = {_names.Caller}.Leave({_names.Error});");
            writer.Line($"if (!({string.Join(" | ", events)})) {(rethrows ? $"{_names.Thrown} = {_names.Error}" : "throw")};");
            writer.Close();
        }

        writer.Open("finally");
        writer.Line($"{_names.Caller}.Leave();");
        writer.Close();
        if (!rethrows) return;
        writer.Line();
        writer.Line($"if ({_names.Thrown} is not null) throw {Services}BodyServices.Rethrow({_names.Thrown}); // outside the catch clause, so that the stack is unwound");
    }

    private void PrintCheckpoint()
    {
        writer.Open($"if ({Services}Checkpoint.IsReached)");
        PrintRent();
        writer.Line($"{C}.Defer(); // little stack is left, so it starts later");
        writer.Line("return;");
        writer.Close();
        writer.Line();
    }

    private void PrintDepartures(Prologue prologue)
    {
        writer.Hide();
        writer.Label(_names.Departure, "from here on the call needs a closure", isLast: false);
        PrintRent();
        writer.Fill([.. prologue.Copies.Select(copy => $"{C}.{copy.Field} = {copy.Local};")]);
        writer.Line($"{C}.Start({(prologue.States.Count == 1 ? prologue.States[0].ToString(CultureInfo.InvariantCulture) : _names.State)});");
    }

    /// <summary>Clears the field after the copy, because an event that the closure kept could never be detected as lost.</summary>
    private void PrintResult(Argument result)
    {
        var field = $"{C}.{result.Fields[0]}";
        writer.Line($"{result.Parameter} = {field};");
        if (machine.Fields.Any(f => f.Name == result.Fields[0] && f.HoldsReferences)) writer.Line($"{field} = default!;");
    }

    private void PrintAttributes()
    {
        foreach (var attribute in _method.MemberAttributes) writer.Line(attribute);
    }

    /// <summary>In the user's type, where the method's name refers to the method.</summary>
    private void PrintBegin()
    {
        writer.Line();
        PrintAttributes();
        writer.Line($"[{NoFrame}]");
        writer.Line($"{Private}{Static}{Unsafe}void {_names.Begin}{_method.TypeParameterList}({ClosureType} {C}){_method.Constraints} =>");
        writer.Line($"{SourceWriter.Step}{_method.WrittenName}{_method.TypeParameterList}({string.Join(", ", machine.Arguments.Select(argument => $"{C}.{argument.Fields[0]}"))});");
    }

    private void PrintResume(EquatableArray<Operation> operations)
    {
        PrintAttributes();
        foreach (var attribute in _method.ResumeAttributes) writer.Line(attribute);
        writer.Open($"{Private}{Static}{Unsafe}void {_names.Resume}{_method.TypeParameterList}({ClosureType} {C}){_method.Constraints}");
        foreach (var local in machine.TopLocals) writer.Line(local);
        new OperationPrinter(writer, _names).Print(operations);
        writer.Close(_method.End);
    }

    private void PrintScope(ScopeClass scope, int index)
    {
        writer.Line();
        writer.Line("// one entry of a scope that lambdas capture");
        PrintAttributes();
        writer.Open($"{Private}sealed {Unsafe}class {scope.Name}{_method.TypeParameterList}{_method.Constraints}");
        if (scope.Self is not null) writer.Line($"public {_method.SelfType} {scope.Self};");
        foreach (var field in scope.Fields) writer.Line($"public {field.Type} {field.Name};");
        foreach (var function in machine.Functions.Where(f => f.Scope == index)) PrintForwarder(function, scope);
        writer.Close();
    }

    private void PrintForwarder(Function function, ScopeClass scope)
    {
        var source = function.Source;
        var all = source.Arguments.Length == 0 ? "" : ", " + source.Arguments;
        writer.Line();
        if (!source.IsHiddenFromTraces) writer.Line($"[{NoFrame}]");
        PrintUserAttributes(source.Attributes);
        PrintHeader($"public {Unsafe}{source.ReturnType} {function.Name}{source.TypeParameters.InAngleBrackets()}(", source.Parameters, $"){source.Constraints} =>");
        writer.Line($"{SourceWriter.Step}{(source.ReturnsByRef ? "ref " : "")}{(scope.Self is null ? "" : scope.Self + ".")}{function.MethodName}{TypeParameters(source)}({function.ScopeArguments}{all});");
    }

    private void PrintFunction(Function function)
    {
        var source = function.Source;
        var scopes = source.Parameters.Count == 0 ? function.ScopeParameters : function.ScopeParameters + ", ";
        writer.Hide();
        writer.Line();
        foreach (var comment in source.Comments) writer.Line(comment);
        PrintAttributes();
        PrintUserAttributes(source.Attributes);
        PrintHeader($"{Private}{Static}{source.Modifiers}{source.ReturnType} {function.MethodName}{TypeParameters(source)}({scopes}", source.Parameters, $"){_method.Constraints}{source.Constraints}");
        writer.User(function.Body.Span!.Value, function.Body.Text, function.Body.Marks);
    }

    private void PrintUserAttributes(EquatableArray<UserAttribute> attributes)
    {
        foreach (var attribute in attributes) writer.User(attribute.Span, attribute.Text, []);
        writer.Hide();
    }

    /// <summary>Parameters with attributes get separate lines, so that each attribute gets its place.</summary>
    private void PrintHeader(string before, EquatableArray<FunctionParameter> parameters, string after)
    {
        if (parameters.All(parameter => parameter.Attributes.Count == 0))
        {
            writer.Line(before + string.Join(", ", parameters.Select(parameter => parameter.Text)) + after);
            return;
        }

        writer.Line(before.TrimEnd());
        writer.Indent(1);
        for (var i = 0; i < parameters.Count; i++)
        {
            PrintUserAttributes(parameters[i].Attributes);
            writer.Line(parameters[i].Text + (i < parameters.Count - 1 ? "," : after));
        }

        writer.Indent(-1);
    }

    /// <summary>The type parameters of the tamed method, then the function's own.</summary>
    private string TypeParameters(LocalFunction function) => _method.TypeParameters.Concat(function.TypeParameters).InAngleBrackets();
}
