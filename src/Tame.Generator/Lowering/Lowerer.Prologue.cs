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

    /// <summary>For each departure the locals that no wait keeps, and that the call needs when it goes on: the closure holds them for that moment only.</summary>
    private readonly IReadOnlyList<IReadOnlyList<int>> _transient = [];

    private Lowerer(TamedMethod method, Departures departures, IReadOnlyList<IReadOnlyList<int>> transient)
        : this(method)
    {
        _departures = departures;
        _crossings = new (int, int)[departures.Count];
        _transient = transient;
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
        var departures = new Departures(body);
        if (departures.IndexOf(body) >= 0) return null;
        var late = LowerLate(method, departures, []);
        var early = new Lowerer(late);
        early.LowerEarly(body);
        early.End();
        var transient = Enumerable.Range(0, departures.Count).Select(departure => early.Crossing(late, departure)).ToList();
        if (transient.Any(crossing => crossing.Any(local => method.Locals[local] is { Kind: LocalKind.InPlace } or { IsOnStack: true }))) return null;
        if (transient.Any(crossing => crossing.Count > 0)) late = LowerLate(method, departures, transient);
        return late.Machine() with { Prologue = early.Prologue(late) };
    }

    private static Lowerer LowerLate(TamedMethod method, Departures departures, IReadOnlyList<IReadOnlyList<int>> transient)
    {
        var late = new Lowerer(method, departures, transient);
        late.LowerLate(method.Body!);
        return late;
    }

    /// <summary>The locals without a field that have been mentioned before a departure and are behind it.</summary>
    private List<int> Crossing(Lowerer late, int departure) =>
        [.. _names.Mentioned.Take(_crossings[departure].Mentioned).Intersect(late._names.Mentioned.Skip(late._crossings[departure].Mentioned))
            .Where(local => _method.Locals[local].Kind is LocalKind.Plain or LocalKind.InPlace).OrderBy(local => local)];

    /// <summary>What the entry cannot give to a body: variables of lambdas, results at its own end, other names, attributes of the body's own.</summary>
    private static bool CanBeginInEntry(TamedMethod method) =>
        method is { Scopes.Count: 0, Functions.Count: 0, Examples.Count: 0, IsUnsafe: false, ResumeAttributes.Count: 0, MemberAttributes.Count: 0 }
        && !method.Locals.Any(local => local.IsReassigned || local.Kind is LocalKind.OutParameter or LocalKind.Captured)
        && method.Parameters.Count <= method.Locals.Count
        && !method.Parameters.Where((parameter, i) => parameter.IsOut || parameter.Name != method.Locals[i].Name).Any();

    private IEnumerable<int> Transient => _transient.SelectMany(locals => locals).Distinct().OrderBy(local => local);

    private Prologue Prologue(Lowerer late)
    {
        var mentioned = _names.Mentioned.Distinct().OrderBy(local => local).Select(local => (Index: local, Local: _method.Locals[local])).ToList();
        return new Prologue(
            mentioned.Where(one => one.Local.Kind is LocalKind.Plain or LocalKind.Kept).Select(one => Declaration(one.Index)).ToEquatable(),
            mentioned.Where(one => one.Local.Kind == LocalKind.Kept).Select(one => new FieldCopy(_names.LocalName(one.Index), late._names.LocalName(one.Index)))
                .Concat(late.Transient.Select(local => new FieldCopy(_names.LocalName(local), late._names.Original(local)))).ToEquatable(),
            late.Transient.ToEquatable(),
            _region.Operations.ToEquatable(),
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

    /// <summary>The end of the body, where the way leads there and not to a departure.</summary>
    private void End()
    {
        if (HasJustJumped) return;
        if (_method.End is { } end) At(end, "return;");
        else Code("return;");
    }

    private void Depart(int departure)
    {
        _crossings[departure].Mentioned = _names.Mentioned.Count;
        if (_departures!.Count > 1) Code($"{_method.Generated.State} = {_crossings[departure].State};");
        Goto(_method.Generated.Departure);
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
        if (choice.Else is not { } otherwise) return;
        var end = _departures!.Within(choice.Then) && _departures.Within(otherwise) ? NewName("if") + "_end" : null;
        if (end is not null) Goto(end);
        LowerLate(otherwise);
        if (end is not null) Label(end);
    }

    /// <summary>
    /// Where a call that departed goes on. One that comes here in the closure has its locals already. The closure clears all transient fields, also
    /// those needed only behind other departures.
    /// </summary>
    private void Arrive(int departure)
    {
        var (state, label) = NewWait();
        _crossings[departure] = (_names.Mentioned.Count, state);
        var transient = Transient.ToList();
        var isReached = _region.Operations.Count > 0 && transient.Count > 0;
        if (isReached) Goto(label + "_on");
        Add(new LabelOperation(label, "from the entry"));
        foreach (var local in transient)
        {
            if (_transient[departure].Contains(local)) Code($"{_names.LocalName(local)} = {C}.{_names.Original(local)};");
            if (_method.Locals[local].HoldsReferences) Code($"{C}.{_names.Original(local)} = default!;");
        }

        if (isReached) Label(label + "_on");
    }
}
