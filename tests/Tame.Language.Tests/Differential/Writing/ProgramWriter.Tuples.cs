using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Tuples of variables. C# infers the names of their elements, unless two have one name or it is one that every tuple has.</summary>
internal sealed partial class ProgramWriter
{
    private static readonly string[] s_tupleMembers = ["Item1", "Item2", "Item9", "Rest", "ToString"];

    private Statement TupleOfNames()
    {
        var (one, other) = (Find("int")!, Find("int")!);
        return _random.Next(3) switch
        {
            0 => TupleOfMembers(),
            1 when IsInferred(one) && IsInferred(other) && Plain(one) != Plain(other) =>
                Simple("tuple.pattern", $"t.Add({Number()}, (", Name(one), ", ", Name(other), $") is (@{Plain(one)}: > 1, @{Plain(other)}: < 5));"),
            _ => Simple("tuple.twice", $"t.Add({Number()}, (", Name(one), ", ", Name(other), $", @{Plain(one)}));"),
        };
    }

    /// <summary>A block with a variable that is called as a member of a tuple.</summary>
    private Statement TupleOfMembers()
    {
        string name = Pick<string>(s_tupleMembers);
        if (!_scope.CanDeclare(name))
            return Simple("trace", $"t.Add({Number()});");
        var variable = new Variable(name, "int", Depth: _scope.Depth + 1);
        return Simple("tuple.member", Block("tuple", 3, start: () => [DeclaredAs(variable)], end: () => [Simple("trace", $"t.Add({Number()}, (", Int(), ", ", Name(variable), ", ", Name(Find("int")!), "));")]));
    }

    private Statement DeclaredAs(Variable variable)
    {
        var statement = Simple("declaration.int", $"int {Reserved(variable.Name)} = ", Int(), ";");
        _scope.Variables.Add(variable);
        return statement;
    }

    private static bool IsInferred(Variable variable) => !s_tupleMembers.Contains(variable.Name);

    private static string Plain(Variable variable) => variable.Name.TrimStart('@');
}
