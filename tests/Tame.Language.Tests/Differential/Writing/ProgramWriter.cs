using System.Collections.Immutable;
using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Writes random programs: the program of a number and a seed is always the same.</summary>
internal sealed partial class ProgramWriter
{
    private const int DeepestNesting = 6;
    private readonly Random _random;
    private readonly Features _features;
    private readonly bool _isStatic;
    private readonly string _field;
    private readonly (Features Feature, Func<Statement> Write)[] _special;
    private readonly (Features Feature, Func<int, Expression> Write)[] _specialNumbers;
    private readonly List<(string Name, bool HasValue)> _all = [];

    /// <summary>Those that a method may call any number of times, since they do not call it.</summary>
    private readonly List<(string Name, bool HasValue)> _methods = [];
    private Scope _scope = new(null);
    private Place _place = new();
    private int _depth;
    private int _left;
    private int _numbers;
    private bool _canLabel = true;
    private bool _hasValue;
    private string _done = "done";

    /// <summary>A method that begins on the stack does so only without nested functions, and so without most of the features.</summary>
    private bool _isPlain;

    private ProgramWriter(int number, int seed, Features features)
    {
        _random = new Random(unchecked((seed * 1_000_003) + (number * 7_919)));
        _features = features;
        _isStatic = Chance(2);
        _field = Has(Features.Keywords) && Chance(2) ? "@params" : "F";
        _special = [.. SpecialStatements().Where(special => Has(special.Feature))];
        _specialNumbers = [.. SpecialNumbers().Where(special => Has(special.Feature))];
    }

    public static Statement Write(int number, int seed, Features features) => new ProgramWriter(number, seed, features).Program();

    private Statement Program()
    {
        int others = Pick(0, 1, 1, 2);
        var members = new List<Statement>();
        for (int i = others; i >= 1; i--)
            _all.Add(($"M{i}", Chance(2)));
        foreach (var method in _all)
        {
            _hasValue = method.HasValue;
            members.InsertRange(0, Method(method.Name, size: 2 + _random.Next(3)));
            _methods.Add(method);
        }
        _hasValue = false;
        double share = _random.NextDouble();
        members.InsertRange(0, Method(_isStatic ? "Main" : "Start", size: 3 + (int)(34 * share * share)));
        string modifier = _isStatic ? "static " : "";
        members.Insert(0, new Statement("member", Parts.Of($"private {modifier}int {_field} = 2; private {modifier}Pair G; private static int S = 5; private {modifier}readonly int[] A = [1, 2, 3];")));
        if (!_isStatic)
            members.Insert(1, new Statement("member", Parts.Of("public static void Main(World t, Event done) => new Program().Start(t, done);")));
        return new Statement("program", Parts.Of("public partial class Program", new Body("class", [.. members])));
    }

    private Statement[] Method(string name, int size)
    {
        (_left, _isPlain) = (size, false);
        _canLabel = Has(Features.FreshCaptures) || Chance(2);
        _scope = new Scope(null);
        _labels.Clear();
        _done = Has(Features.Keywords) ? Pick("done", "@out", "then") : "done";
        string number = Has(Features.Keywords) ? Pick("p", "@byte", "@where") : "p";
        string parameters = _hasValue ? $"(World t, int {number}, Event<int> {_done})" : $"(World t, Event {_done})";
        foreach (string parameter in new[] { "t", _done, number, "x0" })
            _scope.Reserve(parameter);
        _scope.Variables.AddRange([new(_field, "int"), new("S", "int"), new("A", "int[]"), new("G", "Pair")]);
        if (_hasValue)
            _scope.Variables.Add(new Variable(number, "int"));
        var outer = _place;
        var body = Block("method", 4 + _random.Next(3), start: () => name is "Main" or "Start" ? [Several()] : [Several(), .. Early()], end: () => End(name));
        _place = outer;
        string modifier = _isStatic ? "static " : "";
        string access = name == "Main" ? "public" : "private";
        return
        [
            new Statement("pair", Parts.Of($"[Tamed] {access} {modifier}partial void {name}{parameters};")),
            new Statement("method", Parts.Of($"private {modifier}void {name}Body{parameters}", body)),
        ];
    }

