using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>
/// The entry of the folder: turns a tamed method into a state machine, one kind of statement at a time. "Code" is generated, and "text" is the user's. Methods
/// that begin with <c>Add</c> add operations to the region; <see cref="OperationOf"/> only creates one.
/// </summary>
internal sealed partial class Lowerer
{
    /// <summary>The name of this stage in reports of faults.</summary>
    public const string Stage = "lowering";

    private readonly TamedMethod _method;
    private readonly Names _names;
    private readonly TwoParts? _parts;
    private readonly Dictionary<string, int> _counters = [];
    private readonly List<string> _receivers = [];
    private readonly List<Wait> _waits = [];
    private Region _region = new(outer: null, door: "");
    private int _states;

    public Lowerer(TamedMethod method, Names names, TwoParts? parts = null) => (_method, _names, _parts) = (method, names, parts);

    public IReadOnlyList<Operation> Operations => _region.Operations;

    public bool HasJustJumped => _region.Operations.LastOrDefault() is JumpOperation;

    public static StateMachine Lower(TamedMethod method) => TwoParts.Of(method) is { } parts ? Lower(method, parts) : LowerWhole(method);

    private string C => _names.Closure;

    private static StateMachine LowerWhole(TamedMethod method)
    {
        var lowerer = new Lowerer(method, new Names(method));
        if (method.Body is not null) lowerer.Lower(method.Body);
        return lowerer.Machine();
    }

    private static StateMachine Lower(TamedMethod method, TwoParts parts)
    {
        var closure = new Lowerer(method, new Names(method), parts);
        closure.LowerLate(method.Body!);
        return closure.Machine() with { Prologue = EntryLowerer.Lower(method, parts, closure._names) };
    }

    private StateMachine Machine()
    {
        return new StateMachine
        {
            Method = _method with { Body = null },
            Fields = Fields().ToEquatable(),
            Scopes = Scopes().ToEquatable(),
            Functions = _method.Functions.Select(Function).ToEquatable(),
            TopLocals = TopLocals().Concat(_receivers).ToEquatable(),
            Waits = _waits.ToEquatable(),
            Arguments = _method.Parameters.Select((p, i) => Argument(p, i)).ToEquatable(),
            Operations = _method.Body is null ? null : _region.Finish().ToEquatable(),
        };
    }

    public void Lower(Statement statement)
    {
        if (_parts?.Departures.IndexOf(statement) is >= 0 and var departure) Arrive(_parts, departure);
        AddComments(statement);
        switch (statement)
        {
            case Flesh flesh: AddText(flesh.Text); break;
            case MovedStatement: break;
            case BlockStatement block: foreach (var inner in block.Statements) Lower(inner); break;
            case ScopeStatement scope: AddCode($"{_names.Scope(scope.Scope)} = {_names.NewScope(scope.Scope)};"); break;
            case LabeledStatement labeled: Add(new LabelOperation(_names.Label(labeled.Label), Span: labeled.Place)); Lower(labeled.Inner); break;
            case IfStatement choice: LowerIf(choice, Lower); break;
            case SwitchStatement choice: LowerSwitch(choice); break;
            case WhileStatement loop: LowerWhile(loop); break;
            case DoStatement loop: LowerDo(loop); break;
            case ForStatement loop: LowerFor(loop); break;
            case ForEachIndexedStatement loop: LowerForEach(loop); break;
            case ForEachStatement loop: LowerForEach(loop); break;
            case TryStatement region: LowerTry(region); break;
            case FinallyStatement region: LowerFinally(region); break;
            case UsingStatement resource: LowerUsing(resource); break;
            default: LowerWait(statement); break;
        }
    }

    public void AddComments(Statement statement)
    {
        foreach (var comment in statement.Comments) Add(new CommentOperation(comment));
    }

    private void Add(Operation operation) => _region.Operations.Add(operation);

    public void AddCode(string text) => Add(new CodeOperation(text));

    private void Open(string before = "") => Add(new BraceOperation(before + "{", 1));

    private void Close() => Add(new BraceOperation("}", -1));

    private void Label(string name) => Add(new LabelOperation(name));

    /// <summary>Adds nothing if the path here has just ended in another jump.</summary>
    public void Goto(string label)
    {
        if (!HasJustJumped) Add(new JumpOperation(label));
    }

    /// <summary>The user's text, which itself marks where a debugger stops in it.</summary>
    private void AddText(Fragment fragment) => WithHold(fragment, () => AddBareText(fragment));

    /// <summary>A piece of the user's text between generated code. A debugger shows all of it as the piece's place.</summary>
    private void AddPoint(Fragment fragment, string before = "", string after = "", string jump = "") =>
        WithHold(fragment, () => Add(OperationOf(fragment, before, after) with { IsPoint = true, Jump = jump }));

    /// <summary>Lambdas in a piece hold scope objects by locals that are new each time it runs.</summary>
    private void WithHold(Fragment fragment, Action write)
    {
        var declarations = _names.Declarations(fragment.Pieces);
        OpenHold(declarations);
        write();
        if (declarations.Count > 0) Close();
    }

    private void OpenHold(IReadOnlyList<string> declarations)
    {
        if (declarations.Count == 0) return;
        Open();
        foreach (var declaration in declarations) AddCode(declaration);
    }

    private void AddBareText(Fragment fragment)
    {
        var written = OperationOf(fragment);
        if (written.Text.Length == 0) return;
        if (fragment.Block.Length > 0) Open(fragment.Block + " ");
        Add(written);
        if (fragment.Block.Length > 0) Close();
    }

    private CodeOperation OperationOf(Fragment fragment, string before = "", string after = "")
    {
        if (fragment.Operator.Length > 0) (before, after) = (before + fragment.Operator + "(", ")" + after);
        var text = _names.Write(fragment, out var marks);
        return new CodeOperation(before + text + after + fragment.Comment, fragment.Span)
        {
            Marks = marks.Select(mark => mark with { Start = mark.Start + before.Length, End = mark.End + before.Length }).ToEquatable(),
        };
    }

    /// <summary>Generated code at a place of the user's file, where its exceptions are reported.</summary>
    public void AddCodeAt(SourceSpan span, string text, string jump = "") => Add(new CodeOperation(text, span) { IsPoint = true, Jump = jump });

    /// <summary>A generated label: the word, a number, and the name of its part.</summary>
    private string NewName(string word)
    {
        _counters.TryGetValue(word, out var number);
        _counters[word] = ++number;
        return _method.Generated.Label(word, number);
    }
}
