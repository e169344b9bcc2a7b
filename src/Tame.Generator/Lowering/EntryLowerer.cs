using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>
/// Lowers the first part of a body, which the entry runs on the stack. It is like the whole, but without statements at which the call departs or that only
/// follow one.
/// </summary>
internal sealed class EntryLowerer
{
    private readonly TamedMethod _method;
    private readonly TwoParts _parts;
    private readonly Names _names;
    private readonly Lowerer _inner;

    private EntryLowerer(TamedMethod method, TwoParts parts)
    {
        (_method, _parts) = (method, parts);
        _names = new Names(method, onStack: true);
        _inner = new Lowerer(method, _names);
    }

    /// <summary>Takes the states that the second part has given to the departures, and the names of the closure's fields.</summary>
    public static Prologue Lower(TamedMethod method, TwoParts parts, Names closure)
    {
        var entry = new EntryLowerer(method, parts);
        entry.Lower(method.Body!);
        entry.End();
        return entry.Prologue(closure);
    }

    private void Lower(Statement statement)
    {
        if (_parts.Departures.IndexOf(statement) is >= 0 and var departure) Depart(departure);
        else if (statement is BlockStatement block) Lower(block);
        else if (statement is IfStatement choice) _inner.LowerIf(choice, Lower);
        else _inner.Lower(statement);
    }

    private void Lower(BlockStatement block)
    {
        _inner.AddComments(block);
        foreach (var inner in block.Statements)
        {
            Lower(inner);
            if (_parts.Departures.IndexOf(inner) >= 0) return;
        }
    }

    /// <summary>The end of the body, if a path leads there and not to a departure.</summary>
    private void End()
    {
        if (_inner.HasJustJumped) return;
        if (_method.End is { } end) _inner.AddCodeAt(end, "return;");
        else _inner.AddCode("return;");
    }

    private void Depart(int departure)
    {
        if (_parts.Departures.Count > 1) _inner.AddCode($"{_method.Generated.State} = {_parts.States[departure]};");
        _inner.Goto(_method.Generated.Departure);
    }

    private Prologue Prologue(Names closure)
    {
        var kept = _parts.InEntry.Where(local => _method.Locals[local].Kind == LocalKind.Kept);
        return new Prologue(
            _parts.InEntry.Where(local => _method.Locals[local].Kind is LocalKind.Plain or LocalKind.Kept).Select(_inner.Declaration).ToEquatable(),
            kept.Select(local => new FieldCopy(_names.LocalName(local), closure.LocalName(local)))
                .Concat(_parts.Transient.Select(local => new FieldCopy(_names.LocalName(local), closure.Original(local)))).ToEquatable(),
            _parts.Transient.ToEquatable(),
            _inner.Operations.ToEquatable(),
            _parts.States.ToEquatable());
    }
}
