using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Conditions that are no <c>bool</c>: C# asks their operators.</summary>
internal sealed partial class ProgramWriter
{
    /// <summary>What may stand in parentheses behind <c>if</c>.</summary>
    private Expression Condition(int depth = 0) =>
        Has(Features.Truth) && Chance(4) ? (Chance(3) ? Sql(depth) : Truth(depth))
        : Has(Features.DynamicConditions) && Chance(16) ? Dynamic()
        : Bool(depth);

    private Expression Truth(int depth = 0) => (depth > 2 ? 0 : _random.Next(9)) switch
    {
        0 or 1 or 2 => Make("truth", "t.Maybe()"),
        3 or 4 when Find("truth") is { } found => Name(found),
        5 => Make("truth", "(", Truth(depth + 1), Pick(" && ", " || ", " & "), Truth(depth + 1), ")"),
        6 => Make("truth", $"t.Get({Number()}, ", Truth(depth + 1), ")"),
        7 => Make("truth", "(", Condition(depth + 1), " ? ", Truth(depth + 1), " : ", Truth(depth + 1), ")"),
        _ => Make("truth", "t.Maybe()"),
    };

    private Expression Sql(int depth = 0) => (depth > 2 ? 0 : _random.Next(7)) switch
    {
        0 or 1 or 2 => Make("sql", "t.Sql()"),
        3 when Find("sql") is { } found => Name(found),
        4 => Make("sql", "(", Sql(depth + 1), Pick(" && ", " || ", " | "), Sql(depth + 1), ")"),
        5 => Make("sql", "!", Sql(depth + 1)),
        _ => Make("sql", "(t.Sql() && ", Bool(depth + 1), ")"),
    };

    private Expression Dynamic() => Find("unknown") is { } found && Chance(2) ? Name(found) : Make("unknown", "(dynamic)t.Unknown()");

    /// <summary>A variable of such a type, or a loop that asks one.</summary>
    private Statement TruthStatement() => _random.Next(6) switch
    {
        0 or 1 => DeclaredAs("declaration.truth", "m", Truth(1)),
        2 => DeclaredAs("declaration.sql", "m", Sql(1)),
        3 => Simple("while.truth", "while (", Unsure(), ")", BlockIn(Loop, "while", 4, start: Guard)),
        4 => Simple("do.truth", "do", BlockIn(Loop, "do", 4, start: Guard), "while (", Unsure(), ");"),
        _ => Simple("for.truth", "for (; ", Unsure(), "; )", BlockIn(Loop, "for", 4, start: Guard)),
    };

    private Expression Unsure() => Chance(3) ? Sql() : Truth();

    private Statement DynamicStatement() => _random.Next(4) switch
    {
        0 => Simple("declaration.unknown", $"dynamic {Declare("d", "unknown")} = t.Unknown();"),
        1 => Simple("while.dynamic", "while (", Dynamic(), ")", BlockIn(Loop, "while", 4, start: Guard)),
        _ => Simple("if.dynamic", "if (", Dynamic(), ")", Block("if", 4), "else", Block("else", 3)),
    };

    /// <summary>A condition that is also false where the program has gone round often enough.</summary>
    private static object[] Going(Expression condition) =>
        condition.Type == "bool" ? ["if (t.Go() && ", condition, ")"] : ["if (t.Go()) if (", condition, ")"];
}