    /// <summary>The first method calls the others, whatever it did before.</summary>
    private IEnumerable<Statement> End(string name)
    {
        if (name is "Main" or "Start")
        {
            foreach (var (method, hasValue) in _methods)
            {
                string call = Call(method, hasValue);
                var failed = new Body("catch", [Simple("trace", $"t.Add({Number()}, x0);")]);
                yield return Simple("try", "try", new Body("try", [Simple("wait.call", $"using (twait()) {call};")]), "catch (Exception x0)", failed);
            }
            yield return Simple("call", $"t.CallKept({Number()});");
        }
        else if (Chance(3))
        {
            // itself or another, which may call it
            var (method, hasValue) = _all[_random.Next(_all.Count)];
            yield return Simple("wait.again", $"if (t.Again()) {{ using (twait()) {Call(method, hasValue)}; t.Add({Number()}); }}");
        }
        yield return Has(Features.Exhaustive) && Chance(4) ? TriggeredInSections() : Simple("trigger", Trigger());
    }

    private string Call(string method, bool hasValue) => hasValue ? $"{method}(t, {_random.Next(5)}, mkevent(out {_field}))" : $"{method}(t, mkevent())";

    /// <summary>
    /// For most of the methods a way to end early, mostly before any wait; most of those wait only behind conditions, with locals declared between them, and
    /// may end without one.
    /// </summary>
    private IEnumerable<Statement> Early()
    {
        if (Chance(3))
            yield break;
        _isPlain = !Chance(4);
        var condition = Condition(1);
        yield return new Statement("early", Parts.Of("if (", condition, ") ", Block("early", 3, end: () => [Simple("return", Trigger(), " return;")])));
        if (Chance(4))
            yield break;
        for (int i = Pick(2, 2, 2, 3); i > 0; i--)
        {
            yield return Declaration();
            var declared = _scope.Variables[^1];
            condition = Condition();
            yield return new Statement("early.wait", Parts.Of("if (", condition, ") ", Block("early", 3, end: () => [Simple("trace", $"t.Add({Number()}, ", s_unshown.Contains(declared.Type) ? Shown() : Name(declared), ");"), SimpleWait()])));
        }
        _place = _place with { CanWait = false };
    }

    private string Trigger() => _hasValue ? $"t.Add({Number()}, {_done}.Trigger({Int(1)}));" : $"t.Add({Number()}, {_done}.Trigger());";

    /// <summary>A block in a scope of its own.</summary>
    private Body Block(string place, int most, IEnumerable<Variable>? variables = null, Func<IEnumerable<Statement>>? start = null, Func<IEnumerable<Statement>>? end = null)
    {
        _scope = new Scope(_scope);
        _depth++;
        if (variables is not null)
            _scope.Variables.AddRange(variables);
        var statements = new List<Statement>();
        if (start is not null)
            statements.AddRange(start());
        Statements(statements, _left <= 0 ? 1 : 1 + _random.Next(most - 1));
        if (Chance(2))
            statements.Add(Simple("trace", $"t.Add({Number()}, ", Shown(), ");"));
        if (end is not null)
            statements.AddRange(end());
        _depth--;
        _scope = _scope.Outer!;
        return new Body(place, [.. statements]);
    }

    private Body BlockIn(Place place, string name, int most, IEnumerable<Variable>? variables = null, Func<IEnumerable<Statement>>? start = null, Func<IEnumerable<Statement>>? end = null)
    {
        var outer = _place;
        _place = place;
        var body = Block(name, most, variables, start, end);
        _place = outer;
        return body;
    }

    private void Statements(List<Statement> statements, int count)
    {
        while (count-- > 0)
        {
            if (_canLabel && _left > 0 && _depth < DeepestNesting && Chance(14))
                LabeledRegion(statements);
            else
                statements.Add(Statement());
        }
    }

