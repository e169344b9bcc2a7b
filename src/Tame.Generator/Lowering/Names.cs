using System.Globalization;
using System.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>Gives every local, label and shape its name in the generated method, and writes fragments with those names.</summary>
internal sealed class Names
{
    private static readonly string[] s_ofObject = ["Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals"];

    /// <summary>The names that a field of the closure would hide: the members that generated code calls, and object's.</summary>
    private static readonly HashSet<string> s_reserved =
    [
        "Start", "StartHeld", "Release", "State", "IsSuspended", "EnterBlock", "BlockDone", "TaskDone", "EndBlock", "EndBlockOrThrow", "Unwind",
        "BeginJoin", "JoinReady", "OwnJoinReady", "EndJoin", "EndJoinOrThrow", "EndJoinOrError", "Make", "Keep", "Slot", "NewSlot", "Resume", "Clear", "FailEvents", "Type",
        .. s_ofObject,
    ];

    private readonly TamedMethod _method;
    private readonly bool _onStack;
    private readonly string[] _locals;
    private readonly string[] _patterns;
    private readonly string[] _originals;
    private readonly string[] _labels;

    /// <summary>The names in the resuming method, or those in the entry, where the closure's fields are on the stack.</summary>
    public Names(TamedMethod method, bool onStack = false)
    {
        _method = method;
        _onStack = onStack;
        (_locals, _originals) = NameLocals(method, onStack);
        _patterns = NamePatterns(method);
        _labels = NameLabels(method);
    }

    public string Closure => _method.Generated.Closure;

    public string LocalName(int local) => _locals[local];

    /// <summary>The additional field of an event parameter that the body reassigns: failures go to the original event.</summary>
    public string Original(int parameter) => _originals[parameter];

    public string Label(int label) => _labels[label];

    /// <summary>A local as an expression: a field of the closure or of a scope object, or the local itself.</summary>
    public string Reference(int local, bool isLater = false) => _method.Locals[local].Example is { } example
        ? $"{_method.Generated.ClosureClass}{_method.TypeParameterList}.{_method.Generated.Like(example.TypeTemplate)}({string.Concat(example.Arguments.Select(e => Example(e, isLater) + ", "))}ref {Place(local, isLater)})"
        : Place(local, isLater);

    /// <summary>The local that is an example of an anonymous type. Code that runs later has a separate one, so that it need not capture the local.</summary>
    public string Example(int example, bool isLater) => isLater ? _method.Examples[example] : _method.Generated.Example(example);

    private string Place(int local, bool isLater) => _method.Locals[local] switch
    {
        { Kind: LocalKind.Captured, Scope: var scope } => (isLater ? ScopeName(scope) : Scope(scope)) + "." + _locals[local],
        var other when IsField(other) && !_onStack => Closure + "." + _locals[local],
        _ => _locals[local],
    };

    /// <summary>The name of a scope object: as a field of the closure, and as the local by which lambdas hold it.</summary>
    public string ScopeName(int scope) => _method.Generated.Scope(scope);

    /// <summary>The current object of a scope.</summary>
    public string Scope(int scope) => _method.Scopes[scope].IsInText ? ScopeName(scope) : Closure + "." + ScopeName(scope);

    public string ScopeType(int scope) => _method.Generated.ScopeClass(scope) + _method.TypeParameterList;

    public string Self => _method.Generated.Self;

    public string NewScope(int scope)
    {
        var links = _method.Scopes[scope].Links.Select(link => $"{ScopeName(link)} = {Scope(link)}");
        var parts = _method.Scopes[scope].HasSelf ? links.Prepend($"{Self} = this").ToList() : links.ToList();
        return $"new {ScopeType(scope)}" + (parts.Count == 0 ? "()" : " { " + string.Join(", ", parts) + " }");
    }

    /// <summary>The declarations, in separate braces, before a fragment that consists of these pieces.</summary>
    public IReadOnlyList<string> Declarations(IReadOnlyCollection<Piece> pieces) => [.. Held(pieces).Select(Hold), .. Named(pieces).Select(Alias)];

    /// <summary>The scopes whose objects a fragment's lambdas must hold, except those in the text itself.</summary>
    private IReadOnlyList<int> Held(IEnumerable<Piece> pieces) =>
        [.. OutsideValues(pieces).OfType<LocalPiece>().Where(p => p.IsLater).Select(p => _method.Locals[p.Local].Scope).Distinct().Where(scope => !_method.Scopes[scope].IsInText).OrderBy(scope => scope)];

