using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential.Writing;

/// <summary>Catch clauses and their filters.</summary>
internal sealed partial class ProgramWriter
{
    private void Catches(List<object> pieces)
    {
        if (Chance(3))
            Catch(pieces, "NarrowException", "exception");
        if (Chance(2))
            Catch(pieces, "ProgramException", "exception");
        if (Chance(3))
            Catch(pieces, Pick("ArithmeticException", "TimeoutException"), "");
        if (pieces.Count > 2 && Chance(2))
            return;
        if (Chance(3))
            CatchAll(pieces);
        else
            Catch(pieces, "Exception", "");
    }

    private void Catch(List<object> pieces, string type, string variableType)
    {
        var outer = Enter();
        string? name = Chance(4) ? null : Fresh("x");
        if (name is not null)
            _scope.Variables.Add(new Variable(name, variableType, CanWrite: false, _scope.Depth));
        pieces.Add(name is null ? $"catch ({type})" : $"catch ({type} {name})");
        var start = new List<Statement>();
        if (Has(Features.FilterVariables) && Chance(2))
            start.AddRange(Filter(pieces, name, variableType));
        else if (Chance(2))
            pieces.AddRange([" when (", Chance(2) ? Condition() : Make("bool", $"t.Get({Number()}, ", Bool(), ")"), ")"]);
        if (name is not null)
            start.Add(Simple("trace", $"t.Add({Number()}, {name});"));
        pieces.Add(CatchBlock(start));
        _scope = outer;
    }

    /// <summary>A clause for everything, which may have a filter nevertheless.</summary>
    private void CatchAll(List<object> pieces)
    {
        var outer = Enter();
        pieces.Add("catch");
        pieces.Add(CatchBlock(Has(Features.FilterVariables) && Chance(2) ? Filter(pieces, null, "") : []));
        _scope = outer;
    }

    /// <summary>Adds a filter that declares a variable, and returns statements that use the variable, behind a wait or not.</summary>
    private List<Statement> Filter(List<object> pieces, string? caught, string caughtType)
    {
        // Declared first in its filter: no part of it may mean the member of the same name.
        string value = Number().ToString(System.Globalization.CultureInfo.InvariantCulture);
        string name = Chance(4) && Pick(_field, "S") is var member && _scope.CanDeclare(member) ? Reserved(member) : Fresh("v");
        var (test, type) = _random.Next(8) switch
        {
            0 when caughtType.Length != 0 && caught is not null => ($"{caught} is NarrowException {name}", "exception"),
            1 when caughtType.Length != 0 && caught is not null => ($"{caught} is {{ Number: var {name} }}", "int"),
            2 when caught is not null => ($"{caught}.Message is {{ Length: > 2 and var {name} }}", "int"),
            3 when caught is not null => ($"{caught} is not null and var {name} && {name}.Message.Length > 2", ""),
            4 => ($"t.Any() is int {name}", "int"),
            _ => ($"t.Try({value}, out int {name})", "int"),
        };
        _scope.Variables.Add(new Variable(name, type, CanWrite: type == "int", _scope.Depth));
        pieces.Add(" when (");
        bool keeps = false;
        pieces.AddRange(_random.Next(5) switch
        {
            0 => [test],
            1 when test.StartsWith("t.Try", StringComparison.Ordinal) => [test, " | ", Bool()],
            2 when type == "int" && ClauseCanWait && (keeps = true) => [test, $" && t.Keeps(() => {name}++)"],
            3 => [test, " && ", Bool()],
            _ => [test, $" && t.Get({Number()}, ", Bool(), ")"],
        });
        pieces.Add(")");
        return [.. UsesOf(name, type, keeps)];
    }

    /// <summary>
    /// A filter runs twice where the finally inside its try throws: then a lambda of the first run sees what the second does. C# settles that only for clauses that
    /// wait: in others, the two runs have variables of their own or the same ones, by whether csc optimizes and what else the lambdas capture.
    /// </summary>
    private Statement FilterTwice()
    {
        var body = BlockIn(_place with { IsGuarded = true }, "try", 3, end: () => [Simple("throw", $"t.Throw({Number()});")]);
        var ending = new Body("finally", [Simple("call", $"t.MayThrow({Number()});")]);
        var outer = Enter();
        var (caught, name) = (Fresh("x"), Fresh("v"));
        _scope.Variables.Add(new Variable(name, "int", Depth: _scope.Depth));
        var statement = Simple(
            "filter.twice", "try", new Body("try", [Simple("try", "try", body, "finally", ending)]),
            $"catch (ProgramException {caught}) when ({caught}.Number is var {name} && t.Keeps(() => {name}++))", CatchBlock(UsesOf(name, "int", waits: true)));
        _scope = outer;
        return statement;
    }

    private bool ClauseCanWait => _place.CanWait && Has(Features.CatchWaits);

    private IEnumerable<Statement> UsesOf(string name, string type, bool waits)
    {
        if (waits || (ClauseCanWait && Chance(2)))
            yield return Simple("wait.asap", "using (twait()) asap(mkevent());");
        if (type == "int" && Chance(3))
            yield return Simple("lambda.kept", $"t.Keep(() => {name} += 2);");
        yield return Simple("filter.variable", $"t.Add({Number()}, {name});");
    }

    private string Reserved(string name)
    {
        _scope.Reserve(name);
        return name;
    }

    private Body CatchBlock(IEnumerable<Statement> start) =>
        BlockIn(_place with { CanRethrow = true, IsInHandler = true, CanWait = ClauseCanWait }, "catch", 3, start: () => start);
}