    private Statement Statement()
    {
        if (_left-- <= 0 || _depth >= DeepestNesting)
            return _place.CanWait && Chance(3) ? SimpleWait() : SimpleStatement();
        if (_place.CanWait && Chance(4))
            return Wait();
        if (_place.HasTarget && Chance(6))
            return Jump();
        if (_special.Length != 0 && !_isPlain && _random.Next(5) < 2)
            return _special[_random.Next(_special.Length)].Write();
        return Chance(3) ? SimpleStatement() : Compound();
    }

    private Statement Compound() => _random.Next(18) switch
    {
        0 or 1 => If(),
        2 => While(),
        3 => Do(),
        4 or 5 => For(),
        6 or 7 => ForEach(),
        8 or 9 => Switch(),
        10 or 11 or 12 => Try(),
        13 => Using(),
        14 => _scope.CanHoldUsingDeclaration ? UsingDeclaration() : Using(),
        15 => Checked(),
        16 => Chance(2) ? Lock() : new Statement("block", Parts.Of(Block("block", 4))),
        _ => Jump(),
    };

    /// <summary>Statements that are written more or less often, as so many features are in.</summary>
    private IEnumerable<(Features Feature, Func<Statement> Write)> SpecialStatements() =>
    [
        (Features.LabeledUsings, LabeledUsing),
        (Features.DefaultLabels, DefaultLabel),
        (Features.Truth, TruthStatement),
        (Features.Truth, TruthStatement), // twice, because it has many kinds, as queries and nested anonymous types do
        (Features.DynamicConditions, DynamicStatement),
        (Features.Spans, SpanRun),
        (Features.QueryVariables, QueryStatement),
        (Features.QueryVariables, QueryStatement),
        (Features.CallerInfo, ToldStatement),
        (Features.CallerInfoWithoutCalls, ToldWithoutCallStatement),
        (Features.CallerInfoInAttributes, ToldAttribute),
        (Features.Exhaustive, Exhaustive),
        (Features.Keywords, KeywordMembers),
        (Features.CheckedFunctions, CheckedFunctions),
        (Features.RefStructUsings, RefStructUsing),
        (Features.Extensions, ExtensionStatement),
        (Features.InlineArrays, InlineArrayStatement),
        (Features.InlineArrayWaits, InlineArrayLoop),
        (Features.NestedAnonymous, NestedAnonymous),
        (Features.NestedAnonymous, NestedAnonymous),
        (Features.AnonymousDelegates, AnonymousDelegate),
        (Features.NaturalDelegates, NaturalDelegate),
        (Features.NullSlots, NullSlot),
        (Features.AdaptedNullSlots, AdaptedNullSlot),
        (Features.UnreachedWaits, UnreachedWait),
        (Features.TupleNames, TupleOfNames),
    ];

    private IEnumerable<(Features Feature, Func<int, Expression> Write)> SpecialNumbers() =>
    [
        (Features.Truth, depth => Make("int", "(", Condition(depth + 1), " ? ", Int(depth + 1), " : ", Int(depth + 1), ")")),
        (Features.QueryVariables, QueryOfVariables),
        (Features.QueryVariables, _ => Find("query") is { } query ? Make("int", Name(query), ".Sum()") : Leaf()),
        (Features.CallerInfo, Told),
        (Features.CallerInfoWithoutCalls, ToldWithoutCall),
        (Features.Exhaustive, depth => Make("int", "(", Bool(depth + 1), " switch { true => ", Int(depth + 1), ", false => ", Int(depth + 1), " })")),
        (Features.Keywords, _ => KeywordMember()),
        (Features.Extensions, Extension),
        (Features.InlineArrays, InlineArrayElement),
        (Features.NestedAnonymous, _ => AnonymousMember()),
    ];

    private static Statement Simple(string kind, params ReadOnlySpan<object> pieces) => new(kind, Parts.Of(pieces));
}