    /// <summary>The pieces, except those of expressions that hold scope objects themselves.</summary>
    private static IEnumerable<Piece> OutsideValues(IEnumerable<Piece> pieces)
    {
        var isInValue = false;
        foreach (var piece in pieces)
        {
            if (piece is HeldValuePiece or HeldValueEndPiece) isInValue = piece is HeldValuePiece;
            else if (!isInValue) yield return piece;
        }
    }

    /// <summary>The locals that the user's own names refer to, if generated code has other names for them.</summary>
    private IEnumerable<int> Named(IEnumerable<Piece> pieces) => pieces.OfType<LocalPiece>().Where(piece => piece.KeepsName && Reference(piece.Local) != _method.Locals[piece.Local].Name)
        .Select(piece => piece.Local).Distinct().OrderBy(local => local);

    private string Alias(int local) => $"ref var {_method.Locals[local].Name} = ref {Reference(local)};";

    private string Hold(int scope) => $"{ScopeType(scope)} {ScopeName(scope)} = {Scope(scope)};";

    /// <summary>The method of the user's type that holds the text of a local function. Two may have one name.</summary>
    public string FunctionName(LocalFunction function)
    {
        var name = _method.Locals[function.Local].Name.TrimStart('@');
        var number = _method.Functions.TakeWhile(f => f != function).Count(f => _method.Locals[f.Local].Name.TrimStart('@') == name) + 1;
        return _method.Generated.Function(name, number);
    }

    public static bool IsField(Local local) => local.Kind is LocalKind.Parameter or LocalKind.OutParameter or LocalKind.Kept;

    public string Write(Fragment fragment) => Write(fragment, out _);

    /// <summary>The text of a fragment, and what a debugger sees in it. Generated text that has become empty is not marked.</summary>
    public string Write(Fragment fragment, out List<Mark> marks)
    {
        var text = new StringBuilder();
        var places = new List<Mark>();
        var open = new Dictionary<int, int>();
        var (end, isMarked) = ("", false);
        foreach (var (piece, i) in fragment.Pieces.Select((piece, i) => (piece, i)))
        {
            if (piece is PointPiece point) Begin(point.Number, point.Place, point.IsMade);
            else if (piece is PointEndPiece last) Close(last.Number);
            else if (piece is HeldValuePiece value) HoldValue(value, i);
            else if (piece is HeldValueStartPiece start) StartValue(start);
            else if (piece is HeldValueEndPiece heldEnd) EndValue(heldEnd.Number);
            else text.Append(piece is HoldScopesPiece hold ? Hold(fragment, hold) : Write(piece));
        }

        marks = [.. places.Where(mark => mark.End > mark.Start)];
        return text.ToString();

        void HoldValue(HeldValuePiece value, int index)
        {
            (var before, end) = HoldInArm(Held(fragment.Pieces.Skip(index + 1).TakeWhile(p => p is not HeldValueEndPiece)), value.IsOperand);
            isMarked = before.Length > 0 && !value.IsInString; // a string cannot contain a directive
            if (isMarked) Begin(value.Number, place: null, isMade: true);
            text.Append(before);
        }

        void StartValue(HeldValueStartPiece value)
        {
            if (!isMarked) return;
            text.Append("true ? "); // a debugger stops at the value of an arm, unless that begins where it is hidden
            Begin(-value.Number, value.Place, isMade: false);
        }

        void EndValue(int number)
        {
            Close(-number);
            if (open.ContainsKey(-number)) text.Append(" : throw null!");
            text.Append(end);
            Close(number);
        }

        void Begin(int number, SourceSpan? place, bool isMade)
        {
            open[number] = places.Count;
            places.Add(new Mark(text.Length, text.Length, place, isMade));
        }

        void Close(int number)
        {
            if (open.TryGetValue(number, out var index)) places[index] = places[index] with { End = text.Length };
        }
    }

    private string Hold(Fragment fragment, HoldScopesPiece place) => string.Concat(Held(fragment.Pieces)
        .Select(scope => place.IsCondition ? $"{Scope(scope)} is {{ }} {ScopeName(scope)} && " : $" {Hold(scope)}"));

