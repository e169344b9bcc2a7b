using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>
/// The locals that one of the two parts of a body refers to, in the order in which the part is written, and the positions of its departures in that order.
/// </summary>
internal sealed class Mentions
{
    private readonly Departures _departures;
    private readonly List<int> _locals = [];
    private readonly int[] _at;

    private Mentions(Departures departures)
    {
        _departures = departures;
        _at = new int[departures.Count];
    }

    public static Mentions OfEntry(Statement body, Departures departures)
    {
        var found = new Mentions(departures);
        found.AddEntry(body);
        return found;
    }

    public static Mentions OfClosure(Statement body, Departures departures)
    {
        var found = new Mentions(departures);
        found.AddClosure(body);
        return found;
    }

    public IEnumerable<int> All => _locals.Distinct().OrderBy(local => local);

    public IEnumerable<int> Before(int departure) => _locals.Take(_at[departure]);

    public IEnumerable<int> Behind(int departure) => _locals.Skip(_at[departure]);

    private void AddEntry(Statement statement)
    {
        if (IsDeparture(statement)) return;
        if (statement is BlockStatement block) AddEntry(block);
        else if (statement is IfStatement choice) Add(choice, AddEntry);
        else Add(statement);
    }

    private void AddEntry(BlockStatement block)
    {
        foreach (var inner in block.Statements)
        {
            AddEntry(inner);
            if (_departures.IndexOf(inner) >= 0) return;
        }
    }

    private void AddClosure(Statement statement)
    {
        if (_departures.IndexOf(statement) >= 0)
        {
            Add(statement);
        }
        else if (statement is BlockStatement block)
        {
            var isReached = false;
            foreach (var inner in block.Statements)
            {
                if (isReached) Add(inner);
                else AddClosure(inner);
                isReached |= _departures.Within(inner);
            }
        }
        else if (statement is IfStatement choice)
        {
            AddClosure(choice.Then);
            if (choice.Else is not null) AddClosure(choice.Else);
        }
    }

    /// <summary>Records the position of a departure.</summary>
    private bool IsDeparture(Statement statement)
    {
        if (_departures.IndexOf(statement) is not (>= 0 and var departure)) return false;
        _at[departure] = _locals.Count;
        return true;
    }

    private void Add(Statement statement)
    {
        IsDeparture(statement);
        switch (statement)
        {
            case Flesh flesh: Add(flesh.Text); break;
            case MovedStatement or ScopeStatement: break;
            case BlockStatement block: foreach (var inner in block.Statements) Add(inner); break;
            case LabeledStatement labeled: Add(labeled.Inner); break;
            case IfStatement choice: Add(choice, Add); break;
            case SwitchStatement choice: Add(choice); break;
            case TryStatement region: Add(region); break;
            case FinallyStatement region: Add(region); break;
            case UsingStatement resource: Add(resource.Acquire); Add(resource.Body); Add(resource.Disposal.Text); break;
            default: AddLoopOrWait(statement); break;
        }
    }

    private void AddLoopOrWait(Statement statement)
    {
        switch (statement)
        {
            case WhileStatement loop: Add(loop.Condition.Text); Add(loop.Frame.Body); break;
            case DoStatement loop: Add(loop.Frame.Body); Add(loop.Condition.Text); break;
            case ForStatement loop: Add(loop); break;
            case ForEachIndexedStatement loop: Add(loop); break;
            case ForEachStatement loop: Add(loop); break;
            case TwaitStatement wait: Add(wait.Body); break;
            case StartStatement start: Add(start.Event); Add(start.Started); break;
            case TaskStatement task: Add(task.Done); break;
            case JoinStatement join: Add(join); break;
            default: throw new InvalidOperationException($"What a statement of kind {statement.GetType().Name} refers to is not known.");
        }
    }

    private void Add(IfStatement choice, Action<Statement> addBranch)
    {
        Add(choice.Condition.Text);
        addBranch(choice.Then);
        if (choice.Else is not null) addBranch(choice.Else);
    }

    private void Add(SwitchStatement choice)
    {
        Add(choice.Value);
        foreach (var label in choice.Sections.SelectMany(section => section.Cases)) Add(label);
        foreach (var section in choice.Sections) Add(section.Body);
    }

    private void Add(ForStatement loop)
    {
        foreach (var initializer in loop.Initializers) Add(initializer);
        Add(loop.Condition?.Text);
        Add(loop.Frame.Body);
        foreach (var incrementor in loop.Incrementors) Add(incrementor);
    }

    private void Add(ForEachIndexedStatement loop)
    {
        Add(loop.Items.Text);
        Add(loop.Items.Index);
        foreach (var kept in loop.Items.Kept)
        {
            Add(kept.Value);
            Add(kept.Local);
        }

        Add(loop.Variable.Text);
        Add(loop.Frame.Body);
    }

    private void Add(ForEachStatement loop)
    {
        Add(loop.Source.Enumerator);
        Add(loop.Source.Collection);
        Add(loop.Variable.Text);
        Add(loop.Frame.Body);
        Add(loop.Source.Disposal?.Text);
    }

    private void Add(TryStatement region)
    {
        Add(region.Body);
        foreach (var clause in region.Catches) Add(clause.Text);
        Add(region.Finally);
        foreach (var clause in region.Catches)
        {
            if (clause.Body is not null) Add(clause.Body);
        }
    }

    private void Add(FinallyStatement region)
    {
        Add(region.Frame.Thrown);
        Add(region.Frame.Exit);
        Add(region.Guarded);
        Add(region.Ending);
        foreach (var exit in region.Frame.Exits) Add(exit.Jump);
    }

    private void Add(JoinStatement join)
    {
        foreach (var step in join.Steps)
        {
            Add(step.Value);
            Add(step.Target);
        }

        foreach (var target in new[] { join.Id, join.Error })
        {
            Add(target?.Variable);
            Add(target?.Location);
        }
    }

    private void Add(Fragment? fragment)
    {
        if (fragment is not null) _locals.AddRange(fragment.Pieces.OfType<LocalPiece>().Select(piece => piece.Local));
    }

    private void Add(int? local)
    {
        if (local is { } given) _locals.Add(given);
    }
}
