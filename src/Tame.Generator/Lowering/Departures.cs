using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>
/// The statements at which a call that runs on the stack moves into a closure: those from which it can end only after a wait. What stands before them
/// needs no closure.
/// </summary>
internal sealed class Departures
{
    private readonly List<Statement> _statements = [];

    public Departures(Statement body) => Find(body, canEndBehind: true);

    public int Count => _statements.Count;

    /// <summary>The number of a departure, or -1. Equal statements may stand in one body, so this asks for the very one.</summary>
    public int IndexOf(Statement statement) => _statements.FindIndex(departure => ReferenceEquals(departure, statement));

    public bool Within(Statement statement) => IndexOf(statement) >= 0 || statement switch
    {
        BlockStatement block => block.Statements.Any(Within),
        IfStatement choice => Within(choice.Then) || (choice.Else is not null && Within(choice.Else)),
        _ => false,
    };

    private void Find(Statement statement, bool canEndBehind)
    {
        if (!CanEnd(statement, canEndBehind)) _statements.Add(statement);
        else if (statement is BlockStatement block) FindInTurn(block.Statements, canEndBehind);
        else if (statement is IfStatement choice)
        {
            Find(choice.Then, canEndBehind);
            if (choice.Else is not null) Find(choice.Else, canEndBehind);
        }
    }

    private void FindInTurn(EquatableArray<Statement> statements, bool canEndBehind)
    {
        var behind = new bool[statements.Count];
        for (var i = statements.Count - 1; i >= 0; i--)
        {
            behind[i] = canEndBehind;
            canEndBehind = CanEnd(statements[i], canEndBehind);
        }

        for (var i = 0; i < statements.Count; i++)
        {
            Find(statements[i], behind[i]);
            if (IndexOf(statements[i]) >= 0) return;
        }
    }

    /// <summary>Whether the body may end on the stack from here.</summary>
    private static bool CanEnd(Statement statement, bool canEndBehind) => statement switch
    {
        Flesh flesh => NeedsNoClosure(flesh.Text) && (canEndBehind || flesh.Text.MayReturn),
        BlockStatement block => block.Statements.Reverse().Aggregate(canEndBehind, (behind, inner) => CanEnd(inner, behind)),
        IfStatement choice => NeedsNoClosure(choice.Condition.Text)
            && (CanEnd(choice.Then, canEndBehind) || (choice.Else is null ? canEndBehind : CanEnd(choice.Else, canEndBehind))),
        _ => false,
    };

    /// <summary>An event for a rendezvous is made by the closure, and labels stand where the closure's code is.</summary>
    private static bool NeedsNoClosure(Fragment fragment) => !fragment.Pieces.Any(piece => piece is LabelPiece or ClosurePiece);
}