    /// <summary>
    /// The text before and after an expression that holds scope objects. An arm of a switch has new variables each time that it runs, and its value may refer
    /// to everything that the enclosing statement may.
    /// </summary>
    private (string Before, string After) HoldInArm(IReadOnlyList<int> scopes, bool isOperand)
    {
        if (scopes.Count == 0) return ("", "");
        var (objects, names) = (string.Join(", ", scopes.Select(Scope)), string.Join(", ", scopes.Select(ScopeName)));
        var before = scopes.Count == 1 ? $"{objects} switch {{ var {names} => " : $"({objects}) switch {{ var ({names}) => ";
        return isOperand ? ("(" + before, " })") : (before, " }");
    }

    private string Write(Piece piece) => piece switch
    {
        TextPiece text => text.Text,
        ClosurePiece => Closure,
        LinePiece line => (line.Line + _method.Moved).ToString(CultureInfo.InvariantCulture),
        LocalPiece { KeepsName: true } local => _method.Locals[local.Local].Name,
        LocalPiece local => Inferred(local) + Reference(local.Local, local.IsLater),
        ScopePiece scope => Scope(scope.Scope),
        NewScopePiece scope => NewScope(scope.Scope),
        PatternPiece pattern => _patterns[pattern.Local],
        ScopeTypePiece scope => ScopeType(scope.Scope),
        LabelPiece label => _labels[label.Label],
        ShapePiece shape => $"{Closure}.{_method.Generated.SlotLocator(shape.Shape)}",
        _ => throw new InvalidOperationException($"A piece of kind {piece.GetType().Name} has no text."),
    };

    private string Inferred(LocalPiece piece)
    {
        var own = _method.Locals[piece.Local].Name;
        return piece.InferredBy is null || (own == _locals[piece.Local] && _method.Locals[piece.Local].Example is null) ? "" : own + piece.InferredBy;
    }

    /// <summary>The user's name for the first local with that name. If the name would hide something, or for a second local, a number is added.</summary>
    private static (string[] Locals, string[] Originals) NameLocals(TamedMethod method, bool onStack)
    {
        var names = new string[method.Locals.Count];
        var closure = new HashSet<string>(s_reserved, StringComparer.Ordinal) { method.Generated.ClosureClass, method.Generated.Self, method.Generated.Type, method.Generated.Error };
        var frame = new HashSet<string>(method.OtherNames, StringComparer.Ordinal);
        frame.UnionWith(method.Locals.Where((local, i) => local.IsNamed && !(onStack && i < method.Parameters.Count)).Select(local => local.Name.TrimStart('@')));
        if (onStack) frame.ExceptWith(method.Parameters.Select(parameter => parameter.Name.TrimStart('@'))); // in the way that the entry declares them
        var scopes = method.Scopes.Select(_ => new HashSet<string>(s_ofObject, StringComparer.Ordinal)).ToList();
        for (var i = 0; i < names.Length; i++)
        {
            var local = method.Locals[i];
            var taken = local.Kind == LocalKind.Captured ? scopes[local.Scope] : IsField(local) && !onStack ? closure : frame;
            names[i] = Unique(local.Hidden is not null ? method.Generated.Prefix + local.Name + "1" : local.Name, local.Hidden is not null ? method.Generated.Prefix + local.Name : local.Name + "__", taken);
        }

        return (names, [.. names.Select(name => method.Generated.Prefix + name.TrimStart('@')).Select(name => Unique(name, name + "__", closure))]);
    }

    /// <summary>
    /// Patterns bind at the level of the whole method, so a kept and a plain local with one name need two names. Names that end in digits are generated.
    /// </summary>
    private static string[] NamePatterns(TamedMethod method)
    {
        var taken = new HashSet<string>(method.Generated.Variables, StringComparer.Ordinal);
        return [.. method.Locals.Select(local => method.Generated.Prefix + local.Name.TrimStart('@')).Select(name => char.IsDigit(name[name.Length - 1]) ? name + "_" : name).Select(name => Unique(name, name + "_", taken))];
    }

    private static string[] NameLabels(TamedMethod method)
    {
        var names = new string[method.Labels.Count];
        var taken = new HashSet<string>(method.OtherNames, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var label = method.Labels[i];
            var first = label.IsUser ? label.Name : $"{method.Generated.Prefix}{label.Name}1";
            names[i] = Unique(first, label.IsUser ? label.Name + "__" : method.Generated.Prefix + label.Name, taken);
        }

        return names;
    }

    private static string Unique(string first, string stem, HashSet<string> taken)
    {
        var name = first;
        for (var number = 2; !taken.Add(name.TrimStart('@')); number++) name = stem + number;
        return name;
    }
}
