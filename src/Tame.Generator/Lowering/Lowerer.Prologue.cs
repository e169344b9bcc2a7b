using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>
/// A body in two parts. The entry runs the first on the stack, and a call that ends there takes no closure; at a departure the call moves into one, and the
/// resuming method holds only what can be reached from there.
/// </summary>
internal sealed partial class Lowerer
{
    private readonly Departures? _departures;

    /// <summary>For each departure: in the first part how many locals had been mentioned before it, in the second how many before its arrival and its state.</summary>
    private readonly (int Mentioned, int State)[] _crossings = [];

    private string Wait => _method.Prefix + "wait";

    private Lowerer(TamedMethod method, Departures departures)
        : this(method)
    {
        _departures = departures;
        _crossings = new (int, int)[departures.Count];
    }

    /// <summary>For the first part of a method whose second has been lowered.</summary>
    private Lowerer(Lowerer late)
        : this(late._method, onStack: true)
    {
        _departures = late._departures;
        _crossings = [.. late._crossings.Select(crossing => (0, crossing.State))];
    }

    /// <summary>Null where nothing is gained, or where the first part cannot stand in the entry.</summary>
    private static StateMachine? LowerInTwo(TamedMethod method)
    {
        if (method.Body is not { } body || !CanBeginInEntry(method)) return null;
        var departures = new Departures(body, new Names(method).Closure);
        if (departures.IndexOf(body) >= 0) return null;
        var late = new Lowerer(method, departures);
        late.LowerLate(body);
        var early = new Lowerer(late);
        early.LowerEarly(body);
        for (var i = 0; i < departures.Count; i++)
        {
            var before = early._names.Mentioned.Take(early._crossings[i].Mentioned);
            if (before.Intersect(late._names.Mentioned.Skip(late._crossings[i].Mentioned)).Any(local => CannotCross(method.Locals[local]))) return null;
        }

        return late.Machine() with { Prologue = early.Prologue(late) };
    }

    /// <summary>What the entry cannot give to a body: variables of lambdas, results at its own end, other names, attributes of the body's own.</summary>
    private static bool CanBeginInEntry(TamedMethod method) =>
        method is { Scopes.Count: 0, Functions.Count: 0, Examples.Count: 0, IsUnsafe: false, ResumeAttributes.Count: 0, MemberAttributes.Count: 0 }
        && !method.Locals.Any(local => local.IsReassigned || local.Kind is LocalKind.OutParameter or LocalKind.Captured)
        && method.Parameters.Count <= method.Locals.Count
        && !method.Parameters.Where((parameter, i) => parameter.IsOut || parameter.Name != method.Locals[i].Name).Any();

    /// <summary>No field would hold such a local from the departure on.</summary>
    private static bool CannotCross(Local local) => local.Kind is LocalKind.Plain or LocalKind.InPlace;

    private Prologue Prologue(Lowerer late)
    {
        var mentioned = _names.Mentioned.Distinct().OrderBy(local => local).Select(local => (Index: local, Local: _method.Locals[local])).ToList();
        return new Prologue(
            mentioned.Where(one => one.Local.Kind is LocalKind.Plain or LocalKind.Kept).Select(one => Declaration(one.Index)).ToEquatable(),
            mentioned.Where(one => one.Local.Kind == LocalKind.Kept).Select(one => new Carried(_names.LocalName(one.Index), late._names.LocalName(one.Index))).ToEquatable(),
            _region.Operations.ToEquatable(),
            _region.Operations.LastOrDefault() is not CodeOperation { Span: null } departure || departure.Text != $"goto {Wait};",
            late._crossings.Select(crossing => crossing.State).ToEquatable());
    }

    /// <summary>The first part: as the whole, but no statement at which the call departs, and none that only follows one.</summary>
    private void LowerEarly(Statement statement)
    {
        if (_departures!.IndexOf(statement) is >= 0 and var departure) Depart(departure);
        else if (statement is BlockStatement block) LowerEarly(block);
        else if (statement is IfStatement choice) LowerIf(choice, LowerEarly);
        else Lower(statement);
    }

    private void LowerEarly(BlockStatement block)
    {
        AddComments(block);
        foreach (var inner in block.Statements)
        {
            LowerEarly(inner);
            if (_departures!.IndexOf(inner) >= 0) return;
        }
    }

    private void Depart(int departure)
    {
        _crossings[departure].Mentioned = _names.Mentioned.Count;
        if (_departures!.Count > 1) Code($"{_method.Prefix}at = {_crossings[departure].State};");
        Goto(Wait);
    }

    /// <summary>The second part: departures, and what follows them.</summary>
    private void LowerLate(Statement statement)
    {
        if (_departures!.IndexOf(statement) >= 0) Lower(statement);
        else if (statement is BlockStatement block) LowerLate(block);
        else if (statement is IfStatement choice) LowerLate(choice);
    }

    private void LowerLate(BlockStatement block)
    {
        var isReached = false;
        foreach (var inner in block.Statements)
        {
            if (isReached) Lower(inner);
            else LowerLate(inner);
            isReached |= _departures!.Within(inner);
        }
    }

    private void LowerLate(IfStatement choice)
    {
        LowerLate(choice.Then);
        if (choice.Else is not { } otherwise || !_departures!.Within(otherwise)) return;
        if (!_departures.Within(choice.Then))
        {
            LowerLate(otherwise);
            return;
        }

        var name = NewName("if");
        Goto(name + "_end");
        LowerLate(otherwise);
        Label(name + "_end");
    }

    /// <summary>Where a call that departed goes on.</summary>
    private void Arrive(int departure)
    {
        var (state, label) = NewWait();
        _crossings[departure] = (_names.Mentioned.Count, state);
        Add(new LabelOperation(label, "from the entry"));
    }
}
