using System.Runtime.CompilerServices;
using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>
/// The statements at which a call that runs on the stack moves into a closure: those from which it can end only after a wait. The code before them needs no
/// closure.
/// </summary>
internal sealed class Departures
{
    /// <summary>One body may contain equal statements, so these lookups compare references.</summary>
    private readonly Dictionary<Statement, int> _indices = new(SameObject.Instance);
    private readonly HashSet<Statement> _around = new(SameObject.Instance);
    private readonly Dictionary<(Statement Statement, bool CanEndBehind), bool> _canEnd = new(SameObject.Instance);

    public Departures(Statement body) => Find(body, canEndBehind: true);

    public int Count => _indices.Count;

    /// <summary>The number of a departure, or -1.</summary>
    public int IndexOf(Statement statement) => _indices.TryGetValue(statement, out var index) ? index : -1;

    /// <summary>Whether a statement is or contains a departure.</summary>
    public bool Within(Statement statement) => _around.Contains(statement);

    private bool Find(Statement statement, bool canEndBehind)
    {
        if (!CanEnd(statement, canEndBehind)) _indices.Add(statement, _indices.Count);
        else if (!FindInside(statement, canEndBehind)) return false;
        _around.Add(statement);
        return true;
    }

    private bool FindInside(Statement statement, bool canEndBehind) => statement switch
    {
        BlockStatement block => FindInTurn(block.Statements, canEndBehind),
        IfStatement choice => Find(choice.Then, canEndBehind) | (choice.Else is not null && Find(choice.Else, canEndBehind)),
        _ => false,
    };

    private bool FindInTurn(EquatableArray<Statement> statements, bool canEndBehind)
    {
        var behind = new bool[statements.Count];
        for (var i = statements.Count - 1; i >= 0; i--)
        {
            behind[i] = canEndBehind;
            canEndBehind = CanEnd(statements[i], canEndBehind);
        }

        var isFound = false;
        for (var i = 0; i < statements.Count; i++)
        {
            isFound |= Find(statements[i], behind[i]);
            if (IndexOf(statements[i]) >= 0) break;
        }

        return isFound;
    }

    /// <summary>
    /// Whether the body may end on the stack from here. Each statement is examined once for itself and once for each enclosing level, so the answer is kept.
    /// </summary>
    private bool CanEnd(Statement statement, bool canEndBehind)
    {
        if (_canEnd.TryGetValue((statement, canEndBehind), out var known)) return known;
        return _canEnd[(statement, canEndBehind)] = statement switch
        {
            Flesh flesh => NeedsNoClosure(flesh.Text) && (canEndBehind || flesh.Text.MayReturn),
            BlockStatement block => block.Statements.Reverse().Aggregate(canEndBehind, (behind, inner) => CanEnd(inner, behind)),
            IfStatement choice => NeedsNoClosure(choice.Condition.Text)
                && (CanEnd(choice.Then, canEndBehind) || (choice.Else is null ? canEndBehind : CanEnd(choice.Else, canEndBehind))),
            _ => false,
        };
    }

    /// <summary>The closure creates an event for a rendezvous, and labels are in the closure's code.</summary>
    private static bool NeedsNoClosure(Fragment fragment) => !fragment.Pieces.Any(piece => piece is LabelPiece or ClosurePiece);

    private sealed class SameObject : IEqualityComparer<Statement>, IEqualityComparer<(Statement Statement, bool CanEndBehind)>
    {
        public static readonly SameObject Instance = new();

        public bool Equals(Statement? one, Statement? other) => ReferenceEquals(one, other);

        public int GetHashCode(Statement statement) => RuntimeHelpers.GetHashCode(statement);

        public bool Equals((Statement Statement, bool CanEndBehind) one, (Statement Statement, bool CanEndBehind) other) =>
            ReferenceEquals(one.Statement, other.Statement) && one.CanEndBehind == other.CanEndBehind;

        public int GetHashCode((Statement Statement, bool CanEndBehind) key) => RuntimeHelpers.GetHashCode(key.Statement);
    }
}
