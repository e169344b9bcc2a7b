using System.Text;

namespace Tame.Generator.Tests.Flow;

/// <summary>
/// Writes bodies that compile, from a seed. Each local x7 has a separate type, E7 (D7 for a using variable), so that csc gives each hoisted local a separate
/// field.
/// </summary>
internal sealed class RandomBody
{
    private const int DeepestNesting = 5;
    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<string> _scope = ["p0", "p1"];
    private readonly HashSet<string> _assignable = [];
    private int _statements = 40;
    private int _locals;
    private int _loops;
    private int _finallys;

    private RandomBody(int seed) => _random = new Random(seed);

    public static string Types { get; } = string.Concat(Enumerable.Range(0, 150).Select(i => $"enum E{i} {{ }} class D{i} : IDisposable {{ public void Dispose() {{ }} }}\n"));

    public static string Write(int seed)
    {
        var body = new RandomBody(seed);
        body.Statements(0, most: 6);
        return body._text.ToString();
    }

    private void Statement(int depth)
    {
        if (_statements-- <= 0 || depth > DeepestNesting)
            Simple(depth);
        else if (Chance(3))
            Line(depth, Chance(3) ? "twait(Ids);" : "Wait();");
        else if (Chance(3))
            Simple(depth);
        else
            Compound(depth);
    }

    private void Compound(int depth)
    {
        switch (_random.Next(9))
        {
            case 0: If(depth); break;
            case 1: Loop(depth, $"while ({Condition()})", null); break;
            case 2: Loop(depth, $"for (E{_locals} {Next} = 0; (int){Next} < {Value()}; {Next}++)", NewLocal()); break;
            case 3: Loop(depth, $"foreach (var {Next} in new {(Chance(2) ? $"E{_locals}[3]" : $"List<E{_locals}>()")})", NewLocal()); break;
            case 4: Loop(depth, "do", null); Line(depth, $"while ({Condition()});"); break;
            case 5: Try(depth); break;
            case 6: Switch(depth); break;
            case 7: Jump(depth); break;
            case 8: Line(depth, $"using (var {Next} = new D{_locals}())"); NewLocal(); Block(depth); break;
        }
    }

    private void If(int depth)
    {
        var pattern = Chance(2);
        Line(depth, pattern ? $"if (Any() is E{_locals} {Next})" : $"if ({Condition()})");
        Block(depth, pattern ? NewLocal() : null);
        if (!Chance(2))
            return;
        Line(depth, "else");
        Block(depth);
    }

    private void Loop(int depth, string head, string? local)
    {
        Line(depth, head);
        _loops++;
        Block(depth, local);
        _loops--;
    }

    private void Try(int depth)
    {
        var handlers = _random.Next(3);
        Line(depth, "try");
        Block(depth);
        if (handlers != 0)
            Catch(depth, "ArgumentException", $" when ({Value()} == 1 && {Condition()})");
        if (handlers == 1)
            Catch(depth, "Exception", "");
        if (handlers == 1)
            return;
        Line(depth, "finally");
        var loops = _loops;
        _loops = 0;
        _finallys++;
        Block(depth);
        _finallys--;
        _loops = loops;
    }

    private void Catch(int depth, string type, string filter)
    {
        Line(depth, $"catch ({type}){(Chance(2) ? filter : "")}");
        Block(depth);
    }

    private void Switch(int depth)
    {
        Line(depth, $"switch ({Value()})");
        Line(depth, "{");
        Line(depth, "case 0:");
        Block(depth);
        Line(depth, Chance(3) ? "goto case 1;" : "break;");
        Line(depth, "case 1:");
        Block(depth);
        Line(depth, "break;");
        Line(depth, "}");
    }

    private void Jump(int depth)
    {
        if (_loops > 0)
            Line(depth, $"if ({Condition()}) {(Chance(2) ? "break" : "continue")};");
        Line(depth, $"if ({Condition()}) {(_finallys == 0 && Chance(2) ? "return" : "throw new Exception()")};");
    }

    private void Simple(int depth)
    {
        var target = Target();
        if (Chance(3))
        {
            Line(depth, $"var {Next} = (E{_locals}){(Chance(2) ? "Next()" : Value())};");
            _assignable.Add(Next);
            _scope.Add(NewLocal());
        }
        else if (target is null || Chance(2))
            Line(depth, $"Use({Value()}, {Value()});");
        else if (Chance(2))
            Line(depth, $"{target} = (E{target[1..]})({(Chance(3) ? $"Maybe() ? {Value()} : 2" : Value())});");
        else
            Line(depth, Chance(2) ? $"{target}++;" : $"{target} += {Value()};");
    }

    private string Condition() => _random.Next(5) switch
    {
        0 => "Maybe()",
        1 => $"{Value()} > {Value()}",
        2 => $"Maybe() && {Value()} == 2",
        3 => Target() is { } target ? $"TryAny(out {target})" : "Maybe()",
        _ => $"{Value()} == 1 || Maybe()",
    };

    private void Block(int depth, string? local = null)
    {
        Line(depth, "{");
        if (local is not null)
            _scope.Add(local);
        Statements(depth + 1, most: 4);
        if (local is not null)
            _scope.Remove(local);
        Line(depth, "}");
    }

    private void Statements(int depth, int most)
    {
        var outside = _scope.Count;
        for (var count = _random.Next(1, most + 1); count > 0; count--)
            Statement(depth);
        _scope.RemoveRange(outside, _scope.Count - outside);
    }

    private string Next => "x" + _locals;

    private string NewLocal() => "x" + _locals++;

    private string Value() => _scope[_random.Next(_scope.Count)] is ['x', ..] local ? "(int)" + local : "p0";

    private string? Target() => _scope[_random.Next(_scope.Count)] is var name && _assignable.Contains(name) ? name : null;

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private void Line(int depth, string text) => _text.Append(' ', depth * 4).Append(text).Append('\n');
}
