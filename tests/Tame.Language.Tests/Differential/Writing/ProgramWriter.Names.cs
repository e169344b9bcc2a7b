using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Names of variables, and what is random about everything.</summary>
internal sealed partial class ProgramWriter
{
    /// <summary>Each is a name as it is declared. None is the name of a member, a primitive, or one that a program uses as a type.</summary>
    private static readonly string[] s_keywords =
    [
        "@event", "@class", "@await", "@field", "@if", "@return", "@int", "@namespace", "@in", "@ref", "@default", "@is", "@this", "@base", "@null",
        "@switch", "@using", "@lock", "@checked", "@goto", "@async", "@yield", "@from", "@select", "@scoped", "@partial", "@when", "var", "record",
        "value", "get", "set", "args", "notnull", "dynamic", "file", "required", "nint",
    ];

    private bool Has(Features feature) => (_features & feature) != 0;

    private int Number() => ++_numbers;

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    /// <summary>A name for a new variable, which may be a sibling's name.</summary>
    private string Fresh(string prefix)
    {
        for (int i = Has(Features.Keywords) && Chance(4) ? -1 : 0; ; i++)
        {
            string name = i < 0 ? Pick<string>(s_keywords) : prefix + (i == 0 ? "" : i);
            if (!_scope.CanDeclare(name) || (i >= 0 && Chance(3)))
                continue;
            _scope.Reserve(name);
            return name;
        }
    }

    /// <summary>Makes a name usable from here on.</summary>
    private string Declare(string prefix, string type, bool canWrite = true)
    {
        string name = Fresh(prefix);
        _scope.Variables.Add(new Variable(name, type, canWrite, _scope.Depth));
        return name;
    }

    /// <summary>A variable's name where it is used: <c>@i</c> and <c>i</c> are the same.</summary>
    private string Used(Variable variable) => Has(Features.Keywords) && Chance(16) && variable.Name[0] != '@' ? "@" + variable.Name : variable.Name;

    /// <summary>Members that are keywords, of tuples and anonymous types.</summary>
    private Statement KeywordMembers()
    {
        var (number, text) = (Int(), Text());
        return _random.Next(3) switch
        {
            0 => Simple("keywords.tuple", $"(int @class, string @in) {Declare("u", "tuple.keywords")} = (", number, ", ", text, ");"),
            1 => Simple("keywords.anonymous", $"var {Declare("o", "anonymous.keywords", canWrite: false)} = new {{ @class = ", number, ", @base = ", text, " };"),
            _ => GenericFunction(),
        };
    }

    private Expression KeywordMember() =>
        Find("function.generic") is { } function && Chance(2) ? Make("int", Name(function), "(", Leaf(), ")")
        : Find("tuple.keywords") is { } tuple && Chance(2) ? Make("int", Name(tuple), Pick(".@class", ".@in.Length"))
        : Find("anonymous.keywords") is { } found ? Make("int", Name(found), ".@class")
        : Leaf();

    /// <summary>A local function whose type parameter is a keyword.</summary>
    private Statement GenericFunction()
    {
        var value = Captured(0);
        var (parameter, name) = (Fresh("y"), Fresh("L"));
        _scope.Variables.Add(new Variable(name, "function.generic", CanWrite: false, _scope.Depth));
        return Simple("keywords.function", $"int {name}<@object>(@object {parameter}) {{ t.Add({Number()}, {parameter}); return ", value, "; }");
    }
}
