using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Waits that no path reaches, behind a local whose type has no name.</summary>
internal sealed partial class ProgramWriter
{
    private Statement UnreachedWait()
    {
        var declaration = Declared("var", "o", "anonymous", Make("anonymous", "new { N = ", Int(), ", M = ", Text(), " }"));
        var declared = _scope.Variables[^1];
        var unreached = _random.Next(9) switch
        {
            0 or 1 => Simple("unreached.loop", Pick("while (false)", "for (; 1 > 2; )"), BlockIn(Loop, "while", 3, start: WaitIfPossible)),
            2 or 3 => Simple("unreached.else", "if (true)", Block("if", 3), "else", Block("else", 3, start: WaitIfPossible)),
            // csc drops such a clause with its waits, so that a handler around it may count as one that does not wait.
            4 or 5 or 6 when !_place.IsInHandler => Simple("unreached.filter", "try", BlockIn(_place with { IsGuarded = true }, "try", 3), "catch (ProgramException) when (false)", CatchBlock(WaitIfPossible()), "catch (ProgramException)", CatchBlock([])),
            7 => Simple("unreached.if", "if (", Bool(), " && false)", Block("if", 3, start: WaitIfPossible)),
            _ => Simple("unreached.if", "if (false)", Block("if", 3, start: WaitIfPossible)),
        };
        return Simple("unreached", new Body("unreached", [declaration, unreached, Simple("trace", $"t.Add({Number()}, ", Name(declared), ");")], IsBraced: false));
    }

    /// <summary>Written where it is asked for: what the wait declares belongs to the block that it stands in.</summary>
    private IEnumerable<Statement> WaitIfPossible()
    {
        if (_place.CanWait)
            yield return SimpleWait();
    }
}
