using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Conditions.</summary>
internal sealed partial class ProgramWriter
{
    private Statement If()
    {
        switch (_random.Next(6))
        {
            case 0:
                return IfPattern();
            case 1 when _place.CanReturn || _place.CanBreak:
                var exit = Exit();
                return Simple("if.not", $"if (t.Any() is not int {Declare("v", "int")}) {{ t.Add({Number()}); ", exit, " }");
            case 2:
                var value = Int();
                string name = Declare("v", "int");
                return Simple("if.out", "if (t.Try(", value, $", out int {name}))", Block("if", 3), "else", Block("else", 3));
            default:
                var condition = Condition();
                return Chance(2) ? Simple("if", "if (", condition, ")", Block("if", 4)) : Simple("if.else", "if (", condition, ")", Block("if", 4), "else", Block("else", 3));
        }
    }

    private Statement IfPattern()
    {
        var (text, type) = Pick(("int", "int"), ("string { Length: > 0 }", "string"), ("Pair { A: > 0 }", "Pair"), ("Box<int>", "Box<int>"), ("int[] and [_, ..]", "int[]"));
        string name = Fresh("v");
        return Simple("if.pattern", $"if (t.Any() is {text} {name})", Block("if", 4, [new(name, type, true, _scope.Depth)]));
    }
}
