using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Queries, and the variables that they declare.</summary>
internal sealed partial class ProgramWriter
{
    private Expression Query(int depth)
    {
        string item = Fresh("q");
        return Make("int", $"(from {item} in ", Name(Find("int[]")!), $" where {item} > ", Captured(depth), $" select {item} + ", Captured(depth), ").Sum()");
    }

    /// <summary>A query whose later clauses declare variables of their own.</summary>
    private Expression QueryOfVariables(int depth)
    {
        var (item, other, count) = (Fresh("q"), Fresh("q"), Fresh("v"));
        object[] clause = _random.Next(4) switch
        {
            0 => [$" from {other} in t.Load({item}, out int {count}).Take({count} - 1)"],
            1 => [$" let {other} = t.Any() is int {count} ? {count} : {item}"],
            2 => [$" where t.Try({item}, out int {count}) && {count} > 1 let {other} = 2"],
            _ => [$" join {other} in ", Name(Find("int[]")!), $" on (t.Try({item}, out int {count}) ? {count} : 0) equals {other} & 3"],
        };
        return Make("int", [$"(from {item} in ", Name(Find("int[]")!), .. clause, $" select {item} + {other} + ", Captured(depth), ").Sum()"]);
    }

    /// <summary>The source of the first clause, and of a join, declare variables for the statement around the query.</summary>
    private Statement QueryStatement()
    {
        var value = Int(1);
        int shape = _random.Next(5);
        if (shape == 4)
            return QueryLoop(value);
        var (item, joined) = (Fresh("q"), Fresh("q"));
        string count = Fresh("v");
        object[] first = [$"from {item} in t.Load(", value, $", out int {count})"];
        Variable[] declared = [new(count, "int", true, _scope.Depth)];
        if (shape is 0 or 1)
        {
            string other = Fresh("v");
            first = [.. first, $" join {joined} in t.Load(", Int(1), $", out int {other}) on {item} & 1 equals {joined} & 1"];
            declared = [.. declared, new(other, "int", true, _scope.Depth)];
        }
        first = [.. first, $" where {item} > ", Captured(1), $" select {item} + ", Chance(2) ? Make("int", count) : Captured(1)];
        _scope.Variables.AddRange(declared);
        return shape switch
        {
            0 => Simple("query.kept", [$"var {Declare("y", "query")} = ", .. first, ";"]),
            1 => Simple("query.sum", [$"int {Declare("i", "int")} = (", .. first, ").Sum();"]),
            _ => Simple("query.if", ["if ((", .. first, ").Any())", Block("if", 4), "else", Block("else", 3)]),
        };
    }

    private Statement QueryLoop(Expression value)
    {
        var outer = Enter();
        var (item, count) = (Fresh("q"), Fresh("v"));
        var captured = Captured(1);
        _scope.Variables.Add(new Variable(count, "int", true, _scope.Depth));
        string name = Declare("e", "int", canWrite: false);
        var statement = Simple(
            "query.foreach",
            $"foreach (int {name} in from {item} in t.Load(", value, $", out int {count}) select {item} + ", captured, ")", BlockIn(Loop, "foreach", 4, start: () => [Simple("if", "if (!t.Go()) break;")]));
        _scope = outer;
        return statement;
    }
}
